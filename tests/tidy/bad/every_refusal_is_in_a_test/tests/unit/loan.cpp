TEST_CASE("a loan is found")
{
}
