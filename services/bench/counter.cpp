#include "bench/counter.hpp"

#include "registers/row_reader.hpp"

#include <chrono>
#include <stdexcept>

namespace bench {

namespace {

using Clock = std::chrono::steady_clock;

void require_booked(std::vector<store::Outcome> const& outcomes)
{
    for (auto const& outcome : outcomes) {
        if (auto const* refused = std::get_if<ledger::Refused>(&outcome.answer))
            throw std::runtime_error{"a repayment was refused: " +
                                     std::string{name_of(refused->code)}};
    }
}

} // namespace

Counter::Counter(store::Database& app, ledger::CountyCode county, std::vector<std::string> loans,
                 ledger::Date day)
    : app_{app}
    , county_{std::move(county)}
    , loans_{std::move(loans)}
    , day_{day}
    , key_{"bench-" + std::to_string(Clock::now().time_since_epoch().count()) + "-"}
{
}

store::Envelope Counter::next_repayment()
{
    store::Envelope envelope;
    envelope.county = county_;
    envelope.idempotency_key = key_ + std::to_string(next_);
    envelope.body_digest = registers::content_digest(envelope.idempotency_key);
    envelope.actor = "bench";
    envelope.booked_on = day_;
    envelope.command =
        ledger::RecordEvent{*ledger::LoanNumber::parse(loans_[next_ % loans_.size()]), day_,
                            ledger::Repaid{ledger::Money::yuan(1)}};
    ++next_;
    return envelope;
}

Measured Counter::repay(std::size_t batch, double seconds)
{
    store::take_lease(app_, county_);
    std::size_t done = 0;
    auto const began = Clock::now();
    auto const passed = [began] {
        return std::chrono::duration<double>(Clock::now() - began).count();
    };
    while (passed() < seconds) {
        for (std::size_t n = 0; n < batch; ++n) waiting_.push_back(next_repayment());
        write();
        done += batch;
    }
    settle();
    return {static_cast<double>(done) / passed()};
}

void Counter::write()
{
    auto draft = store::draft(app_, waiting_);
    settle();
    if (!draft) {
        require_booked(store::execute(app_, waiting_));
    } else {
        written_ = std::async(
            std::launch::async, [this, draft = std::move(draft), batch = std::move(waiting_)] {
                auto const outcomes = store::write(app_, *draft);
                require_booked(outcomes ? *outcomes : store::execute(app_, batch));
            });
    }
    waiting_.clear();
}

void Counter::settle()
{
    if (written_.valid()) written_.get();
}

} // namespace bench
