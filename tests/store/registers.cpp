// The registers in real books: what was decided is read back as it was, each list is what held on a
// day, a reversed fact leaves its trace, and exits are counted against the plan.
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include "store/registers.hpp"

#include <catch2/catch.hpp>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

std::string const digest(64, 'a');
MemberNumber const member_number = id<MemberNumber>("M1");
BranchCode const branch_code = id<BranchCode>("P1");

RecordFact fact(char const* day, RegisterFact what)
{
    return {on(day), std::move(what), "凤办发〔2015〕1号", "见文件"};
}

UnitCode village()
{
    return id<UnitCode>(first_village());
}

BranchNamed branch(char const* name = "复兴村党支部")
{
    return {branch_code, name, village()};
}

MemberRecorded member(Membership membership = Membership::full, char const* number = "M1")
{
    return {id<MemberNumber>(number), "李某", branch_code, on("2010-07-01"), membership};
}

ResponsibilityGiven given(char const* number, AnswersFor about, char const* deadline)
{
    return {id<ResponsibilityNumber>(number),
            std::move(about),
            "张某",
            "脱贫",
            "挂钩包户",
            "出列",
            on(deadline)};
}

TargetSet target(PlanIndicator indicator, int count, char const* unit = "530921", int year = 2015)
{
    return {{indicator, id<UnitCode>(unit), year}, count};
}

VillageRecorded has(VillageAspect aspect, char const* amount, std::string const& code)
{
    return {id<UnitCode>(code), aspect, true, yuan(amount)};
}

void register_household(Desk& desk, char const* number, int persons)
{
    desk.booked(
        RecordHouseholdEvent{id<HouseholdNumber>(number),
                             on("2015-01-06"),
                             HouseholdRegistered{"户主", village(), Standing::poor, persons},
                             {},
                             {}},
        on("2015-01-06"));
}

/// The six steps of an exit, approved on 2015-02-18.
void leave_poverty(Desk& desk, char const* number)
{
    auto const take = [&](char const* day, HouseholdHappening what) {
        desk.booked(RecordHouseholdEvent{id<HouseholdNumber>(number), on(day), std::move(what),
                                         "1号", "见文件"},
                    on(day));
    };
    take("2015-02-01", IncomeRecorded{{2014, yuan("90000.00"), {}, {}, {}}});
    take("2015-02-01", Surveyed{{{PovertyCause::funds}, 2, true, true, true, "丙"}});
    take("2015-02-10", ExitStepTaken{ExitStep::proposed, "丁", {}, 0, digest});
    take("2015-02-10", ExitStepTaken{ExitStep::reviewed, "戊", {}, 0, digest});
    take("2015-02-10", ExitStepTaken{ExitStep::signed_off, "户主", {}, 0, digest});
    take("2015-02-10", ExitStepTaken{ExitStep::noticed, "丁", on("2015-02-16"), 0, digest});
    take("2015-02-17", ExitStepTaken{ExitStep::checked, "己", {}, 2014, digest});
    take("2015-02-18", ExitStepTaken{ExitStep::approved, "庚", {}, 0, digest});
}

RegisterFilter as_of(char const* day)
{
    return {on(day), {}, {}, page_limit};
}

/// "households 1/5 members 2/3": counted and planned of each target.
std::string plan_on(Desk& desk, char const* day, int year = 0)
{
    std::string text;
    for (auto const& line : plan(desk.reader, fengqing(), on(day), year))
        text += (text.empty() ? "" : " ") + std::string{code_of(line.target.indicator)} + " " +
                std::to_string(line.counted) + "/" + std::to_string(line.planned);
    return text;
}

} // namespace

TEST_CASE("Every kind of fact is read back as it was decided, and books no entry")
{
    Desk desk{fresh_books()};
    desk.open();
    register_household(desk, "N1", 4);
    auto const entries = county(desk.reader, fengqing())->entries;
    std::vector<RecordFact> const facts{
        fact("2015-02-03", branch()),
        fact("2015-02-04", member(Membership::probationary)),
        fact("2015-02-05", PointsRecorded{member_number, 80}),
        fact("2015-02-06", PoorMemberListed{member_number, id<HouseholdNumber>("N1"), true}),
        fact("2015-02-07", target(PlanIndicator::members, 214)),
        fact("2015-02-08", given("R1", id<HouseholdNumber>("N1"), "2015-12-31")),
        fact("2015-02-08", given("R2", village(), "2015-12-31")),
        fact("2015-02-08", given("R3", target(PlanIndicator::members, 1).target, "2015-12-31")),
        fact("2015-02-09", ResponsibilityFulfilled{id<ResponsibilityNumber>("R1"), "已出列"}),
        fact("2015-02-10", has(VillageAspect::collective_income, "30000.00", first_village())),
        fact("2015-02-11", PersonRecorded{id<PersonNumber>("N1-1"), id<HouseholdNumber>("N1"),
                                          "李某", Kinship::head, true, true}),
        fact("2015-02-12", PersonRecorded{id<PersonNumber>("N1-2"), id<HouseholdNumber>("N1"),
                                          "李小某", Kinship::child, false, true}),
        fact("2015-02-13", PersonRecorded{id<PersonNumber>("N1-2"), id<HouseholdNumber>("N1"),
                                          "李小某", Kinship::child, false, false}),
    };
    for (auto const& each : facts) {
        INFO(code_of(each.what));
        auto const receipt = desk.booked(each, each.value_on);
        CHECK_FALSE(receipt.entry_number.has_value());
        CHECK(receipt.value_on == each.value_on);
        auto const kept = subject(desk.reader, fengqing(), register_of(each.what));
        REQUIRE(kept.has_value());
        CHECK(receipt.subject == std::string{code_of(kept->name.kind)} + ":" + kept->name.subject);
        auto const& event = kept->events.back();
        CHECK(receipt.event_sequence == event.sequence);
        CHECK(event == RegisterEvent{event.sequence, each.value_on, each.value_on, each.what,
                                     each.document, each.reason});
    }
    auto const persons_on = [&desk](char const* day) {
        std::string text;
        for (auto const& line : persons(desk.reader, fengqing(), "N1", as_of(day)))
            text += line.person + " " + line.kinship + " " + line.place.village + " ";
        return text;
    };
    CHECK(persons_on("2015-02-12") ==
          "N1-1 head " + first_village() + " N1-2 child " + first_village() + " ");
    CHECK(persons_on("2015-02-13") == "N1-1 head " + first_village() + " ");
    CHECK(persons(desk.reader, fengqing(), "N2", as_of("2015-02-12")).empty());
    CHECK(county(desk.reader, fengqing())->entries == entries);
    CHECK(complaints(desk.auditor).empty());
    CHECK_FALSE(subject(desk.reader, fengqing(), {RegisterKind::branch, "P9"}).has_value());
}

TEST_CASE("A member is on each day what the facts said by then")
{
    Desk desk{fresh_books()};
    desk.open();
    auto const late = on("2015-06-01");
    for (auto const& each : {
             fact("2015-02-03", branch()),
             fact("2015-02-04", member(Membership::probationary)),
             fact("2015-05-01", member(Membership::left)),
             fact("2015-03-01", member(Membership::full)),
             fact("2015-03-01", PointsRecorded{member_number, 80}),
             fact("2015-04-01", PointsRecorded{member_number, 75}),
             fact("2015-04-01", branch("复兴村第一党支部")),
         })
        desk.booked(each, late);
    auto const on_day = [&](char const* day) {
        auto const lines = members(desk.reader, fengqing(), "P1", as_of(day));
        if (lines.empty()) return std::string{"none"};
        auto const& line = lines.front();
        return line.membership + " " + (line.points ? std::to_string(*line.points) : "-") + " " +
               line.branch_name;
    };
    CHECK(on_day("2015-02-03") == "none");
    CHECK(on_day("2015-02-04") == "probationary - 复兴村党支部");
    CHECK(on_day("2015-03-01") == "full 80 复兴村党支部");
    CHECK(on_day("2015-04-01") == "full 75 复兴村第一党支部");
    CHECK(on_day("2015-05-01") == "left 75 复兴村第一党支部");
    CHECK(members(desk.reader, fengqing(), "P2", as_of("2015-05-01")).empty());
    auto const line = branches(desk.reader, fengqing(), as_of("2015-03-01")).front();
    CHECK(line.full_members == 1);
    CHECK(line.place.village == first_village());
    CHECK(line.place.township == first_village().substr(0, 9));
    CHECK(branches(desk.reader, fengqing(), as_of("2015-05-01")).front().full_members == 0);

    desk.booked(ReverseFact{{RegisterKind::member, "M1"}, 2, "没有转出"}, late);
    CHECK(on_day("2015-05-01") == "full 75 复兴村第一党支部");
    CHECK(desk.refused(ReverseFact{{RegisterKind::branch, "P1"}, 1, "录错"}, late) ==
          Refusal::others_depend_on_it);
    CHECK(subject(desk.reader, fengqing(), {RegisterKind::member, "M1"})->events.size() == 6);
}

TEST_CASE("Exits are counted against the targets of their year, place and kind")
{
    Desk desk{fresh_books()};
    desk.open();
    for (char const* number : {"N1", "N2", "N3"}) register_household(desk, number, 4);
    auto const day = on("2015-01-10");
    desk.booked(fact("2015-01-10", branch()), day);
    for (char const* number : {"M1", "M2"}) {
        desk.booked(fact("2015-01-10", member(Membership::full, number)), day);
        desk.booked(fact("2015-01-10", PoorMemberListed{id<MemberNumber>(number),
                                                        id<HouseholdNumber>("N1"), true}),
                    day);
    }
    for (auto const& set :
         {target(PlanIndicator::households, 5), target(PlanIndicator::member_households, 2),
          target(PlanIndicator::persons, 20), target(PlanIndicator::members, 3),
          target(PlanIndicator::households, 4, first_village().c_str()),
          target(PlanIndicator::households, 1, "530921102"),
          target(PlanIndicator::households, 7, "530921", 2016)})
        desk.booked(fact("2015-01-10", set), day);
    leave_poverty(desk, "N1");
    leave_poverty(desk, "N2");
    CHECK(plan_on(desk, "2015-02-17", 2015) ==
          "households 0/5 member_households 0/2 members 0/3 persons 0/20 households 0/1"
          " households 0/4");
    CHECK(plan_on(desk, "2015-02-18", 2015) ==
          "households 2/5 member_households 1/2 members 2/3 persons 8/20 households 0/1"
          " households 2/4");
    CHECK(plan_on(desk, "2016-06-01", 2016) == "households 0/7");

    desk.booked(RecordHouseholdEvent{id<HouseholdNumber>("N1"), on("2015-03-01"), Relapsed{},
                                     "返贫1号", ""},
                on("2015-03-01"));
    CHECK(plan_on(desk, "2015-03-01", 2015).starts_with("households 1/5 member_households 0/2"));
    auto const listed = poor_members(desk.reader, fengqing(), as_of("2015-03-01"));
    REQUIRE(listed.size() == 2);
    CHECK(listed.front().standing == "relapsed");
    desk.booked(
        fact("2015-03-02", PoorMemberListed{member_number, id<HouseholdNumber>("N1"), false}),
        on("2015-03-02"));
    CHECK(poor_members(desk.reader, fengqing(), as_of("2015-03-02")).size() == 1);
    RegisterFilter page = as_of("2015-03-01");
    page.limit = 1;
    page.after = "M1";
    CHECK(poor_members(desk.reader, fengqing(), page).front().member == "M2");
    page.township = "530921102";
    CHECK(poor_members(desk.reader, fengqing(), page).empty());
    CHECK(targets(desk.reader, fengqing(), as_of("2015-03-01")).size() == 7);
}

TEST_CASE("Overdue is what is past its deadline and not fulfilled on the day")
{
    Desk desk{fresh_books()};
    desk.open();
    auto const day = on("2015-02-01");
    desk.booked(fact("2015-02-01", given("R1", village(), "2015-02-10")), day);
    desk.booked(fact("2015-02-01", given("R2", village(), "2015-02-20")), day);
    desk.booked(fact("2015-02-15", ResponsibilityFulfilled{id<ResponsibilityNumber>("R1"), {}}),
                on("2015-02-15"));
    auto const overdue = [&](char const* as_of_day) {
        std::string text;
        for (auto const& line : responsibilities(desk.reader, fengqing(), true, as_of(as_of_day)))
            text += line.responsibility;
        return text;
    };
    CHECK(overdue("2015-02-10") == "");
    CHECK(overdue("2015-02-11") == "R1");
    CHECK(overdue("2015-02-15") == "");
    CHECK(overdue("2015-02-21") == "R2");
    auto const all = responsibilities(desk.reader, fengqing(), false, as_of("2015-02-21"));
    REQUIRE(all.size() == 2);
    CHECK(all.front().fulfilled_on == on("2015-02-15"));
    CHECK(all.front().about == "village");
    CHECK(all.front().place.village == first_village());
}

TEST_CASE("The poor villages are counted by what each has, and the others are not")
{
    Desk desk{fresh_books()};
    desk.open();
    auto const day = on("2015-02-01");
    std::string const second = "530921101002", third = "530921101003";
    using enum VillageAspect;
    for (auto const& each :
         {has(poor_village, "0.00", first_village()), has(poor_village, "0.00", second),
          has(project_plan, "100000.00", first_village()),
          has(collective_income, "30000.00", first_village()),
          has(collective_income, "90000.00", third)})
        desk.booked(fact("2015-02-01", each), day);
    desk.booked(fact("2015-03-01", VillageRecorded{village(), collective_income, false, {}}),
                on("2015-03-01"));
    auto const county_on = [&](char const* as_of_day) {
        auto const line = village_coverage(desk.reader, fengqing(), on(as_of_day)).back();
        CHECK(line.key.empty());
        CHECK(line.name.empty());
        return std::to_string(line.villages) + " " + std::to_string(line.with_plan) + " " +
               std::to_string(line.with_cooperation) + " " + std::to_string(line.with_income) +
               " " + line.plan.text() + " " + line.income.text();
    };
    CHECK(county_on("2015-01-31") == "0 0 0 0 0.00 0.00");
    CHECK(county_on("2015-02-01") == "2 1 0 1 100000.00 30000.00");
    CHECK(county_on("2015-03-01") == "2 1 0 0 100000.00 0.00");
    auto const lines = villages(desk.reader, fengqing(), as_of("2015-03-01"));
    REQUIRE(lines.size() == 3);
    CHECK(lines.front().collective_income.has == false);
    CHECK(lines.front().collective_income.since == on("2015-03-01"));
    CHECK_FALSE(lines.front().share_cooperation.has.has_value());
    CHECK_FALSE(lines.back().poor_village.has.has_value());
}
