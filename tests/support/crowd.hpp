// A county with some thousand loans over twenty months, made through the write path in batches:
// what a plan of PostgreSQL is judged on, which in a small book reads everything.
#pragma once

#include "tests/support/desk.hpp"

namespace test {

class Crowd {
  public:
    /// Loans L1 … Ln of 900 borrowers at most, lent from February 2015 on and repaid each quarter;
    /// households N1 … N300, each led by a borrower. A balance checkpoint after each month. The
    /// books are open from 2016-08-01 on.
    Crowd(std::string const& url, int loans);

    Desk desk;

  private:
    void add(ledger::Command, ledger::Date);
    void lend(int n, ledger::Date);
    void lead(int n, ledger::Date);
    void flush();

    std::vector<store::Envelope> waiting_;
};

} // namespace test
