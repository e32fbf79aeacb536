// Schedules against the slow model and against closed forms: every schedule sums to the fen and
// asks for nothing negative; 等额本息 and 等额本金 are what their formulas give.
#include "tests/property/naive_model.hpp"
#include "tests/property/naive_plan.hpp"
#include "tests/property/random_life.hpp"
#include "tests/support/show.hpp"

#include <catch2/catch.hpp>

using namespace ledger;
using ledger::test::any_programme;
using ledger::test::any_terms;
using ledger::test::Dice;
using ledger::test::live_through;
using ledger::test::Rational;
using ledger::test::rounded;
using ledger::test::runs;
using ledger::test::seed_of;
using ledger::test::story_of;

namespace {

constexpr Date first_day{2016, 2, 29};

/// A loan of the terms to which nothing but the disbursements happens.
Loan undisturbed(Terms const& terms, std::vector<DisbursementPlan> const& disbursements,
                 Programme const& programme)
{
    Loan loan;
    loan.terms = terms;
    loan.proposed_on = disbursements.front().on;
    loan.rules_version = 1;
    loan.programme = std::make_shared<Programme const>(programme);
    loan.events.push_back({1, loan.proposed_on, loan.proposed_on, Approved{terms.principal}});
    for (DisbursementPlan const& each : disbursements) {
        int const sequence = static_cast<int>(loan.events.size()) + 1;
        loan.events.push_back({sequence, each.on, each.on, Disbursed{each.amount}});
    }
    return loan;
}

std::vector<DisbursementPlan> any_disbursements(Dice& dice, Terms const& terms, Date on)
{
    std::vector<DisbursementPlan> disbursements;
    Money left = terms.principal;
    for (int n = dice.between(1, 3); n > 0 && left > Money{}; --n) {
        bool const is_all = n == 1 || terms.down_payment > Rate{};
        Money const amount = is_all ? left : dice.part_of(left);
        disbursements.push_back({on, amount});
        left -= amount;
        on = on.plus_days(dice.between(0, 60));
    }
    return disbursements;
}

Terms monthly(Method method, Money principal, std::int64_t rate_ppm, int instalments)
{
    Terms terms;
    terms.method = method;
    terms.principal = principal;
    terms.annual_rate = Rate::ppm(rate_ppm);
    terms.instalments = instalments;
    terms.interest_per = InterestPer::period;
    return terms;
}

Rational power(Rational const& base, int exponent)
{
    Rational result = 1;
    for (int n = 0; n < exponent; ++n) result *= base;
    return result;
}

/// Calls visit(principal, rate_ppm, instalments).
template <class Visit> void over_the_grid(Visit visit)
{
    for (std::int64_t const fen : {5'000'00, 9'999'99, 50'000'00, 123'456'78, 5'000'000'00}) {
        for (std::int64_t const ppm : {0, 1, 21'750, 35'000, 43'500, 47'500, 49'000, 154'000}) {
            for (int const n : {1, 2, 3, 6, 12, 18, 24, 36, 48, 60, 120, 240, 360}) {
                visit(Money::fen(fen), ppm, n);
            }
        }
    }
}

} // namespace

TEST_CASE("A schedule is what the slow model lives, sums to the fen and asks for nothing negative")
{
    int planned_count = 0;
    for (int run = 0; run < runs(400, 100'000); ++run) {
        Dice dice{seed_of(run)};
        Programme const programme = any_programme(dice);
        Date const on = Date{2016, 1, 1}.plus_days(dice.between(0, 800));
        auto const checked = checked_terms(any_terms(dice, on));
        if (!checked) continue;
        auto const terms = signed_terms(*checked, on, programme);
        if (!terms) continue;
        auto const disbursements = any_disbursements(dice, *terms, on);
        auto const planned = schedule(*terms, disbursements, programme);
        if (!planned) continue;
        ++planned_count;
        Loan const loan = undisturbed(*terms, disbursements, programme);
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(loan));
        auto const lived = live_through(loan, planned->matures_on()).state.instalments;
        REQUIRE(planned->instalments.size() == lived.size());
        Money principal, interest;
        for (std::size_t n = 0; n < lived.size(); ++n) {
            Instalment const& row = planned->instalments[n];
            Instalment const& wanted = lived[n].planned;
            CHECK(row.number == wanted.number);
            CHECK(row.span == wanted.span);
            CHECK(row.due_on == wanted.due_on);
            CHECK(row.principal == wanted.principal);
            CHECK(row.balance == wanted.balance);
            CHECK_FALSE(row.principal.is_negative());
            CHECK_FALSE(row.interest.is_negative());
            principal += row.principal;
            interest += row.interest;
            bool const is_flat_subsidised =
                terms->interest == InterestBasis::flat && !terms->subsidy_scheme.empty();
            if (is_flat_subsidised && n + 1 == lived.size()) continue; // its odd fen may be claimed
            CHECK(row.interest == wanted.interest);
        }
        Money disbursed;
        for (DisbursementPlan const& each : disbursements) disbursed += each.amount;
        CHECK(principal == disbursed);
        CHECK(planned->principal == principal);
        CHECK(planned->interest == interest);
        CHECK(planned->instalments.back().balance.is_zero());
    }
    CHECK(planned_count > runs(150, 40'000));
}

TEST_CASE("等额本息 is P i (1 + i)^n / ((1 + i)^n - 1) each month, and the last takes the rest")
{
    over_the_grid([](Money principal, std::int64_t ppm, int count) {
        INFO(principal << " at " << ppm << " ppm over " << count << " months");
        auto const planned = schedule(monthly(Method::equal_instalments, principal, ppm, count),
                                      {{first_day, principal}});
        REQUIRE(planned.has_value());
        Rational const monthly_rate{ppm, 12'000'000};
        Rational const grown = power(1 + monthly_rate, count);
        Rational const exact = ppm == 0
                                   ? Rational{principal.fen(), count}
                                   : Rational{principal.fen() * monthly_rate * grown / (grown - 1)};
        Money const level = Money::fen(rounded(exact, Rounding::half_up));
        Money balance = principal;
        for (Instalment const& each : planned->instalments) {
            Rational const interest = balance.fen() * monthly_rate;
            CHECK(each.interest.fen() == rounded(interest, Rounding::half_up));
            bool const is_last = each.number == count;
            if (!is_last) CHECK(each.total() == level);
            CHECK_FALSE(each.principal.is_negative());
            balance -= each.principal;
            // Half a fen of the level and half a fen of interest a month, grown to the last.
            std::int64_t const apart = std::abs((each.total() - level).fen());
            Rational const months =
                ppm == 0 ? Rational{count} : Rational{(grown - 1) / monthly_rate};
            if (is_last) CHECK(apart <= months);
            if (is_last && count <= 60) CHECK(apart < std::max(count, 2));
        }
        CHECK(balance.is_zero());
    });
}

TEST_CASE("等额本金 is P / n each month and interest on the rest, in total P i (n + 1) / 2")
{
    over_the_grid([](Money principal, std::int64_t ppm, int count) {
        INFO(principal << " at " << ppm << " ppm over " << count << " months");
        auto const planned = schedule(monthly(Method::equal_principal, principal, ppm, count),
                                      {{first_day, principal}});
        REQUIRE(planned.has_value());
        Rational const monthly_rate{ppm, 12'000'000};
        std::int64_t const share = rounded(Rational{principal.fen(), count}, Rounding::half_up);
        for (Instalment const& each : planned->instalments) {
            Rational const balance{principal.fen() - share * (each.number - 1)};
            bool const is_last = each.number == count;
            if (!is_last) CHECK(each.principal.fen() == share);
            if (is_last) CHECK(std::abs(each.principal.fen() - share) < std::max(count, 2));
            CHECK(each.interest.fen() == rounded(balance * monthly_rate, Rounding::half_up));
        }
        Rational const total = principal.fen() * monthly_rate * (count + 1) / 2;
        // Half a fen of rounding a month, and of the shares half a fen a month and month after.
        Rational const slack = Rational{count, 2} + monthly_rate * count * count / 4;
        CHECK(abs(Rational{planned->interest.fen() - total}) <= slack);
    });
}

TEST_CASE("Equal instalments on actual days differ from the last by less than their number")
{
    for (int run = 0; run < runs(300, 30'000); ++run) {
        INFO("DAIFU_SEED=" << seed_of(run));
        Dice dice{seed_of(run)};
        Terms terms = monthly(Method::equal_instalments, Money::yuan(dice.between(1'000, 500'000)),
                              dice.between(0, 150'000), dice.between(2, 60));
        terms.interest_per = InterestPer::day;
        auto const planned = schedule(terms, {{first_day, terms.principal}});
        REQUIRE(planned.has_value());
        Money const level = planned->instalments.front().total();
        for (Instalment const& each : planned->instalments) {
            std::int64_t const apart = std::abs((each.total() - level).fen());
            bool const is_last = each.number == terms.instalments;
            CHECK((is_last ? apart < terms.instalments : apart == 0));
        }
    }
}
