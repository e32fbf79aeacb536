// What a household holds after each event, as an accountant reads it: account, subkey, households
// and persons. And what of it a claim remembers.
#include "tests/unit/household_county.hpp"

#include <set>

using namespace ledger;
using namespace ledger::test;

namespace {

/// "9103.02 B 0.5000 2.0000": each account with its households and persons, the contra left out.
std::string held(Household const& household, Date as_of)
{
    std::string text;
    std::int64_t households = 0, persons = 0;
    auto const all = holdings(fold(household, as_of));
    for (auto const& [where, units] : all) {
        auto const& [account, unit] = where;
        if (account.code.text() == "9199") {
            (unit == Unit::household ? households : persons) -= units;
            continue;
        }
        (unit == Unit::household ? households : persons) += units;
        if (unit == Unit::person) continue;
        if (!text.empty()) text += "; ";
        text += account.code.text() + " " + account.subkey + " " +
                share_text(static_cast<Share>(units)) + " " +
                share_text(static_cast<Share>(all.at({account, Unit::person})));
    }
    CHECK(households == 0); // what is held is what was issued
    CHECK(persons == 0);
    return text.empty() ? "nothing" : text;
}

struct Row {
    HouseholdHappening what;
    char const* held;
};

constexpr char const* v = "530921206201";

} // namespace

TEST_CASE("A household's unit and its persons move whole through everything that happens to it")
{
    std::string const home{v};
    WorkingBooks books = county_with({});
    books.add_village(named<UnitCode>("530921206204"));
    Date day{2016, 1, 20};
    for (auto const& row : {
             Row{a_poor_household(4), "9101.02 530921206201 1.0000 4.0000"},
             Row{claim_under(loan_number, 5'000),
                 "9101.02 530921206201 0.5000 2.0000; 9102.02 B 0.5000 2.0000"},
             Row{verification_of(2), "9101.02 530921206201 0.5000 2.0000; 9103.02 B 0.5000 2.0000"},
             Row{claim_under(second_loan), "9102.02 B2 0.5000 2.0000; 9103.02 B 0.5000 2.0000"},
             Row{PersonsCounted{5}, "9102.02 B2 0.5000 2.5000; 9103.02 B 0.5000 2.5000"},
             Row{SharesAgreed{{{2, 3'333}, {4, 6'667}}},
                 "9102.02 B2 0.6667 3.3335; 9103.02 B 0.3333 1.6665"},
             Row{StandingRecorded{Standing::marginal},
                 "9102.05 B2 0.6667 3.3335; 9103.05 B 0.3333 1.6665"},
             Row{ClaimWithdrawn{4}, "9101.05 530921206201 0.6667 3.3335; 9103.05 B 0.3333 1.6665"},
             Row{HouseholdMoved{"", named<UnitCode>("530921206204")},
                 "9101.05 530921206204 0.6667 3.3335; 9103.05 B 0.3333 1.6665"},
             Row{SupportEnded{2}, "9101.05 530921206204 1.0000 5.0000"},
             Row{HouseholdDissolved{}, "nothing"},
         })
    {
        INFO(code_of(row.what));
        auto const before = books.household(household_number)
                                ? holdings(fold(*books.household(household_number), day))
                                : Holdings{};
        auto const effects = books.perform(happens(day, row.what), today);
        REQUIRE(effects.has_value());
        CHECK(held(*books.household(household_number), day) == row.held);
        // The entry is the difference, and nothing when nothing moved.
        auto const after = holdings(fold(*books.household(household_number), day));
        CHECK(effects->entry.has_value() == (before != after));
        day = day.plus_days(1);
    }
}

TEST_CASE("An exit and a relapse change the standing and what each claim remembers")
{
    HouseholdRegistered household = a_poor_household(4);
    std::vector<RecordHouseholdEvent> history{
        happens(Date{2016, 1, 1}, household),
        happens(Date{2016, 1, 2}, IncomeRecorded{{2015, Money::yuan(20'000), {}, {}, {}}}),
        happens(Date{2016, 1, 2}, Surveyed{{{}, 2, true, true, true, {}}}),
        happens(Date{2016, 1, 20}, claim_under(loan_number, 5'000)),
        happens(Date{2016, 1, 21}, verification_of(4)),
    };
    int day = 22;
    for (ExitStep const each : all_exit_steps) {
        ExitStepTaken taken = step(each, each == ExitStep::approved  ? "庚"
                                         : each == ExitStep::checked ? "己"
                                                                     : "丁");
        Date on{2016, 1, static_cast<unsigned>(day++)};
        if (each == ExitStep::noticed) taken.until = on.plus_days(6);
        if (each > ExitStep::noticed) on = on.plus_days(10);
        taken.income_year = each == ExitStep::checked ? 2015 : 0;
        history.push_back(happens(on, taken));
    }
    Date const exited{2016, 2, 6};
    auto late = claim_under(second_loan); // begins after the exit
    history.push_back(happens(Date{2016, 2, 10}, late));
    history.push_back(happens(Date{2016, 2, 20}, Relapsed{}));
    WorkingBooks const books = county_with(history);
    Household const& h = *books.household(household_number);

    CHECK(held(h, exited.plus_days(-1)) ==
          "9101.02 530921206201 0.5000 2.0000; 9103.02 B 0.5000 2.0000");
    CHECK(held(h, exited) == "9101.03 530921206201 0.5000 2.0000; 9103.03 B 0.5000 2.0000");
    CHECK(held(h, Date{2016, 2, 20}) == "9102.07 B2 0.5000 2.0000; 9103.07 B 0.5000 2.0000");

    auto const state = fold(h, Date{2016, 2, 19});
    CHECK(state.standing == Standing::exited);
    CHECK(state.standing_since == exited);
    CHECK(state.claim(4)->was_poor());
    CHECK(state.claim(4)->exited_on == exited);
    CHECK_FALSE(state.claim(4)->relapsed_on.has_value());
    CHECK_FALSE(state.claim(12)->was_poor());
    CHECK_FALSE(state.claim(12)->exited_on.has_value());
    auto const after = fold(h, Date{2016, 2, 20});
    CHECK(after.claim(4)->relapsed_on == Date{2016, 2, 20});
    CHECK_FALSE(after.claim(12)->relapsed_on.has_value());
    CHECK(after.exit.empty());
}

TEST_CASE("Without a share a claim takes what nobody leads, then and since")
{
    WorkingBooks books = county_with({happens(Date{2016, 1, 1}, a_poor_household()),
                                      happens(Date{2016, 2, 1}, claim_under(second_loan, 3'000))});
    REQUIRE(books.perform(happens(Date{2016, 1, 20}, claim_under(loan_number)), today).has_value());
    CHECK(state_of(books).claim(3)->share == 7'000);
}

TEST_CASE("A reversed event leaves the household as if it had never been")
{
    std::vector<RecordHouseholdEvent> history{
        happens(Date{2016, 1, 1}, a_poor_household()),
        happens(Date{2016, 1, 20}, claim_under(loan_number)),
        happens(Date{2016, 1, 25}, PersonsCounted{6}),
        happens(Date{2016, 1, 26}, verification_of(2)),
    };
    WorkingBooks books = county_with(history);
    auto const effects = books.perform(ReverseHouseholdEvent{household_number, 3, "数错了"}, today);
    REQUIRE(effects.has_value());
    CHECK(effects->entry->cause() == Cause::reversal);
    CHECK(effects->entry->value_on() == Date{2016, 1, 25});
    history.erase(history.begin() + 2);
    auto const without = state_of(county_with(history));
    CHECK(holdings(state_of(books)) == holdings(without));
}

TEST_CASE("Income a head is rounded towards zero, and what was recorded last of a year counts")
{
    WorkingBooks const books = county_with(
        {happens(Date{2016, 1, 1}, a_poor_household(3)),
         happens(Date{2016, 1, 2}, IncomeRecorded{{2015, Money::fen(1), {}, {}, {}}}),
         happens(Date{2016, 1, 3},
                 IncomeRecorded{{2015, Money::fen(500), Money::fen(300), {}, Money::fen(200)}}),
         happens(Date{2016, 1, 3}, IncomeRecorded{{2014, Money::fen(-1'000), {}, {}, {}}})});
    CHECK(income_per_head(state_of(books), 2015) == Money::fen(333));
    CHECK(income_per_head(state_of(books), 2014) == Money::fen(-333));
    CHECK_FALSE(income_per_head(state_of(books), 2013).has_value());
}

TEST_CASE("A share is a decimal above zero and at most one, with four places at most")
{
    struct Row {
        char const* text;
        int share; ///< 0: refused
    };
    for (auto const& row : {Row{"0.5", 5'000},
                            {"1", 10'000},
                            {"1.0000", 10'000},
                            {"0.0001", 1},
                            {"0", 0},
                            {"0.0000", 0},
                            {"1.0001", 0},
                            {"-0.5", 0},
                            {"0.50000", 0},
                            {"2", 0},
                            {".5", 0},
                            {"50%", 0},
                            {"", 0},
                            {"99999999999999999999", 0}})
    {
        INFO(row.text);
        CHECK(parse_share(row.text).value_or(0) == row.share);
    }
    CHECK(share_text(3'333) == "0.3333");
    CHECK(share_text(whole_household) == "1.0000");
}

TEST_CASE("Every enumerator of households has a code of its own")
{
    std::set<std::string_view> codes;
    for (Standing const each : all_standings) codes.insert(code_of(each));
    CHECK(codes.size() == all_standings.size());
    for (ExitStep const each : all_exit_steps) codes.insert(code_of(each));
    CHECK(codes.size() == all_standings.size() + all_exit_steps.size());
}
