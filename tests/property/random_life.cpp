// See random_life.hpp.
#include "tests/property/random_life.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace ledger::test {

namespace {

constexpr Date opening{2015, 1, 5};
constexpr std::uint64_t usual_seed = 20160831;

template <class Name> Name named(char const* text)
{
    auto name = Name::parse(text);
    LEDGER_ASSERT(name.has_value());
    return std::move(*name);
}

AllocationOrder any_order(Dice& dice)
{
    AllocationOrder order = interest_first;
    if (dice.one_in(3)) return dice.any_of({interest_first, principal_first});
    std::ranges::shuffle(order.components, dice.engine());
    order.by = dice.any_of({AllocateBy::instalment, AllocateBy::component});
    return order;
}

ProgrammeRules any_rules(Dice& dice)
{
    ProgrammeRules rules;
    rules.version = 1;
    rules.effective_from = Date{2012, 1, 1};
    rules.loan_cap = Money::yuan(1'000'000);
    rules.term_limit_months = 90;
    rules.rate_ceiling = Rate::ppm(240'000);
    rules.penalty_margin_ppm = dice.between(0, 500'000);
    if (dice.one_in(6)) rules.penalty_margin_ppm.reset();
    rules.misuse_margin_ppm = dice.between(300'000, 1'000'000);
    rules.compounding =
        dice.any_of({Compounding::none, Compounding::simple, Compounding::by_settlement});
    rules.allocation_order = any_order(dice);
    rules.non_accrual_allocation_order = any_order(dice);
    rules.in_advance = dice.any_of(
        {InAdvance::fewer_instalments, InAdvance::smaller_instalments, InAdvance::next_instalment});
    rules.non_accrual_after_days = dice.any_of({0, 1, 10, 30, 90});
    rules.provision_at =
        dice.any_of({ProvisionAt::never, ProvisionAt::month_end, ProvisionAt::quarter_end});
    rules.approval_valid_days = dice.any_of({0, 1, 40, 120});
    rules.compensation_after_days = dice.any_of({0, 5, 30});
    rules.compensation_share_ppm = dice.between(1, 1'000'000);
    return rules;
}

SubsidyStep any_step(Dice& dice, Date from)
{
    SubsidyStep step;
    step.from = from;
    step.kind = dice.any_of({SubsidyKind::none, SubsidyKind::share, SubsidyKind::points,
                             SubsidyKind::spread, SubsidyKind::share});
    if (step.kind == SubsidyKind::share) {
        step.ppm = dice.one_in(2) ? 1'000'000 : dice.between(1, 1'000'000);
    }
    if (step.kind == SubsidyKind::points) step.ppm = dice.between(1, 100'000);
    if (step.kind == SubsidyKind::spread) {
        step.ppm = dice.between(-30'000, 30'000);
        step.tier = dice.any_of({"lpr_1y", "upto_1y", "no_such_tier"});
        if (dice.one_in(2)) step.cap_ppm = dice.between(1, 60'000);
    }
    return step;
}

SubsidyScheme any_scheme(Dice& dice, char const* code)
{
    SubsidyScheme scheme;
    scheme.code = code;
    scheme.paid_to = dice.any_of({SubsidyPaidTo::lender, SubsidyPaidTo::borrower});
    if (dice.one_in(2)) scheme.principal_cap = dice.amount();
    if (dice.one_in(2)) scheme.days_cap = dice.between(1, 200);
    Date from = Date{2015, 6, 1}.plus_days(dice.between(0, 300));
    for (int n = dice.between(1, 3); n > 0; --n) {
        scheme.steps.push_back(any_step(dice, from));
        from = from.plus_days(dice.between(1, 100));
    }
    return scheme;
}

WorkingCalendar any_calendar(Dice& dice)
{
    std::vector<Date> holidays;
    for (int n = 0; n < 40; ++n) {
        Date const first = Date{2016, 1, 1}.plus_days(dice.between(0, 1500));
        for (int length = dice.between(1, 8); length > 0; --length) {
            holidays.push_back(first.plus_days(length));
        }
    }
    std::vector<Date> make_up;
    for (int n = 0; n < 40; ++n) {
        Date const day = Date{2016, 1, 1}.plus_days(dice.between(0, 1500));
        if (std::ranges::find(holidays, day) == holidays.end()) make_up.push_back(day);
    }
    auto calendar = WorkingCalendar::of(holidays, make_up);
    return calendar ? *calendar : WorkingCalendar{};
}

/// When instalments fall due.
void choose_dates(Terms& terms, Dice& dice, Date on)
{
    terms.month_end = dice.any_of({MonthEnd::clamp, MonthEnd::roll});
    terms.every = {dice.between(1, 2), dice.any_of({PeriodUnit::month, PeriodUnit::week,
                                                    PeriodUnit::day, PeriodUnit::quarter})};
    if (terms.every.unit == PeriodUnit::day) terms.every.count = dice.between(1, 40);
    terms.instalments = dice.between(1, 9);
    int const way = dice.between(1, 8);
    if (way <= 2) {
        terms.every = {1, dice.any_of({PeriodUnit::month, PeriodUnit::quarter})};
        terms.settlement_day = dice.between(1, 31);
    }
    if (way == 3) terms.first_due_on = on.plus_days(dice.between(1, 60));
    if (way == 4) {
        terms.due_on.clear();
        Date day = on;
        for (int n = 0; n < terms.instalments; ++n) {
            day = day.plus_days(dice.between(1, 60));
            terms.due_on.push_back(day);
        }
        terms.interest_per = InterestPer::day;
    }
    if (way == 5 || (way == 1 && dice.one_in(3))) {
        terms.instalments = 0;
        terms.matures_on = on.plus_days(dice.between(1, 400));
        if (!terms.settlement_day) {
            terms.stub = dice.any_of(
                {Stub::last_short, Stub::last_long, Stub::first_short, Stub::first_long});
            bool const is_forward = terms.stub == Stub::last_short || terms.stub == Stub::last_long;
            if (is_forward && dice.one_in(3)) {
                terms.first_due_on = std::min(*terms.matures_on, on.plus_days(dice.between(1, 60)));
            }
        }
    }
    if (!dice.one_in(3)) return;
    terms.due_day = dice.any_of(
        {DueDay::next, DueDay::previous, DueDay::next_in_month, DueDay::previous_in_month});
    terms.interest_follows = dice.one_in(2);
}

void choose_rates(Terms& terms, Dice& dice, Date on)
{
    terms.annual_rate = Rate::ppm(dice.one_in(8) ? 0 : dice.between(1, 240'000));
    int const way = dice.between(1, 6);
    if (way <= 2) {
        Date from = on.plus_days(dice.between(-5, 200));
        for (int n = dice.between(1, 3); n > 0; --n) {
            terms.rate_steps.push_back({from, Rate::ppm(dice.between(1, 240'000))});
            from = from.plus_days(dice.between(1, 90));
        }
    }
    if (way == 3) {
        terms.pricing = Pricing{};
        terms.pricing->reset =
            dice.any_of({RateReset::never, RateReset::monthly, RateReset::quarterly,
                         RateReset::anniversary, RateReset::new_year});
        if (dice.one_in(2)) terms.pricing->tier = dice.any_of({"lpr_1y", "upto_1y"});
        terms.pricing->points_ppm = dice.between(-20'000, 20'000);
        if (dice.one_in(2)) terms.pricing->multiple_ppm = dice.between(0, 2'000'000);
    }
}

void choose_plan(Terms& terms, Dice& dice, Date on)
{
    terms.principal_plan.clear();
    bool const has_dates = dice.one_in(2);
    bool const by_shares = dice.one_in(2);
    std::int64_t left = by_shares ? 1'000'000 : terms.principal.fen();
    Date day = on;
    int const count = dice.between(1, 4);
    for (int n = 1; n <= count; ++n) {
        PrincipalPart part;
        day = day.plus_days(dice.between(1, 120));
        if (has_dates)
            part.on = day;
        else
            part.after = Frequency{2 * n, terms.every.unit};
        bool const is_last = n == count;
        std::int64_t const share = is_last ? left : dice.part_of(Money::fen(left)).fen();
        left -= share;
        if (by_shares)
            part.share_ppm = share;
        else
            part.amount = Money::fen(share);
        terms.principal_plan.push_back(part);
        if (left == 0) break;
    }
    bool const has_interest_dates = terms.matures_on || !terms.due_on.empty();
    if (!has_interest_dates && dice.one_in(2)) {
        terms.instalments = 0;
        terms.first_due_on.reset();
        terms.settlement_day.reset();
    }
}

} // namespace

int runs(int usual, int often)
{
    return std::getenv("DAIFU_LONG") ? often : usual;
}

std::uint64_t seed_of(int run)
{
    static std::uint64_t const first = [] {
        char const* text = std::getenv("DAIFU_SEED");
        std::uint64_t const chosen = text ? std::strtoull(text, nullptr, 10) : usual_seed;
        std::cout << "DAIFU_SEED=" << chosen << "\n";
        return chosen;
    }();
    return first + static_cast<std::uint64_t>(run);
}

Money Dice::amount(int digits_at_most)
{
    std::int64_t bound = 1;
    for (int n = between(2, digits_at_most); n > 0; --n) bound *= 10;
    return part_of(Money::fen(bound));
}

Money Dice::part_of(Money whole)
{
    return Money::fen(
        1 + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(whole.fen())));
}

Terms any_terms(Dice& dice, Date on)
{
    Terms terms;
    terms.principal = dice.amount() + Money::fen(100);
    terms.method =
        dice.any_of({Method::equal_instalments, Method::equal_instalments, Method::equal_principal,
                     Method::interest_only, Method::at_maturity, Method::principal_plan});
    terms.day_count =
        dice.any_of({DayCount::actual_360, DayCount::actual_365, DayCount::actual_actual_isda,
                     DayCount::thirty_e_360, DayCount::thirty_360_us, DayCount::months_days_360,
                     DayCount::actual_364, DayCount::actual_actual_afb, DayCount::thirty_365});
    terms.interest_per = dice.any_of({InterestPer::day, InterestPer::period});
    terms.rounding =
        dice.any_of({Rounding::half_up, Rounding::half_even, Rounding::down, Rounding::up});
    choose_dates(terms, dice, on);
    choose_rates(terms, dice, on);
    bool const is_amortised =
        terms.method == Method::equal_instalments || terms.method == Method::equal_principal;
    if (terms.method != Method::at_maturity && dice.one_in(3)) {
        int const most = std::max(terms.instalments - 1, terms.instalments == 0 ? 4 : 0);
        terms.grace = {dice.between(0, most), dice.between(0, most), dice.between(0, most)};
    }
    if (dice.one_in(5)) terms.interest = InterestBasis::flat;
    bool const is_level =
        terms.method == Method::equal_instalments && terms.interest == InterestBasis::declining;
    if (terms.method == Method::principal_plan)
        choose_plan(terms, dice, on);
    else if (dice.one_in(6))
        terms.down_payment = Rate::ppm(dice.between(1, 999'999));
    if (is_amortised && dice.one_in(5)) terms.principal_every = dice.between(1, 3);
    if (is_amortised && dice.one_in(6))
        terms.instalment_multiple = Money::fen(dice.between(1, 999));
    bool const may_be_fixed = is_level || terms.method == Method::equal_principal;
    if (may_be_fixed && terms.instalment_multiple.is_zero() && dice.one_in(6)) {
        terms.instalment = dice.part_of(terms.principal);
    }
    if (is_amortised && !is_level && dice.one_in(3)) terms.remainder_to = RemainderTo::first;
    if (dice.one_in(2)) terms.subsidy_scheme = dice.any_of({"A", "B"});
    return terms;
}

Programme any_programme(Dice& dice)
{
    Programme programme;
    programme.rules = {any_rules(dice)};
    for (int n = 0; n < 8; ++n) {
        Date const from = n == 0 ? Date{2014, 1, 1} : Date{2015, 10, 1}.plus_days(70 * n);
        programme.base_rates.push_back({from, "upto_1y", Rate::ppm(dice.between(20'000, 60'000))});
        programme.base_rates.push_back({from, "over_5y", Rate::ppm(dice.between(20'000, 60'000))});
        programme.base_rates.push_back({from, "1y_to_5y", Rate::ppm(dice.between(20'000, 60'000))});
        if (n > 4) {
            programme.base_rates.push_back(
                {from, "lpr_1y", Rate::ppm(dice.between(20'000, 60'000))});
        }
    }
    programme.class_floors = {{Date{2014, 1, 1}, 0, RiskClass::special_mention},
                              {Date{2014, 1, 1}, 20, RiskClass::substandard},
                              {Date{2016, 9, 1}, 10, RiskClass::special_mention},
                              {Date{2016, 9, 1}, 50, RiskClass::doubtful}};
    for (RiskClass const each : all_risk_classes) {
        programme.provision_rates.push_back({Date{2014, 1, 1}, each, dice.between(0, 1'000'000)});
    }
    programme.provision_rates.push_back({Date{2016, 9, 1}, RiskClass::normal, 25'000});
    programme.subsidy_schemes = {any_scheme(dice, "A"), any_scheme(dice, "B")};
    programme.calendar = any_calendar(dice);
    return programme;
}

namespace {

WorkingBooks books_for(Dice& dice)
{
    Books books;
    books.county = named<CountyCode>("530921");
    books.programme = std::make_shared<Programme const>(any_programme(dice));
    WorkingBooks working{books};
    Borrower borrower;
    borrower.number = named<BorrowerNumber>("B");
    working.add(borrower);
    auto const open = working.perform(OpenFund{named<FundCode>("F"), "资金", "协议"}, opening);
    LEDGER_ASSERT(open.has_value());
    return working;
}

} // namespace

RandomLife::RandomLife(std::uint64_t seed)
    : dice{seed}
    , number{named<LoanNumber>("L")}
    , books{books_for(dice)}
    , today{Date{2016, 1, 1}.plus_days(dice.between(0, 60))}
{
    FundCode const fund = named<FundCode>("F");
    paid_in = Money::yuan(300'000);
    paid_into_risk_fund = Money::yuan(100'000);
    bool is_ready = perform(PayIntoFund{fund, paid_in, opening, "进账单"}) &&
                    perform(PayIntoRiskFund{fund, paid_into_risk_fund, opening, "进账单"});
    LEDGER_ASSERT(is_ready);
    proposal.loan = number;
    proposal.borrower = named<BorrowerNumber>("B");
    proposal.fund = fund;
    proposal.proposed_on = today;
    do {
        proposal.terms = any_terms(dice, today);
        is_ready = perform(proposal);
    } while (!is_ready);
}

bool RandomLife::perform(Command const& command)
{
    auto const effects = books.perform(command, today);
    if (!effects) return false;
    if (!effects->loan || !effects->entry) return true;
    for (Posting const& each : effects->entry->postings()) {
        journal[each.account] += each.side == Side::debit ? each.minor_units : -each.minor_units;
    }
    return true;
}

bool RandomLife::is_disbursed() const
{
    return std::ranges::any_of(in_force(loan()), [](LoanEvent const& event) {
        return std::holds_alternative<Disbursed>(event.what);
    });
}

Situation RandomLife::situation() const
{
    Situation now;
    now.books = &books.books();
    now.booked_on = today;
    now.loan = loan();
    now.fund = *books.fund(proposal.fund);
    return now;
}

void RandomLife::live(int actions)
{
    perform(RecordEvent{number, today, Approved{proposal.terms.principal}});
    bool const is_whole = proposal.terms.down_payment > Rate{} || dice.one_in(2);
    Money const first =
        is_whole ? proposal.terms.principal : dice.part_of(proposal.terms.principal);
    RecordEvent const payment{number, today, Disbursed{first}};
    if (!dice.one_in(10)) {
        before(payment);
        perform(payment);
    }
    for (int n = 0; n < actions; ++n) act();
}

void RandomLife::act()
{
    today = today.plus_days(dice.one_in(3) ? 0 : dice.between(0, 45));
    Date const value_on = dice.one_in(3) ? today.plus_days(-dice.between(-1, 60)) : today;
    if (dice.one_in(12)) {
        Money const amount = dice.amount();
        if (perform(PayIntoFund{proposal.fund, amount, today, "进账单"})) paid_in += amount;
    }
    Command const command = any_command(value_on);
    before(command);
    perform(command);
}

Command RandomLife::any_command(Date value_on)
{
    int const events = static_cast<int>(loan().events.size());
    int const kind = dice.between(1, 12);
    if (kind == 1) return Reverse{number, dice.between(0, events + 1), "更正"};
    if (kind == 2) return Accrue{number, value_on};
    RecordEvent command{number, value_on, any_happening(value_on), "文号", "原因"};
    if (dice.one_in(50)) command.document.clear();
    if (dice.one_in(50)) command.reason.clear();
    return command;
}

Repaid RandomLife::any_repayment(Date value_on)
{
    LoanState const state = fold(loan(), value_on);
    Repaid repaid{dice.amount(4)};
    int const way = dice.between(1, 12);
    if (way == 1) repaid.amount = state.payoff;
    if (way == 2) repaid.amount = dice.amount();
    if (way >= 3 && way <= 5 && state.payoff > Money::fen(4)) {
        repaid.amount = dice.part_of(Money::fen(state.payoff.fen() / 4));
    }
    if (way == 6) repaid.amount = state.owed.interest + state.owed.penalty + state.owed.compound;
    if (way >= 7 && way <= 10 && !state.instalments.empty()) {
        auto const row = dice.engine()() % state.instalments.size();
        repaid.amount = state.instalments[row].planned.total();
    }
    if (dice.one_in(2)) {
        repaid.in_advance =
            dice.any_of({InAdvance::fewer_instalments, InAdvance::smaller_instalments,
                         InAdvance::next_instalment});
    }
    return repaid;
}

Extended RandomLife::any_extension(LoanState const& state)
{
    Date const maturity = state.matures_on.value_or(today);
    Extended extended{maturity.plus_days(dice.between(0, 150))};
    if (dice.one_in(2)) extended.annual_rate = Rate::ppm(dice.between(0, 250'000));
    if (dice.one_in(3)) extended.priced_from = maturity.plus_days(dice.between(-90, 1));
    return extended;
}

Rescheduled RandomLife::any_rescheduling(Date value_on)
{
    NewPlan plan;
    plan.method = dice.any_of({Method::equal_instalments, Method::equal_principal,
                               Method::interest_only, Method::at_maturity});
    if (dice.one_in(20)) plan.method = Method::principal_plan;
    plan.every = {dice.between(1, 2),
                  dice.any_of({PeriodUnit::month, PeriodUnit::week, PeriodUnit::quarter})};
    plan.instalments = dice.between(dice.one_in(10) ? -1 : 1, 6);
    if (dice.one_in(3)) plan.first_due_on = value_on.plus_days(dice.between(0, 60));
    if (dice.one_in(3)) plan.grace_principal = dice.between(0, 6);
    if (dice.one_in(3)) plan.annual_rate = Rate::ppm(dice.between(0, 250'000));
    return Rescheduled{plan};
}

Happening RandomLife::any_happening(Date value_on)
{
    LoanState const state = fold(loan(), value_on);
    auto const some_of = [&](Money whole) {
        if (whole <= Money{} || dice.one_in(5)) return dice.amount(5);
        return dice.one_in(3) ? whole : dice.part_of(whole);
    };
    if (state.reserved_through && *state.reserved_through <= value_on && dice.one_in(3)) {
        return ApprovalExpired{};
    }
    if (state.status == LoanStatus::written_off && dice.one_in(2)) {
        return Recovered{some_of(state.owed.total())};
    }
    Money claimed;
    for (LoanEvent const& event : in_force(loan())) {
        if (auto const* claim = std::get_if<SubsidyClaimed>(&event.what)) {
            claimed += claim->amount;
        }
    }
    switch (dice.between(1, 32)) {
    case 1: return Approved{proposal.terms.principal};
    case 2:
    case 3: return Disbursed{some_of(state.approved - state.disbursed)};
    case 4: return OverpaymentRefunded{some_of(state.positions[Position::overpayment])};
    case 5: return Waived{DebtComponent::penalty, some_of(state.owed.penalty)};
    case 6: return Waived{DebtComponent::interest, some_of(state.owed.interest)};
    case 7: return Waived{DebtComponent::compound, some_of(state.owed.compound)};
    case 8: return CostCharged{dice.amount(5)};
    case 9: return RateChanged{Rate::ppm(dice.between(0, 250'000))};
    case 10: return any_extension(state);
    case 11: return any_rescheduling(value_on);
    case 12: return InterestPaused{value_on.plus_days(dice.between(0, 60))};
    case 13:
        if (dice.one_in(2)) return MisuseDeclared{};
        return Waived{dice.any_of({DebtComponent::cost, DebtComponent::principal}), Money::fen(1)};
    case 14: {
        Classified classified;
        if (!dice.one_in(4))
            classified.risk_class = dice.any_of({RiskClass::normal, RiskClass::special_mention,
                                                 RiskClass::doubtful, RiskClass::loss});
        classified.has_second_person = dice.one_in(2);
        return classified;
    }
    case 15:
        if (dice.one_in(3)) return ApprovalExpired{};
        return Provisioned{};
    case 16:
        if (dice.one_in(3)) return WrittenOff{};
        return Recovered{dice.amount(4)};
    case 17: return Compensated{dice.amount()};
    case 18:
    case 19: return SubsidyClaimed{some_of(state.subsidy)};
    case 20:
        if (claimed > Money{}) return SubsidyReceived{some_of(claimed)};
        return any_repayment(value_on);
    default: return any_repayment(value_on);
    }
}

std::vector<LoanEvent> in_force(Loan const& loan)
{
    std::vector<LoanEvent> events;
    for (LoanEvent const& event : loan.events) {
        bool const is_out = std::ranges::any_of(loan.events, [&](LoanEvent const& other) {
            auto const* reversed = std::get_if<Reversed>(&other.what);
            return reversed && reversed->sequence == event.sequence;
        });
        if (!is_out && !std::holds_alternative<Reversed>(event.what)) events.push_back(event);
    }
    return events;
}

Loan with_events(Loan loan, std::vector<LoanEvent> events)
{
    int sequence = 0;
    for (LoanEvent& event : events) event.sequence = ++sequence;
    loan.events = std::move(events);
    loan.walked.reset();
    return loan;
}

} // namespace ledger::test
