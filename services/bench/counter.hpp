// The store alone takes repayments, as the service's writer has it do: one batch is decided while
// the one before it is written.
#pragma once

#include "bench/row.hpp"

#include "store/draft.hpp"

#include <future>
#include <string>
#include <vector>

namespace bench {

class Counter {
  public:
    /// `loans` of the county run; each repayment is of one yuan, booked on the day.
    Counter(store::Database& app, ledger::CountyCode county, std::vector<std::string> loans,
            ledger::Date day);

    /// Repayments in batches of so many, each on another loan.
    Measured repay(std::size_t batch, double seconds);

  private:
    store::Envelope next_repayment();
    void write();
    void settle();

    store::Database& app_;
    ledger::CountyCode const county_;
    std::vector<std::string> const loans_;
    ledger::Date const day_;
    std::string const key_; ///< of this run
    std::size_t next_ = 0;
    std::vector<store::Envelope> waiting_;
    std::future<void> written_;
};

} // namespace bench
