// Households in real books: what was decided is read back as it was, the journal holds each
// household once however many officers claim it at the same moment, and the statistics say who was
// led as the folds do.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>

#include <numeric>
#include <thread>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

std::string const digest(64, 'a');

HouseholdNumber household_number(int n)
{
    return id<HouseholdNumber>("N" + std::to_string(n));
}

RecordHouseholdEvent happens(int household, char const* day, HouseholdHappening what)
{
    return {household_number(household), on(day), std::move(what), "县扶〔2015〕1号", "镇里核实"};
}

HouseholdRegistered family(int persons, Standing standing = Standing::poor)
{
    return {"户主", id<UnitCode>(first_village()), standing, persons};
}

LeadingClaimed claim(int loan, Share share = 0)
{
    return {
        loan_number("L" + std::to_string(loan)), {}, Way::on_trust, share, yuan("3000.00"), false};
}

LeadingVerified verification(int claim)
{
    return {claim, "信贷员甲", "村民乙", "复兴村", digest};
}

/// Every kind of event once, in an order that the household takes.
std::vector<RecordHouseholdEvent> every_kind(int household)
{
    auto const at = [household](char const* day, HouseholdHappening what) {
        return happens(household, day, std::move(what));
    };
    ExitStepTaken checked{ExitStep::checked, "己", {}, 2015, {}};
    return {
        at("2015-02-03", family(4)),
        at("2015-02-03", HouseholdMoved{"新户主", {}}),
        at("2015-02-04", PersonsCounted{5}),
        at("2015-02-05", claim(1, 6'000)),
        at("2015-02-06", verification(4)),
        at("2015-02-07", SharesAgreed{{{4, 10'000}}}),
        at("2015-02-08", BenefitBrought{4, yuan("1200.00"), digest}),
        at("2015-02-09", IncomeRecorded{{2015, yuan("20000.00"), yuan("-1.00"), {}, yuan("9.00")}}),
        at("2015-02-09",
           Surveyed{{{PovertyCause::funds, PovertyCause::roads}, 2, true, true, true, "丙"}}),
        at("2015-02-10", ExitStepTaken{ExitStep::proposed, "丁", {}, 0, {}}),
        at("2015-02-10", ExitStepTaken{ExitStep::reviewed, "戊", {}, 0, digest}),
        at("2015-02-10", ExitStepTaken{ExitStep::signed_off, "户主", {}, 0, {}}),
        at("2015-02-10", ExitStepTaken{ExitStep::noticed, "丁", on("2015-02-16"), 0, {}}),
        at("2015-02-17", checked),
        at("2015-02-18", ExitStepTaken{ExitStep::approved, "庚", {}, 0, {}}),
        at("2015-03-01", Relapsed{}),
        at("2015-03-02", StandingRecorded{Standing::sudden_hardship}),
        at("2015-03-03", SupportEnded{4}),
        at("2015-03-04", claim(2)),
        at("2015-03-05", ClaimWithdrawn{19}),
        at("2015-03-06", HouseholdDissolved{}),
    };
}

std::string told(Counted const& counted)
{
    return std::to_string(counted.households) + "/" + std::to_string(counted.persons);
}

/// claimed led led_ever led_poor exited sustained relapsed, households/persons each
std::string told(LeadingLine const& line)
{
    std::string text;
    for (Counted const* each : {&line.claimed, &line.led, &line.led_ever, &line.led_poor,
                                &line.exited, &line.sustained, &line.relapsed})
        text += (text.empty() ? "" : " ") + told(*each);
    return text;
}

std::string county_on(Desk& desk, char const* day)
{
    return told(leading(desk.reader, fengqing(), on(day), ledger::Dimension::county).back());
}

void open_with_loans(Desk& desk, int loans)
{
    desk.open(loans);
    for (int n = 1; n <= loans; ++n) desk.lend(n, on("2015-02-02"), "10000.00");
}

/// The same case by way of leading, and a figure opened into its households.
void check_figures_open(Desk& desk)
{
    auto const line = leading(desk.reader, fengqing(), {}, ledger::Dimension::way);
    REQUIRE(line.size() == 2);
    CHECK(line.front().key == "on_trust");
    CHECK(told(line.front()) == told(line.back()));
    CHECK(line.back().led_units == 2 * whole_household);
    CHECK(line.back().borrowers == 1);
    CHECK(line.back().loans == 1);
    CHECK(line.back().loans_without == 0);
    CHECK(line.back().lent == yuan("10000.00"));
    CHECK(!line.front().lent); // a loan has no way of leading

    PartFilter then;
    then.as_of = on("2016-05-01");
    auto const opened = [&](char const* code, PartFilter const& filter) {
        return parts_of(desk.reader, fengqing(), code, filter);
    };
    auto const parts = opened("households_led_poor", then).value();
    REQUIRE(parts.page.size() == 2);
    CHECK(parts.count == 2);
    CHECK(parts.page.at(0).number == "N1");
    CHECK(parts.page.at(0).on == on("2015-02-10"));
    CHECK(parts.page.at(0).entries.size() >= 4);
    CHECK(opened("persons_led_poor", then)->page.at(0).amount == 4);
    CHECK(opened("no_such", then).error().code == Refusal::indicator_not_found);
    then.by = ledger::Dimension::way;
    then.key = "on_trust";
    CHECK(opened("households_led_poor", then)->count == 2);
    then.key = "employment";
    CHECK(opened("households_led_poor", then)->count == 0);
    CHECK(opened("lent", then).error().code == Refusal::choice_unknown);
}

} // namespace

TEST_CASE("Every kind of household event is read back as it was decided, and the doctor agrees")
{
    Desk desk{fresh_books()};
    open_with_loans(desk, 2);
    std::vector<HouseholdEvent> decided;
    for (auto const& command : every_kind(1)) {
        INFO(code_of(command.what));
        auto const receipt = desk.booked(command, command.value_on);
        CHECK(receipt.subject == "household:N1");
        CHECK(receipt.event_sequence == static_cast<int>(decided.size()) + 1);
        decided.push_back({*receipt.event_sequence, command.value_on, command.value_on,
                           command.what, command.document, command.reason});
        auto& what = decided.back().what;
        if (auto* claimed = std::get_if<LeadingClaimed>(&what)) {
            claimed->borrower = id<BorrowerNumber>("B" + claimed->loan.text().substr(1));
            if (claimed->share == 0) claimed->share = whole_household;
        }
    }
    auto const kept = household(desk.reader, fengqing(), household_number(1));
    REQUIRE(kept.has_value());
    CHECK(kept->events == decided);
    CHECK(complaints(desk.auditor).empty());
    CHECK(entries_of(desk.reader, fengqing(), household_number(1)).size() > 10);
    CHECK_FALSE(household(desk.reader, fengqing(), household_number(2)).has_value());
}

TEST_CASE("A reversed registration frees the number, and it is registered anew")
{
    Desk desk{fresh_books()};
    desk.open();
    desk.booked(happens(1, "2015-02-03", family(4)), on("2015-02-03"));
    CHECK(desk.refused(happens(1, "2015-02-03", family(4)), on("2015-02-03")) ==
          Refusal::household_already_registered);
    desk.booked(ReverseHouseholdEvent{household_number(1), 1, "录错了"}, on("2015-02-04"));
    CHECK(households(desk.reader, fengqing(), {}).empty());
    desk.booked(happens(1, "2015-02-05", family(3)), on("2015-02-05"));
    CHECK(households(desk.reader, fengqing(), {}).front().persons == 3);
    CHECK(complaints(desk.auditor).empty());
}

TEST_CASE("Warnings are booked, kept with the receipt and told again")
{
    Desk desk{fresh_books()};
    open_with_loans(desk, 2);
    desk.booked(happens(1, "2015-02-03", family(4)), on("2015-02-03"));
    desk.booked(happens(1, "2015-02-04", claim(1, 5'000)), on("2015-02-04"));
    auto const sent = desk.envelope(happens(1, "2015-02-05", claim(2)), on("2015-02-05"));
    auto const first = execute(desk.app, {&sent, 1}).front();
    auto const again = execute(desk.app, {&sent, 1}).front();
    auto const& receipt = std::get<Receipt>(first.answer);
    CHECK(receipt.warnings ==
          std::vector{Refused{Refusal::household_led_by_another, "household", "B1"}});
    CHECK(again.is_replay);
    CHECK(std::get<Receipt>(again.answer) == receipt);
}

TEST_CASE("Officers who claim one household at the same moment share one household")
{
    auto const url = fresh_books();
    Desk desk{url};
    constexpr int officers = 6;
    open_with_loans(desk, officers);
    desk.booked(happens(1, "2015-02-03", family(4)), on("2015-02-03"));
    std::vector<std::thread> threads;
    std::vector<int> booked(officers, 0);
    for (int n = 0; n < officers; ++n) {
        threads.emplace_back([n, &url, &booked] {
            Desk officer{url, "officer-" + std::to_string(n)};
            auto const outcome =
                officer.one(happens(1, "2015-02-04", claim(n + 1, 3'000)), on("2015-02-04"));
            booked[static_cast<std::size_t>(n)] = outcome.is_booked() ? 1 : 0;
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(std::accumulate(booked.begin(), booked.end(), 0) == 3); // 3 x 0.3, and 0.1 is left
    auto const state =
        fold(*household(desk.reader, fengqing(), household_number(1)), on("2015-02-04"));
    CHECK(state.unled() == 1'000);
    std::int64_t held = 0, issued = 0;
    for (auto const& line : trial_balance(desk.reader, fengqing(), {})) {
        if (line.unit != "HOUSEHOLD") continue;
        (line.code.text() == "9199" ? issued : held) += line.balance;
    }
    CHECK(held == whole_household);
    CHECK(issued == whole_household);
    CHECK(complaints(desk.auditor).empty());
}

TEST_CASE("Three figures that are never added follow one case from day to day")
{
    Desk desk{fresh_books()};
    open_with_loans(desk, 1);
    auto const book = [&desk](int household, char const* day, HouseholdHappening what) {
        desk.booked(happens(household, day, std::move(what)), on(day));
    };
    book(1, "2015-02-03", family(4));
    book(2, "2015-02-03", family(3));
    book(3, "2015-02-03", family(5, Standing::ordinary));
    book(4, "2015-02-03", family(2, Standing::ordinary));
    for (int n = 1; n <= 4; ++n) book(n, "2015-02-05", claim(1));
    for (int n = 1; n <= 3; ++n) book(n, "2015-02-10", verification(2));
    book(1, "2015-03-01", IncomeRecorded{{2015, yuan("20000.00"), {}, {}, {}}});
    book(1, "2015-03-01", Surveyed{{{}, 2, true, true, true, {}}});
    int day = 1;
    for (ExitStep const step : all_exit_steps) {
        ExitStepTaken taken{step,
                            step == ExitStep::approved  ? "庚"
                            : step == ExitStep::checked ? "己"
                                                        : "丁",
                            {},
                            step == ExitStep::checked ? 2015 : 0,
                            {}};
        Date when = on("2015-04-01").plus_days(day++);
        if (step == ExitStep::noticed) taken.until = when.plus_days(6);
        if (step > ExitStep::noticed) when = when.plus_days(7);
        book(1, when.text().c_str(), taken);
    }
    book(2, "2015-05-01", SupportEnded{2});
    book(1, "2016-05-01", Relapsed{});

    // claimed led led_ever led_poor exited sustained relapsed
    struct Row {
        char const* day;
        char const* county;
    };
    for (auto const& row : {
             Row{"2015-02-04", "0/0 0/0 0/0 0/0 0/0 0/0 0/0"},
             Row{"2015-02-05", "4/14 0/0 0/0 0/0 0/0 0/0 0/0"},
             Row{"2015-02-10", "1/2 3/12 3/12 2/7 0/0 0/0 0/0"},
             Row{"2015-04-13", "1/2 3/12 3/12 2/7 0/0 0/0 0/0"},
             Row{"2015-04-14", "1/2 3/12 3/12 2/7 1/4 0/0 0/0"},
             Row{"2015-05-01", "1/2 2/9 3/12 2/7 1/4 0/0 0/0"},
             Row{"2016-04-13", "1/2 2/9 3/12 2/7 1/4 0/0 0/0"},
             Row{"2016-04-14", "1/2 2/9 3/12 2/7 1/4 1/4 0/0"},
             Row{"2016-05-01", "1/2 2/9 3/12 2/7 0/0 0/0 1/4"},
         })
    {
        INFO(row.day);
        CHECK(county_on(desk, row.day) == row.county);
    }
    CHECK(complaints(desk.auditor).empty());
    check_figures_open(desk);
}

TEST_CASE("A household that two borrowers lead counts once in the county and once with each")
{
    Desk desk{fresh_books()};
    open_with_loans(desk, 3);
    desk.booked(happens(1, "2015-02-03", family(4)), on("2015-02-03"));
    desk.booked(happens(1, "2015-02-05", claim(1, 5'000)), on("2015-02-05"));
    desk.booked(happens(1, "2015-02-05", claim(2, 5'000)), on("2015-02-05"));
    desk.booked(happens(1, "2015-02-06", verification(2)), on("2015-02-06"));
    desk.booked(happens(1, "2015-02-06", verification(3)), on("2015-02-06"));
    auto const lines =
        leading(desk.reader, fengqing(), on("2015-02-06"), ledger::Dimension::borrower);
    REQUIRE(lines.size() == 4); // B3 lent to, without anybody led
    for (auto const& line : lines) {
        INFO(line.key);
        bool const leads = line.key == "B1" || line.key == "B2" || line.key.empty();
        CHECK(line.led == (leads ? Counted{1, 4} : Counted{}));
    }
    CHECK(lines.back().loans_without == 1);
    CHECK(lines.back().led_units == whole_household);
    auto const one = households(desk.reader, fengqing(), {{}, {}, "B2", {}, 10});
    REQUIRE(one.size() == 1);
    CHECK(one.front().led_by == std::vector<std::string>{"B1", "B2"});
    CHECK(households(desk.reader, fengqing(), {{}, "exited", {}, {}, 10}).empty());
}

TEST_CASE("Who was led is told again as it was known")
{
    Desk desk{fresh_books()};
    open_with_loans(desk, 1);
    desk.booked(happens(1, "2015-02-03", family(4)), on("2015-02-03"));
    desk.booked(happens(1, "2015-02-05", claim(1)), on("2015-02-05"));
    auto const verified_at =
        desk.booked(happens(1, "2015-02-06", verification(2)), on("2015-03-01")).recorded_at;
    auto const led_at = [&](std::optional<Instant> known_at, ledger::Dimension by) {
        auto const lines = leading(desk.reader, fengqing(), on("2015-02-28"), by, known_at);
        return told(lines.back().led) + " of " + told(lines.front().led);
    };
    for (auto const by : {ledger::Dimension::way, ledger::Dimension::product,
                          ledger::Dimension::officer, ledger::Dimension::year})
    {
        CHECK(led_at({}, by) == "1/4 of 1/4");
        CHECK(led_at(verified_at, by) == "1/4 of 1/4");
        CHECK(led_at(verified_at - std::chrono::microseconds{1}, by) == "0/0 of 0/0");
    }
    CHECK(entries_since(desk.reader, fengqing(), verified_at - std::chrono::microseconds{1},
                        on("2015-03-01"), true)
              .count == 1);
}
