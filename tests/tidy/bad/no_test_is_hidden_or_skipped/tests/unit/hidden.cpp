TEST_CASE("a sum is right", "[¦.]")
{
}
