int f(Side side)
{
    switch (side) {
    case Side::debit: return 1;
    default: return 2;
    }
}
