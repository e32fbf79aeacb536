// Laws of the loan engine that need no second model: how events are entered, split, reversed and
// looked at changes nothing that it should not. On the same seeded random lives.
#include "ledger/preview.hpp"
#include "tests/property/random_life.hpp"
#include "tests/support/show.hpp"

#include <catch2/catch.hpp>

using namespace ledger;
using ledger::test::in_force;
using ledger::test::RandomLife;
using ledger::test::runs;
using ledger::test::seed_of;
using ledger::test::story_of;
using ledger::test::with_events;

namespace {

void require_same(std::optional<JournalEntry> const& a, std::optional<JournalEntry> const& b)
{
    REQUIRE(a.has_value() == b.has_value());
    if (!a) return;
    REQUIRE(std::ranges::equal(a->postings(), b->postings()));
    REQUIRE(a->cause() == b->cause());
    REQUIRE(a->value_on() == b->value_on());
}

void require_same(LoanState const& a, LoanState const& b)
{
    REQUIRE(a.positions == b.positions);
    REQUIRE(a.instalments == b.instalments);
    REQUIRE(a.owed == b.owed);
    REQUIRE(a.status == b.status);
    REQUIRE(a.risk_class == b.risk_class);
    REQUIRE(a.non_accrual_since == b.non_accrual_since);
    REQUIRE(a.oldest_unpaid_due_on == b.oldest_unpaid_due_on);
}

/// A life in which every command is decided with and without the snapshot, and previewed.
class WatchedLife : public RandomLife {
  public:
    using RandomLife::RandomLife;
    int booked = 0;

  protected:
    void before(Command const& command) override
    {
        Situation const now = situation();
        Situation without = now;
        without.loan->walked.reset();
        auto const decided = decide(now, command);
        auto const again = decide(without, command);
        auto const shown = preview(now, command);
        REQUIRE(decided.has_value() == again.has_value());
        REQUIRE(decided.has_value() == shown.has_value());
        if (!decided) {
            REQUIRE(decided.error().code == again.error().code);
            REQUIRE(decided.error().field == again.error().field);
            REQUIRE(decided.error().limit == again.error().limit);
            REQUIRE(decided.error().code == shown.error().code);
            return;
        }
        ++booked;
        require_same(decided->entry, again->entry);
        require_same(decided->entry, shown->entry);
        REQUIRE(decided->allocation == again->allocation);
        REQUIRE(decided->loan->booked == again->loan->booked);
        Date const as_of = *decided->loan->recognised_on;
        REQUIRE(shown->before.positions == fold(*now.loan, as_of).positions);
        require_same(shown->after, fold(*decided->loan, as_of));
        REQUIRE(shown->after.positions == decided->loan->booked);
    }
};

/// The same loan in books of its own, with the events entered in this order, all of them today. An
/// event that is refused where it stands is tried again after the others; events of one value date
/// keep their order. Empty when some can never be entered.
std::optional<Loan> entered_anew(RandomLife& life, std::vector<LoanEvent> pending)
{
    WorkingBooks books{life.books.books()};
    books.add(*life.books.borrower(life.proposal.borrower));
    Fund fund = *life.books.fund(life.proposal.fund);
    fund.available = life.paid_in;
    fund.risk_available = life.paid_into_risk_fund;
    books.add(fund);
    REQUIRE(books.perform(life.proposal, life.today));
    while (!pending.empty()) {
        std::size_t const before = pending.size();
        std::vector<LoanEvent> refused;
        for (LoanEvent const& event : pending) {
            bool const waits = std::ranges::any_of(
                refused, [&](LoanEvent const& other) { return other.value_on == event.value_on; });
            RecordEvent const command{life.number, event.value_on, event.what, event.document,
                                      event.reason};
            if (waits || !books.perform(command, life.today)) refused.push_back(event);
        }
        pending = std::move(refused);
        if (pending.size() == before) return std::nullopt;
    }
    return *books.loan(life.number);
}

/// Shuffled, but events of one value date in the order in which they were.
std::vector<LoanEvent> shuffled(std::vector<LoanEvent> events, RandomLife& life)
{
    std::map<Date, std::vector<LoanEvent>> by_day;
    for (LoanEvent const& event : events) by_day[event.value_on].push_back(event);
    std::ranges::shuffle(events, life.dice.engine());
    for (LoanEvent& event : events) {
        auto& day = by_day[event.value_on];
        event = day.front();
        day.erase(day.begin());
    }
    return events;
}

bool is_provisioning(LoanEvent const& event)
{
    return std::holds_alternative<Provisioned>(event.what);
}

} // namespace

TEST_CASE("A command is decided the same with the snapshot, without it and in the preview")
{
    int booked = 0;
    for (int run = 0; run < runs(100, 20'000); ++run) {
        INFO("DAIFU_SEED=" << seed_of(run));
        WatchedLife life{seed_of(run)};
        life.live(12);
        booked += life.booked;
    }
    CHECK(booked > runs(100, 20'000));
}

TEST_CASE("What the books hold for a loan is its fold after every command")
{
    for (int run = 0; run < runs(150, 20'000); ++run) {
        RandomLife life{seed_of(run)};
        life.live(0);
        for (int n = 0; n < 14; ++n) {
            life.act();
            Loan const& loan = life.loan();
            INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(loan));
            if (!loan.recognised_on) continue;
            Positions const& booked = loan.booked;
            REQUIRE(fold(loan, *loan.recognised_on).positions == booked);
            Fund const& fund = *life.books.fund(loan.fund);
            REQUIRE_FALSE(fund.available.is_negative());
            REQUIRE(fund.available + booked[Position::fund_reserved] + booked[Position::fund_lent] +
                        booked[Position::fund_written_off] ==
                    life.paid_in);
            REQUIRE_FALSE(fund.risk_available.is_negative());
            REQUIRE(fund.risk_available - booked[Position::risk_fund_available] ==
                    life.paid_into_risk_fund);
            REQUIRE(booked[Position::fund_lent] == booked.principal());
            for (Position const each : all_positions()) {
                std::int64_t const debits = life.journal[account_of(each, loan)];
                bool const is_debit = normal_side_of(each) == Side::debit;
                REQUIRE(booked[each].fen() == (is_debit ? debits : -debits));
            }
        }
    }
}

TEST_CASE("Events entered in any order end in the same positions")
{
    int entered = 0;
    for (int run = 0; run < runs(150, 30'000); ++run) {
        RandomLife life{seed_of(run)};
        life.live(12);
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(life.loan()));
        std::vector<LoanEvent> const events = in_force(life.loan());
        std::vector<LoanEvent> ordered = events;
        std::ranges::stable_sort(ordered, {}, &LoanEvent::value_on);
        auto const other = entered_anew(life, shuffled(events, life));
        if (!other) continue; // each of two events waits for the other, or the fund for both
        ++entered;
        INFO(story_of(*other));
        Date const as_of = life.today.plus_days(30);
        if (other->recognised_on) {
            REQUIRE(other->booked ==
                    fold(with_events(life.loan(), ordered), *other->recognised_on).positions);
        }
        require_same(fold(*other, as_of), fold(with_events(life.loan(), ordered), as_of));
        require_same(fold(*other, as_of), fold(with_events(life.loan(), events), as_of));
    }
    CHECK(entered > runs(75, 15'000));
}

TEST_CASE("A reversed event is as if it had never been")
{
    int reversed = 0;
    for (int run = 0; run < runs(200, 30'000); ++run) {
        RandomLife life{seed_of(run)};
        life.live(10);
        Loan const before = life.loan();
        if (before.events.empty()) continue;
        int const sequence = life.dice.between(1, static_cast<int>(before.events.size()));
        if (!life.perform(Reverse{life.number, sequence, "更正"})) continue;
        ++reversed;
        Loan const after = life.loan();
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(after));
        Date const as_of = *after.recognised_on;
        REQUIRE(after.recognised_on == before.recognised_on);
        REQUIRE(after.booked == fold(with_events(after, in_force(after)), as_of).positions);
        // Entered again it is as if it had never been reversed.
        LoanEvent const& event = before.events[static_cast<std::size_t>(sequence) - 1];
        bool const is_last_of_its_day =
            std::ranges::none_of(in_force(before), [&](auto const& each) {
                return each.value_on == event.value_on && each.sequence > event.sequence;
            });
        RecordEvent const again{life.number, event.value_on, event.what, event.document,
                                event.reason};
        bool const is_approval = std::holds_alternative<Approved>(event.what);
        if (!is_last_of_its_day || is_approval) continue;
        REQUIRE(life.perform(again));
        REQUIRE(life.loan().booked == before.booked);
    }
    CHECK(reversed > runs(20, 3'000));
}

TEST_CASE("A repayment in two parts on one day is the repayment")
{
    for (int run = 0; run < runs(150, 20'000); ++run) {
        RandomLife life{seed_of(run)};
        life.live(12);
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(life.loan()));
        std::vector<LoanEvent> const whole = in_force(life.loan());
        std::vector<LoanEvent> split;
        for (LoanEvent const& event : whole) {
            auto const* repaid = std::get_if<Repaid>(&event.what);
            if (!repaid || repaid->amount < Money::fen(2)) {
                split.push_back(event);
                continue;
            }
            Money const part = life.dice.part_of(repaid->amount - Money::fen(1));
            LoanEvent half = event;
            half.what = Repaid{part, repaid->in_advance};
            split.push_back(half);
            half.what = Repaid{repaid->amount - part, repaid->in_advance};
            split.push_back(half);
        }
        Date const as_of = life.today.plus_days(30);
        require_same(fold(with_events(life.loan(), whole), as_of),
                     fold(with_events(life.loan(), split), as_of));
    }
}

TEST_CASE("Looking at a loan changes nothing")
{
    for (int run = 0; run < runs(150, 20'000); ++run) {
        RandomLife life{seed_of(run)};
        life.live(12);
        if (!life.is_disbursed()) continue;
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(life.loan()));
        std::vector<LoanEvent> events = in_force(life.loan());
        std::erase_if(events, is_provisioning);
        Date const from = *fold(life.loan(), life.today).disbursed_on;
        Date const as_of = life.today.plus_days(100);
        std::vector<LoanEvent> looked = events;
        for (int n = 0; n < 6; ++n) {
            LoanEvent look{0, from.plus_days(life.dice.between(0, as_of - from)), life.today,
                           Provisioned{}};
            looked.push_back(look); // an event that moves nothing but the allowance
        }
        std::ranges::stable_sort(looked, {}, &LoanEvent::value_on);
        std::ranges::stable_sort(events, {}, &LoanEvent::value_on);
        LoanState seldom = fold(with_events(life.loan(), events), as_of);
        LoanState often = fold(with_events(life.loan(), looked), as_of);
        for (Position const each : {Position::impairment, Position::loss_allowance}) {
            often.positions[each] = seldom.positions[each];
        }
        require_same(seldom, often);
    }
}

TEST_CASE("Paying any part of the payoff amount leaves exactly the rest")
{
    for (int run = 0; run < runs(150, 20'000); ++run) {
        RandomLife life{seed_of(run)};
        life.live(8);
        LoanState const before = fold(life.loan(), life.today);
        if (before.payoff.is_zero() || before.written_off_on) continue;
        Money const part = life.dice.part_of(before.payoff);
        REQUIRE(life.perform(RecordEvent{life.number, life.today, Repaid{part}}));
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(life.loan()));
        LoanState const after = fold(life.loan(), life.today);
        CHECK(after.payoff == before.payoff - part);
        CHECK((after.status == LoanStatus::settled) == after.owed.total().is_zero());
        if (after.payoff.is_zero() && !after.owed.total().is_zero()) {
            CHECK(part < before.payoff); // what is held covers it, and waits for its day
        }
    }
}

TEST_CASE("The plan is what happens when nothing more happens")
{
    for (int run = 0; run < runs(150, 20'000); ++run) {
        RandomLife life{seed_of(run)};
        life.live(8);
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(life.loan()));
        Loan const loan = life.loan();
        LoanState const now = fold(loan, life.today);
        if (!now.matures_on || now.written_off_on) continue;
        LoanState const then = fold(loan, std::max(life.today, *now.matures_on));
        bool const is_flat_subsidised =
            loan.terms.interest == InterestBasis::flat && !loan.terms.subsidy_scheme.empty();
        REQUIRE(now.instalments.size() == then.instalments.size());
        for (std::size_t n = 0; n < now.instalments.size(); ++n) {
            Instalment const& planned = now.instalments[n].planned;
            INFO("instalment " << planned.number << " due " << planned.due_on);
            CHECK(planned.principal == then.instalments[n].planned.principal);
            CHECK(planned.balance == then.instalments[n].planned.balance);
            if (is_flat_subsidised && n + 1 == now.instalments.size()) continue;
            CHECK(planned.interest == then.instalments[n].planned.interest);
        }
    }
}

TEST_CASE("The closing is asked to work on every day on which something changes by itself")
{
    for (int run = 0; run < runs(40, 2'000); ++run) {
        RandomLife life{seed_of(run)};
        life.live(8);
        Loan loan = life.loan();
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(loan));
        Date const first = life.today.plus_days(2);
        for (Date day = first; day < first.plus_days(100); day = day.plus_days(1)) {
            INFO(day);
            LoanState const before = fold(loan, day.plus_days(-1));
            LoanState const after = fold(loan, day);
            loan.booked = before.positions;
            loan.recognised_on = day.plus_days(-1);
            ClosingWork const work = closing_work_on(loan, day);
            for (Position const each : {Position::principal_normal, Position::principal_overdue,
                                        Position::principal_non_accrual, Position::overpayment})
            {
                if (before.positions[each] != after.positions[each]) CHECK(work.accrue);
            }
            bool const is_last_day = after.reserved_through && *after.reserved_through <= day;
            CHECK(work.expire == is_last_day);
            bool const is_due =
                day.is_month_end() && loan.rules().provision_at == ProvisionAt::month_end;
            if (!is_due || !after.disbursed_on) continue;
            std::vector<LoanEvent> events = in_force(loan);
            events.push_back({0, day, day, Provisioned{}});
            Money const wanted =
                fold(with_events(loan, events), day).positions[Position::loss_allowance];
            CHECK(work.provision == (wanted != after.positions[Position::loss_allowance]));
        }
    }
}

TEST_CASE("The lines of the subsidy tile the days, and add up to what is booked")
{
    int lines_seen = 0;
    for (int run = 0; run < runs(300, 20'000); ++run) {
        RandomLife life{seed_of(run)};
        life.live(10);
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(life.loan()));
        Loan const& loan = life.loan();
        LoanState const now = fold(loan, life.today);
        if (loan.terms.subsidy_scheme.empty() || !now.disbursed_on) continue;
        Date const from = *now.disbursed_on;
        Date const cut = from.plus_days(life.dice.between(0, life.today - from));
        auto const sum_of = [&](Span span) {
            Exact sum;
            for (SubsidyLine const& line : subsidy_lines(loan, span)) {
                CHECK(span.from <= line.span.from);
                CHECK(line.span.until <= span.until);
                CHECK(line.span.from < line.span.until);
                CHECK(line.eligible > Money{});
                sum = sum + line.exact;
                ++lines_seen;
            }
            return sum;
        };
        Date const end = life.today.plus_days(7); // past days that a row has asked for ahead
        Exact const whole = sum_of({from, end});
        CHECK(sum_of({from, cut}) + sum_of({cut, end}) == whole);
        Money const booked = fold(loan, end).subsidy;
        auto const rows = static_cast<std::int64_t>(now.instalments.size());
        std::int64_t const apart =
            std::abs((round_to_fen(whole, Rounding::half_up) - booked).fen());
        CHECK(apart <= rows + 1); // each row rounds its own
    }
    CHECK(lines_seen > runs(300, 20'000) / 4);
}
