// The repayment schedule: one pass over the periods, each with the interest of the principal that
// is outstanding in it and with its share of the principal. Interest is exact inside a period and
// rounded once when it falls due; the last instalment takes what is left of the principal, so every
// schedule sums to the fen. The level of equal instalments is solved from the exact discount
// factors of the periods; it may therefore differ from the last instalment by rounding only.
// It refuses what does not fit (a disbursement after the last due date, a fixed instalment below
// the interest) and never adjusts a term silently.
#include "ledger/lending/plan.hpp"

namespace ledger {

namespace {

constexpr int discount_bits = 62; ///< a discount factor is below one; 600 of them fit a Wide

class Planner {
  public:
    Planner(Terms const& terms, std::span<DisbursementPlan const> disbursements)
        : terms_{terms}
        , disbursements_{disbursements}
    {
    }
    Result<Plan> run();

  private:
    Result<void> check() const;
    Exact accrue(Period const&);
    void take(Date through);
    Money down_payment() const;
    Exact level_from(std::size_t row, Exact const& first_interest) const;
    Money rounded_level(Exact const&) const;
    Result<Money> principal_of(std::size_t row, Exact const& interest);
    Result<Money> from_level_instalment(std::size_t row, Exact const& interest);
    Result<void> plan_row(std::size_t row);
    std::vector<Money> flat_interest();

    Terms const& terms_;
    std::span<DisbursementPlan const> disbursements_;
    Plan plan_;
    std::size_t taken_ = 0; ///< disbursements that have happened
    Money disbursed_;
    Money original_; ///< what flat interest is charged on: disbursed less the down payment
    Money balance_;
    Money level_; ///< equal instalment, or equal share of principal
    bool level_is_known_ = false;
    Exact deferred_; ///< interest whose payment waits
};

Result<void> Planner::check() const
{
    auto const refused = [](std::string wanted) {
        return refuse(Refusal::terms_contradict, "disbursements", std::move(wanted));
    };
    Wide sum = 0;
    Date last = disbursements_.front().on;
    for (DisbursementPlan const& each : disbursements_) {
        if (each.amount <= Money{}) {
            return refuse(Refusal::amount_must_be_positive, "disbursements");
        }
        if (each.on < last) return refused("disbursements[0].on <= disbursements[1].on <= …");
        last = each.on;
        sum += each.amount.fen();
    }
    if (sum > terms_.principal.fen()) {
        return refused("disbursements <= " + terms_.principal.text());
    }
    Date const matures_on = plan_.periods.back().due_on();
    if (last > disbursements_.front().on && last >= matures_on) {
        return refused(last.text() + " < " + matures_on.text());
    }
    if (terms_.down_payment > Rate{} && disbursements_.size() > 1) {
        return refuse(Refusal::field_not_supported, "down_payment_percent");
    }
    return {};
}

void Planner::take(Date through)
{
    for (; taken_ < disbursements_.size() && disbursements_[taken_].on <= through; ++taken_) {
        balance_ += disbursements_[taken_].amount;
        disbursed_ += disbursements_[taken_].amount;
        original_ += disbursements_[taken_].amount;
        level_is_known_ = false; // what is left is planned anew
    }
}

Money Planner::down_payment() const
{
    return round_to_fen(Exact{disbursed_} * Exact{terms_.down_payment.ppm(), 1'000'000},
                        terms_.rounding);
}

/// The exact interest of a period; takes the disbursements inside it on their days.
Exact Planner::accrue(Period const& period)
{
    bool const is_flat = terms_.interest == InterestBasis::flat;
    Wide earned = 0;
    Date from = period.span.from;
    take(from);
    while (from < period.span.until) {
        bool const grows =
            taken_ < disbursements_.size() && disbursements_[taken_].on < period.span.until;
        Date const until = grows ? disbursements_[taken_].on : period.span.until;
        earned += (is_flat ? original_ : balance_).fen() * growth(terms_, period, from, until);
        if (grows) take(until);
        from = until;
    }
    return Exact::fraction(earned, interest_divisor(period));
}

/// Each period's flat interest: the total is rounded once, each period after that, and the last
/// takes the difference.
std::vector<Money> Planner::flat_interest()
{
    std::vector<Exact> exact;
    Exact sum;
    for (Period const& period : plan_.periods) {
        exact.push_back(accrue(period));
        sum = sum + exact.back();
        if (is_down_payment(period)) original_ -= down_payment();
    }
    taken_ = 0;
    disbursed_ = original_ = balance_ = Money{};
    Money left = round_to_fen(sum, terms_.rounding);
    std::vector<Money> shares;
    for (Exact const& each : exact) {
        shares.push_back(std::min(left, round_to_fen(each, terms_.rounding)));
        left -= shares.back();
    }
    shares.back() += left;
    return shares;
}

/// A = (balance + this period's interest) / (1 + D2 + D2 D3 + ...), D being the discount factors of
/// the later periods: the instalment that leaves nothing after the last.
Exact Planner::level_from(std::size_t row, Exact const& first_interest) const
{
    Wide discount = Wide{1} << discount_bits;
    Wide sum = discount;
    for (std::size_t n = row + 1; n < plan_.periods.size(); ++n) {
        Period const& period = plan_.periods[n];
        Wide const divisor = interest_divisor(period);
        Wide const earned = growth(terms_, period, period.span.from, period.span.until);
        discount = discount * divisor / (divisor + earned);
        sum += discount;
    }
    return (Exact{balance_} + first_interest) / Exact::fraction(sum, Wide{1} << discount_bits);
}

Money Planner::rounded_level(Exact const& level) const
{
    Money const multiple = terms_.instalment_multiple;
    if (multiple.is_zero()) return round_to_fen(level, terms_.rounding);
    Money const times = round_to_fen(level / Exact{multiple}, terms_.rounding);
    return Money::fen(times.fen() * multiple.fen());
}

Result<Money> Planner::from_level_instalment(std::size_t row, Exact const& interest)
{
    if (!level_is_known_) {
        level_ = terms_.instalment ? *terms_.instalment : rounded_level(level_from(row, interest));
        level_is_known_ = true;
    }
    Money const asked = round_to_fen(interest, terms_.rounding);
    if (asked <= level_) return std::min(level_ - asked, balance_);
    std::string const wanted = "instalment >= " + asked.text();
    if (terms_.instalment) return refuse(Refusal::terms_contradict, "instalment", wanted);
    if (!terms_.instalment_multiple.is_zero()) {
        return refuse(Refusal::terms_contradict, "instalment_multiple", wanted);
    }
    level_is_known_ = false; // a long first period: interest alone, the rest is levelled after it
    return Money{};
}

Result<Money> Planner::principal_of(std::size_t row, Exact const& interest)
{
    Period const& period = plan_.periods[row];
    if (is_down_payment(period)) return down_payment();
    std::size_t const left = plan_.periods.size() - row;
    if (left == 1) return balance_;
    if (!period.is_principal_asked) return Money{};
    bool const is_level =
        terms_.method == Method::equal_instalments && terms_.interest == InterestBasis::declining;
    switch (terms_.method) {
    case Method::interest_only:
    case Method::at_maturity: return Money{};
    case Method::equal_instalments:
        if (is_level) return from_level_instalment(row, interest);
        [[fallthrough]];
    case Method::equal_principal:
        if (!level_is_known_) {
            level_ = rounded_level(Exact{balance_} / Exact{static_cast<std::int64_t>(left), 1});
            level_is_known_ = true;
        }
        return std::min(level_, balance_);
    }
    LEDGER_ASSERT(!"a method that is not in the list");
}

Result<void> Planner::plan_row(std::size_t row)
{
    Period const& period = plan_.periods[row];
    Exact interest = accrue(period);
    if (!plan_.flat_interest.empty()) interest = Exact{plan_.flat_interest[row]};
    Result<Money> const principal = principal_of(row, interest);
    if (!principal) return std::unexpected{principal.error()};
    balance_ -= *principal;
    deferred_ = deferred_ + interest;

    Instalment instalment;
    instalment.number = static_cast<int>(row) + 1;
    instalment.span = period.span;
    instalment.days = counted_days(period.span, terms_.day_count);
    instalment.due_on = period.due_on();
    instalment.principal = *principal;
    if (period.is_interest_asked) {
        instalment.interest = round_to_fen(deferred_, terms_.rounding);
        deferred_ = Exact{};
    }
    instalment.balance = balance_;
    LEDGER_ASSERT(!instalment.principal.is_negative());
    LEDGER_ASSERT(!instalment.interest.is_negative());
    LEDGER_ASSERT(!instalment.balance.is_negative());
    plan_.schedule.principal += instalment.principal;
    plan_.schedule.interest += instalment.interest;
    plan_.schedule.instalments.push_back(instalment);
    return {};
}

Result<Plan> Planner::run()
{
    if (disbursements_.empty()) {
        return refuse(Refusal::terms_contradict, "disbursements", "disbursements >= 1");
    }
    auto periods = periods_from(terms_, disbursements_.front().on);
    if (!periods) return std::unexpected{periods.error()};
    plan_.periods = std::move(*periods);
    if (auto checked = check(); !checked) return std::unexpected{checked.error()};

    if (terms_.interest == InterestBasis::flat) plan_.flat_interest = flat_interest();
    plan_.schedule.instalments.reserve(plan_.periods.size());
    for (std::size_t row = 0; row < plan_.periods.size(); ++row) {
        if (auto planned = plan_row(row); !planned) return std::unexpected{planned.error()};
    }
    LEDGER_ASSERT(taken_ == disbursements_.size());
    LEDGER_ASSERT(balance_.is_zero());
    LEDGER_ASSERT(plan_.schedule.principal == disbursed_);
    return std::move(plan_);
}

} // namespace

Result<Plan> plan_of(Terms const& terms, std::span<DisbursementPlan const> disbursements)
{
    return Planner{terms, disbursements}.run();
}

Result<Schedule> schedule(Terms const& terms, std::vector<DisbursementPlan> const& disbursements)
{
    auto plan = plan_of(terms, disbursements);
    if (!plan) return std::unexpected{plan.error()};
    return std::move(plan->schedule);
}

} // namespace ledger
