// The loan engine against a second model and against its own laws, on seeded random lives of loans.
// DAIFU_LONG=N multiplies the runs; DAIFU_SEED=N starts elsewhere. A failure prints its seed.
#include "ledger/working_books.hpp"
#include "tests/property/naive_model.hpp"
#include "tests/support/show.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>
#include <random>

using namespace ledger;
using ledger::test::live_through;

namespace {

int from_environment(char const* name, int otherwise)
{
    char const* text = std::getenv(name);
    return text ? std::atoi(text) : otherwise;
}

int runs(int usual)
{
    return usual * from_environment("DAIFU_LONG", 1);
}

std::uint64_t first_seed()
{
    static std::uint64_t const seed = [] {
        auto const chosen = static_cast<std::uint64_t>(from_environment("DAIFU_SEED", 20160831));
        std::cout << "DAIFU_SEED=" << chosen << "\n";
        return chosen;
    }();
    return seed;
}

class Dice {
  public:
    explicit Dice(std::uint64_t seed)
        : engine_{seed}
    {
    }
    int between(int low, int high)
    {
        return low + static_cast<int>(engine_() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool one_in(int n) { return between(1, n) == 1; }
    template <class T> T any_of(std::initializer_list<T> choices)
    {
        return *(choices.begin() + between(0, static_cast<int>(choices.size()) - 1));
    }
    std::mt19937_64& engine() { return engine_; }

  private:
    std::mt19937_64 engine_;
};

template <class Name> Name named(char const* text)
{
    auto name = Name::parse(text);
    REQUIRE(name.has_value());
    return *name;
}

Money any_amount(Dice& dice)
{
    int const digits = dice.between(2, 7);
    std::int64_t bound = 1;
    for (int n = 0; n < digits; ++n) bound *= 10;
    return Money::fen(
        1 + static_cast<std::int64_t>(dice.engine()() % static_cast<std::uint64_t>(bound)));
}

Terms any_terms(Dice& dice, Date on)
{
    Terms terms;
    terms.principal = any_amount(dice) + Money::fen(100);
    terms.annual_rate = Rate::ppm(dice.one_in(8) ? 0 : dice.between(1, 240'000));
    terms.method = dice.any_of({Method::equal_instalments, Method::equal_principal,
                                Method::interest_only, Method::at_maturity});
    terms.day_count =
        dice.any_of({DayCount::actual_360, DayCount::actual_365, DayCount::actual_actual_isda,
                     DayCount::thirty_e_360, DayCount::thirty_360_us, DayCount::months_days_360});
    terms.interest_per = dice.any_of({InterestPer::day, InterestPer::period});
    terms.rounding =
        dice.any_of({Rounding::half_up, Rounding::half_even, Rounding::down, Rounding::up});
    terms.month_end = dice.any_of({MonthEnd::clamp, MonthEnd::roll});
    terms.every = {dice.between(1, 2), dice.any_of({PeriodUnit::month, PeriodUnit::week,
                                                    PeriodUnit::day, PeriodUnit::quarter})};
    terms.instalments = dice.between(1, 9);
    if (dice.one_in(3)) {
        terms.every = {1, dice.any_of({PeriodUnit::month, PeriodUnit::quarter})};
        terms.settlement_day = dice.between(1, 31);
    } else if (dice.one_in(4)) {
        terms.first_due_on = on.plus_days(dice.between(1, 60));
    }
    if (dice.one_in(3)) {
        terms.rate_steps.push_back(
            {on.plus_days(dice.between(-5, 200)), Rate::ppm(dice.between(1, 240'000))});
    }
    if (terms.method != Method::at_maturity && dice.one_in(3)) {
        int const most = terms.instalments - 1;
        terms.grace = {dice.between(0, most), dice.between(0, most), dice.between(0, most)};
    }
    if (dice.one_in(5) && terms.annual_rate > Rate{}) terms.interest = InterestBasis::flat;
    if (dice.one_in(6)) terms.down_payment = Rate::ppm(dice.between(1, 999'999));
    return terms;
}

constexpr Date opening{2015, 1, 5};

WorkingBooks books_for(Dice& dice)
{
    ProgrammeRules rules;
    rules.version = 1;
    rules.effective_from = Date{2012, 1, 1};
    rules.loan_cap = Money::yuan(1'000'000);
    rules.term_limit_months = 60;
    rules.rate_ceiling = Rate::ppm(240'000);
    rules.penalty_margin_ppm = dice.between(0, 500'000);
    rules.allocation_order =
        dice.any_of({AllocationOrder::interest_first, AllocationOrder::principal_first});
    Books books;
    books.county = named<CountyCode>("530921");
    books.rules = {rules};
    WorkingBooks working{books};
    Borrower borrower;
    borrower.number = named<BorrowerNumber>("B");
    working.add(borrower);
    REQUIRE(working.perform(OpenFund{named<FundCode>("F"), "资金", "协议"}, opening));
    REQUIRE(working.perform(
        PayIntoFund{named<FundCode>("F"), Money::yuan(300'000), opening, "进账单"}, opening));
    return working;
}

/// A random life: a proposal, then commands that fit and commands that do not.
class RandomLife {
  public:
    explicit RandomLife(std::uint64_t seed)
        : dice{seed}
        , books{books_for(dice)}
    {
        today = Date{2016, 1, 1}.plus_days(dice.between(0, 60));
        do {
            proposal.loan = number;
            proposal.borrower = named<BorrowerNumber>("B");
            proposal.fund = named<FundCode>("F");
            proposal.proposed_on = today;
            proposal.terms = any_terms(dice, today);
        } while (!books.perform(proposal, today));
    }

    /// Some command of some kind; true when it was booked.
    bool act()
    {
        today = today.plus_days(dice.one_in(3) ? 0 : dice.between(0, 45));
        Date const value_on = dice.one_in(3) ? today.plus_days(-dice.between(-1, 60)) : today;
        Loan const& loan = *books.loan(number);
        Command command = Accrue{number, value_on};
        Money amount = any_amount(dice);
        switch (dice.between(1, 10)) {
        case 1: command = ApproveLoan{number, proposal.terms.principal, value_on}; break;
        case 2:
        case 3:
            if (dice.one_in(2)) amount = proposal.terms.principal;
            command = Disburse{number, amount, value_on};
            break;
        case 4:
        case 5:
        case 6:
        case 7:
            if (dice.one_in(4)) amount = fold(loan, value_on).payoff;
            command = Repay{number, amount, value_on};
            break;
        case 8:
            command =
                Reverse{number, dice.between(0, static_cast<int>(loan.events.size()) + 1), "更正"};
            break;
        case 9: command = Accrue{number, value_on}; break;
        case 10:
            command = PayIntoFund{named<FundCode>("F"), any_amount(dice), value_on, "进账单"};
            if (auto paid = books.perform(command, today)) {
                paid_in += std::get<PayIntoFund>(command).amount;
            }
            return false;
        }
        return books.perform(command, today).has_value();
    }

    /// Approval and a disbursement for certain, then `actions` random commands.
    void live(int actions)
    {
        REQUIRE(books.perform(ApproveLoan{number, proposal.terms.principal, today}, today));
        bool const is_whole = proposal.terms.down_payment > Rate{} || dice.one_in(2) ||
                              proposal.terms.principal < Money::fen(200);
        Money const first =
            is_whole ? proposal.terms.principal : Money::fen(proposal.terms.principal.fen() / 2);
        auto const paid_out = books.perform(Disburse{number, first, today}, today);
        is_disbursed = paid_out.has_value();
        for (int n = 0; n < actions; ++n) act();
    }

    Loan const& loan() const { return *books.loan(number); }

    Dice dice;
    LoanNumber number = named<LoanNumber>("L");
    WorkingBooks books;
    ProposeLoan proposal;
    Date today;
    Money paid_in = Money::yuan(300'000);
    bool is_disbursed = false;
};

void check_against_naive(Loan const& loan, Date as_of)
{
    LoanState const state = fold(loan, as_of);
    auto const naive = live_through(loan, as_of);
    INFO("as of " << as_of);
    for (Position const position : all_positions()) {
        INFO(code_of(position));
        CHECK(state.positions[position] == naive.positions[position]);
    }
    CHECK(state.payoff == naive.payoff);
    CHECK(state.days_past_due == naive.days_past_due);
}

/// The loan without its booked figures, with other events, numbered anew.
Loan with_events(Loan loan, std::vector<LoanEvent> events)
{
    int sequence = 0;
    for (LoanEvent& event : events) event.sequence = ++sequence;
    loan.events = std::move(events);
    return loan;
}

/// The same loan in books of its own, with the events entered in this order, all of them today.
Loan entered_anew(RandomLife& life, std::vector<LoanEvent> const& events)
{
    WorkingBooks books{life.books.books()};
    books.add(*life.books.borrower(life.proposal.borrower));
    Fund fund = *life.books.fund(life.proposal.fund);
    fund.available = life.paid_in;
    books.add(fund);
    LoanNumber const& loan = life.number;
    REQUIRE(books.perform(life.proposal, life.today));
    for (LoanEvent const& event : events) {
        Command command = Accrue{loan, event.value_on};
        if (auto const* yes = std::get_if<Approved>(&event.what)) {
            command = ApproveLoan{loan, yes->amount, event.value_on};
        } else if (auto const* out = std::get_if<Disbursed>(&event.what)) {
            command = Disburse{loan, out->amount, event.value_on};
        } else if (auto const* in = std::get_if<Repaid>(&event.what)) {
            command = Repay{loan, in->amount, event.value_on};
        }
        REQUIRE(books.perform(command, life.today));
    }
    return *books.loan(loan);
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

} // namespace

TEST_CASE("The engine and the model that lives every night agree on every position")
{
    for (int run = 0; run < runs(150); ++run) {
        std::uint64_t const seed = first_seed() + static_cast<std::uint64_t>(run);
        INFO("DAIFU_SEED=" << seed);
        RandomLife life{seed};
        life.live(life.dice.between(0, 12));
        if (life.loan().recognised_on) check_against_naive(life.loan(), *life.loan().recognised_on);
        check_against_naive(life.loan(), life.today.plus_days(life.dice.between(0, 200)));
    }
}

TEST_CASE("What the books hold for a loan is its fold after every command")
{
    for (int run = 0; run < runs(300); ++run) {
        std::uint64_t const seed = first_seed() + static_cast<std::uint64_t>(run);
        INFO("DAIFU_SEED=" << seed);
        RandomLife life{seed};
        life.live(0);
        for (int n = 0; n < 12; ++n) {
            life.act();
            Loan const& loan = life.loan();
            if (!loan.recognised_on) continue;
            REQUIRE(fold(loan, *loan.recognised_on).positions == loan.booked);
            Fund const& fund = *life.books.fund(loan.fund);
            REQUIRE_FALSE(fund.available.is_negative());
            REQUIRE(fund.available + loan.booked[Position::fund_reserved] +
                        loan.booked[Position::fund_lent] ==
                    life.paid_in);
            REQUIRE(loan.booked[Position::fund_lent] == loan.booked.principal());
        }
    }
}

TEST_CASE("Events entered in any order end in the same positions")
{
    for (int run = 0; run < runs(300); ++run) {
        std::uint64_t const seed = first_seed() + static_cast<std::uint64_t>(run);
        INFO("DAIFU_SEED=" << seed);
        RandomLife life{seed};
        life.live(10);
        std::vector<LoanEvent> events = in_force(life.loan());
        if (!life.is_disbursed || events.empty()) continue;
        // The approval and the first disbursement stay in front: nothing is valid before them.
        // Events of one value date keep their order.
        Loan const ordered = with_events(life.loan(), events);
        std::size_t fixed = 0;
        auto const first_out = std::ranges::find_if(events, [](LoanEvent const& event) {
            return std::holds_alternative<Disbursed>(event.what);
        });
        if (first_out == events.end()) continue;
        fixed = static_cast<std::size_t>(first_out - events.begin()) + 1;
        std::ranges::shuffle(events.begin() + static_cast<std::ptrdiff_t>(fixed), events.end(),
                             life.dice.engine());
        std::map<Date, std::vector<LoanEvent>> by_day;
        for (LoanEvent const& event : ordered.events) by_day[event.value_on].push_back(event);
        for (LoanEvent& event : events) {
            auto& day = by_day[event.value_on];
            event = day.front();
            day.erase(day.begin());
        }
        Loan const shuffled = entered_anew(life, events);
        Date const as_of = life.today.plus_days(30);
        CHECK(shuffled.booked == fold(ordered, *shuffled.recognised_on).positions);
        CHECK(fold(shuffled, as_of).positions == fold(ordered, as_of).positions);
        CHECK(fold(life.loan(), as_of).positions == fold(ordered, as_of).positions);
    }
}

TEST_CASE("A reversed event is as if it had never been")
{
    int reversed = 0;
    for (int run = 0; run < runs(300); ++run) {
        std::uint64_t const seed = first_seed() + static_cast<std::uint64_t>(run);
        INFO("DAIFU_SEED=" << seed);
        RandomLife life{seed};
        life.live(8);
        Loan const before = life.loan();
        if (before.events.empty()) continue;
        int const sequence = life.dice.between(1, static_cast<int>(before.events.size()));
        if (!life.books.perform(Reverse{life.number, sequence, "更正"}, life.today)) continue;
        ++reversed;
        Loan const after = life.loan();
        std::vector<LoanEvent> without = in_force(after);
        Date const as_of = *after.recognised_on;
        CHECK(after.booked == fold(with_events(after, without), as_of).positions);
        CHECK(after.recognised_on == before.recognised_on);
    }
    CHECK(reversed > 20);
}

TEST_CASE("A repayment in two parts on one day is the repayment")
{
    for (int run = 0; run < runs(300); ++run) {
        std::uint64_t const seed = first_seed() + static_cast<std::uint64_t>(run);
        INFO("DAIFU_SEED=" << seed);
        RandomLife life{seed};
        life.live(8);
        std::vector<LoanEvent> whole = in_force(life.loan());
        std::vector<LoanEvent> split;
        for (LoanEvent const& event : whole) {
            auto const* repaid = std::get_if<Repaid>(&event.what);
            if (!repaid || repaid->amount < Money::fen(2)) {
                split.push_back(event);
                continue;
            }
            auto const part =
                Money::fen(1 + static_cast<std::int64_t>(
                                   life.dice.engine()() %
                                   static_cast<std::uint64_t>(repaid->amount.fen() - 1)));
            split.push_back({0, event.value_on, event.booked_on, Repaid{part}});
            split.push_back({0, event.value_on, event.booked_on, Repaid{repaid->amount - part}});
        }
        Date const as_of = life.today.plus_days(30);
        CHECK(fold(with_events(life.loan(), whole), as_of).positions ==
              fold(with_events(life.loan(), split), as_of).positions);
    }
}

TEST_CASE("Paying any part of the payoff amount leaves exactly the rest")
{
    for (int run = 0; run < runs(300); ++run) {
        std::uint64_t const seed = first_seed() + static_cast<std::uint64_t>(run);
        INFO("DAIFU_SEED=" << seed);
        RandomLife life{seed};
        life.live(6);
        Money const payoff = fold(life.loan(), life.today).payoff;
        if (payoff.is_zero()) continue;
        auto const part =
            Money::fen(1 + static_cast<std::int64_t>(life.dice.engine()() %
                                                     static_cast<std::uint64_t>(payoff.fen())));
        REQUIRE(life.books.perform(Repay{life.number, part, life.today}, life.today));
        LoanState const after = fold(life.loan(), life.today);
        CHECK(after.payoff == payoff - part);
        CHECK((after.status == LoanStatus::settled) == after.payoff.is_zero());
    }
}

TEST_CASE("Every schedule sums to the fen and asks for nothing negative")
{
    for (int run = 0; run < runs(2000); ++run) {
        std::uint64_t const seed = first_seed() + static_cast<std::uint64_t>(run);
        INFO("DAIFU_SEED=" << seed);
        Dice dice{seed};
        Date const on = Date{2016, 1, 1}.plus_days(dice.between(0, 800));
        auto const terms = checked_terms(any_terms(dice, on));
        REQUIRE(terms.has_value());
        auto const planned = schedule(*terms, {{on, terms->principal}});
        REQUIRE(planned.has_value());
        Money principal;
        Money interest;
        Date from = on;
        for (Instalment const& each : planned->instalments) {
            CHECK(each.span == Span{from, each.due_on});
            CHECK_FALSE(each.principal.is_negative());
            CHECK_FALSE(each.interest.is_negative());
            principal += each.principal;
            interest += each.interest;
            CHECK(each.balance == terms->principal - principal);
            from = each.due_on;
        }
        CHECK(principal == terms->principal);
        CHECK(planned->principal == principal);
        CHECK(planned->interest == interest);
    }
}

TEST_CASE("Equal instalments on equal periods differ from the last by less than their number")
{
    for (int run = 0; run < runs(1000); ++run) {
        std::uint64_t const seed = first_seed() + static_cast<std::uint64_t>(run);
        INFO("DAIFU_SEED=" << seed);
        Dice dice{seed};
        Terms terms;
        terms.principal = Money::yuan(dice.between(1'000, 500'000));
        terms.annual_rate = Rate::ppm(dice.between(0, 150'000));
        terms.instalments = dice.between(1, 60);
        terms.interest_per = dice.any_of({InterestPer::day, InterestPer::period});
        auto const planned = schedule(terms, {{Date{2016, 2, 29}, terms.principal}});
        REQUIRE(planned.has_value());
        Money const level = planned->instalments.front().total();
        for (Instalment const& each : planned->instalments) {
            std::int64_t const apart = std::abs((each.total() - level).fen());
            bool const is_last = each.number == terms.instalments;
            CHECK(apart <= (is_last ? terms.instalments : 0));
        }
    }
}
