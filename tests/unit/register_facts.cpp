// The registers beside the households: the refusal ladders of each kind of fact in the order that
// record.cpp and reverse.cpp document, and what a subject is as of a day.
#include "ledger/register_fact.hpp"

#include "tests/unit/household_county.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

using Asked = RecordFact;

BranchCode const branch = named<BranchCode>("P1");
MemberNumber const member = named<MemberNumber>("M1");
ResponsibilityNumber const responsibility = named<ResponsibilityNumber>("R1");
UnitCode const county_unit = named<UnitCode>("530921");
UnitCode const township = named<UnitCode>("530921206");

template <class What> What& as(Asked& asked)
{
    return std::get<What>(asked.what);
}

RecordFact fact(Date on, RegisterFact what)
{
    return {on, std::move(what), "文件1号", "见文件"};
}

BranchNamed a_branch()
{
    return {branch, "复兴村党支部", village};
}
MemberRecorded a_member(Membership membership = Membership::full)
{
    return {member, "李某", branch, Date{2010, 7, 1}, membership};
}
TargetName a_target(UnitCode unit = county_unit)
{
    return {PlanIndicator::member_households, std::move(unit), 2016};
}
ResponsibilityGiven a_responsibility(AnswersFor about = village)
{
    return {responsibility, std::move(about),  "张某", "脱贫", "挂钩包户",
            "出列",         Date{2016, 12, 31}};
}
VillageRecorded a_village_fact(VillageAspect aspect, bool has = true, Money amount = {})
{
    return {village, aspect, has, amount};
}

/// The county with a poor household and what was recorded in it.
WorkingBooks county_after(std::vector<RecordFact> const& facts)
{
    WorkingBooks books = county_with({happens(Date{2016, 1, 1}, a_poor_household())});
    for (RecordFact const& each : facts) {
        INFO(code_of(each.what));
        auto const effects = books.perform(each, today);
        if (!effects) {
            FAIL(name_of(effects.error().code)
                 << " " << effects.error().field << " " << effects.error().limit);
        }
        CHECK_FALSE(effects->entry.has_value());
    }
    return books;
}

RegisterState state_of(WorkingBooks const& books, RegisterFact const& what, Date as_of = today)
{
    return fold(*books.subject(register_of(what)), as_of);
}

ReverseFact reversal(RegisterFact const& what, int sequence)
{
    return {register_of(what), sequence, "录错"};
}

} // namespace

TEST_CASE("A branch is refused for its day, its name, its village and that village's days")
{
    Asked asked = fact(Date{2016, 3, 2}, BranchNamed{branch, "", named<UnitCode>("530921206299")});
    climb<Asked>(
        county_after({}), asked,
        {{"date_in_future value_on 2016-03-01",
          [](auto&, auto& a) { a.value_on = Date{2016, 1, 1}; }},
         {"text_missing name", [](auto&, auto& a) { as<BranchNamed>(a).name = "复兴村党支部"; }},
         {"village_not_found village",
          [](auto& now, auto&) {
              now.add_village(named<UnitCode>("530921206299"),
                              {Date{2016, 1, 2}, Date{2016, 3, 1}});
          }},
         {"village_not_there_then village 2016-01-02 – 2016-02-29",
          [](auto&, auto& a) { as<BranchNamed>(a).village = village; }}});
}

TEST_CASE("A member is refused for name, reason of leaving, day of joining and branch")
{
    Asked asked{Date{2016, 1, 5},
                MemberRecorded{member, "", branch, Date{2016, 1, 6}, Membership::left},
                {},
                {}};
    climb<Asked>(
        county_after({}), asked,
        {{"text_missing name", [](auto&, auto& a) { as<MemberRecorded>(a).name = "李某"; }},
         {"text_missing reason", [](auto&, auto& a) { a.reason = "转出"; }},
         {"date_too_late joined_on 2016-01-05",
          [](auto&, auto& a) { as<MemberRecorded>(a).joined_on = Date{2016, 1, 5}; }},
         {"branch_not_found branch",
          [](auto& now, auto&) {
              REQUIRE(now.perform(fact(Date{2016, 1, 6}, a_branch()), today).has_value());
          }},
         {"branch_not_found branch", // it is named a day later
          [](auto&, auto& a) { a.value_on = Date{2016, 1, 6}; }}});
}

TEST_CASE("Points and the list of the poor want a member, and their own fields")
{
    WorkingBooks const books = county_after({fact(Date{2016, 1, 2}, a_branch())});
    Asked points = fact(Date{2016, 1, 5}, PointsRecorded{member, points_limit + 1});
    auto const records_the_member = [](auto& now, auto&) {
        REQUIRE(now.perform(fact(Date{2016, 1, 3}, a_member()), today).has_value());
    };
    climb<Asked>(books, points,
                 {{"number_malformed points 0 – 100000",
                   [](auto&, auto& a) { as<PointsRecorded>(a).points = -1; }},
                  {"number_malformed points 0 – 100000",
                   [](auto&, auto& a) { as<PointsRecorded>(a).points = points_limit; }},
                  {"member_not_found member", records_the_member}});
    Asked listed{
        Date{2015, 12, 31}, PoorMemberListed{member, named<HouseholdNumber>("H9"), false}, {}, {}};
    climb<Asked>(
        books, listed,
        {{"text_missing reason", [](auto&, auto& a) { as<PoorMemberListed>(a).is_listed = true; }},
         {"household_not_found household",
          [](auto&, auto& a) { as<PoorMemberListed>(a).household = household_number; }},
         {"household_not_found household", // it is registered a day later
          [](auto&, auto& a) { a.value_on = Date{2016, 1, 1}; }},
         {"member_not_found member",
          [records_the_member](auto& now, auto& a) {
              records_the_member(now, a);
              REQUIRE(now.perform(happens(Date{2016, 1, 20}, HouseholdDissolved{}), today));
              a.value_on = Date{2016, 1, 20};
          }},
         {"household_dissolved household 2016-01-20", [](auto&, auto& a) {
              as<PoorMemberListed>(a).is_listed = false;
              a.reason = "销户";
          }}});
}

TEST_CASE("A person of a household wants a name, a reason to leave, and the household")
{
    Asked asked{Date{2015, 12, 31},
                PersonRecorded{named<PersonNumber>("N1-1"), named<HouseholdNumber>("H9"), "",
                               Kinship::head, true, false},
                {},
                {}};
    climb<Asked>(
        county_after({}), asked,
        {{"text_missing name", [](auto&, auto& a) { as<PersonRecorded>(a).name = "李某"; }},
         {"text_missing reason", [](auto&, auto& a) { as<PersonRecorded>(a).is_present = true; }},
         {"household_not_found household",
          [](auto&, auto& a) { as<PersonRecorded>(a).household = household_number; }},
         {"household_not_found household", // it is registered a day later
          [](auto&, auto& a) { a.value_on = Date{2016, 1, 1}; }}});
}

TEST_CASE("A target is refused for document, number and unit")
{
    Asked asked{Date{2016, 1, 5}, TargetSet{a_target(named<UnitCode>("530921206299")), 0}, {}, {}};
    climb<Asked>(county_after({}), asked,
                 {{"text_missing document", [](auto&, auto& a) { a.document = "凤办发1号"; }},
                  {"number_malformed count 1 – 10000000",
                   [](auto&, auto& a) { as<TargetSet>(a).count = 188; }},
                  {"village_not_found unit",
                   [](auto&, auto& a) { as<TargetSet>(a).target.unit = township; }},
                  {"township_not_found unit",
                   [](auto& now, auto&) {
                       now.add_township(township, {Date{2016, 1, 6}, Date{2201, 1, 1}});
                   }},
                  {"village_not_there_then unit 2016-01-06 – 2200-12-31",
                   [](auto&, auto& a) { as<TargetSet>(a).target.unit = county_unit; }}});
}

TEST_CASE("A responsibility has five fixed things, and is about something that there is")
{
    ResponsibilityGiven const nothing{responsibility,  named<HouseholdNumber>("H9"), "", "", "", "",
                                      Date{2016, 1, 4}};
    climb<Asked>(
        county_after({}), fact(Date{2016, 1, 5}, nothing),
        {{"text_missing person",
          [](auto&, auto& a) { as<ResponsibilityGiven>(a).person = "张某"; }},
         {"text_missing task", [](auto&, auto& a) { as<ResponsibilityGiven>(a).task = "脱贫"; }},
         {"text_missing duty", [](auto&, auto& a) { as<ResponsibilityGiven>(a).duty = "包户"; }},
         {"text_missing goal", [](auto&, auto& a) { as<ResponsibilityGiven>(a).goal = "出列"; }},
         {"date_too_early deadline 2016-01-05",
          [](auto&, auto& a) { as<ResponsibilityGiven>(a).deadline = Date{2016, 1, 5}; }},
         {"household_not_found household",
          [](auto&, auto& a) {
              as<ResponsibilityGiven>(a).about = named<UnitCode>("530921206299");
          }},
         {"village_not_found village",
          [](auto&, auto& a) { as<ResponsibilityGiven>(a).about = a_target(); }},
         {"target_not_found target",
          [](auto&, auto& a) { as<ResponsibilityGiven>(a).about = village; }}});
}

TEST_CASE("A responsibility is fulfilled once, after it was given")
{
    climb<Asked>(county_after({}),
                 fact(Date{2016, 1, 4}, ResponsibilityFulfilled{responsibility, "已出列"}),
                 {{"responsibility_not_found responsibility",
                   [](auto& now, auto&) {
                       REQUIRE(now.perform(fact(Date{2016, 1, 5}, a_responsibility()), today));
                   }},
                  {"responsibility_not_found responsibility", // given a day later
                   [](auto&, auto& a) { a.value_on = Date{2016, 1, 10}; }}});
    WorkingBooks const done =
        county_after({fact(Date{2016, 1, 5}, a_responsibility()),
                      fact(Date{2016, 1, 10}, ResponsibilityFulfilled{responsibility, ""})});
    std::string const already = "responsibility_already_fulfilled responsibility 2016-01-10";
    CHECK(outcome_of(done, fact(Date{2016, 1, 11}, ResponsibilityFulfilled{responsibility, ""})) ==
          already);
    CHECK(outcome_of(done, fact(Date{2016, 1, 11}, a_responsibility())) == already);
    CHECK(outcome_of(done, fact(Date{2016, 1, 9}, ResponsibilityFulfilled{responsibility, ""})) ==
          "later_events_depend_on_it value_on 2");
    CHECK(outcome_of(done, fact(Date{2016, 1, 9}, a_responsibility())) == "booked");
}

TEST_CASE("What a village has is refused for its amount and its village")
{
    struct Row {
        VillageRecorded what;
        char const* outcome;
    };
    using enum VillageAspect;
    VillageRecorded elsewhere = a_village_fact(poor_village);
    elsewhere.village = named<UnitCode>("530921206299");
    for (auto const& row : {
             Row{a_village_fact(project_plan, true, Money::yuan(-1)),
                 "amount_must_be_positive amount"},
             Row{a_village_fact(collective_income), "amount_must_be_positive amount"},
             Row{a_village_fact(collective_income, false, Money::yuan(1)),
                 "amount_of_nothing amount"},
             Row{elsewhere, "village_not_found village"},
             Row{a_village_fact(collective_income, false), "booked"},
             Row{a_village_fact(collective_income, true, Money::yuan(30'000)), "booked"},
             Row{a_village_fact(share_cooperation), "booked"},
             Row{a_village_fact(poor_village), "booked"},
         })
    {
        INFO(code_of(row.what.aspect));
        CHECK(outcome_of(county_after({}), fact(Date{2016, 1, 5}, row.what)) == row.outcome);
    }
}

TEST_CASE("A fact is taken back once, not before it was entered, and last what others rest on")
{
    WorkingBooks books =
        county_after({fact(Date{2016, 1, 2}, a_branch()), fact(Date{2016, 1, 3}, a_member()),
                      fact(Date{2016, 1, 4}, PointsRecorded{member, 80})});
    ReverseFact asked{register_of(a_member()), 1, ""};
    CHECK(outcome_of(books, asked) == "text_missing reason");
    asked.reason = "录错";
    CHECK(outcome_of(books, asked) == "later_events_depend_on_it sequence 2");
    CHECK(outcome_of(books, reversal(a_branch(), 1)) == "others_depend_on_it sequence M1");
    CHECK(outcome_of(books, reversal(a_member(), 3)) == "event_not_found sequence");
    CHECK(outcome_of(books, reversal(TargetSet{a_target(), 1}, 1)) == "event_not_found subject");
    CHECK(outcome_of(books, reversal(a_member(), 2), Date{2016, 2, 29}) ==
          "date_too_early booked_on 2016-03-01");

    REQUIRE(books.perform(reversal(a_member(), 2), today).has_value());
    CHECK(outcome_of(books, reversal(a_member(), 2)) == "event_already_reversed sequence");
    CHECK(outcome_of(books, reversal(a_member(), 3)) == "event_cannot_be_reversed sequence");
    REQUIRE(books.perform(reversal(a_member(), 1), today).has_value());
    REQUIRE(books.perform(reversal(a_branch(), 1), today).has_value());
    CHECK_FALSE(state_of(books, a_member()).is_there());
    CHECK_FALSE(state_of(books, a_branch()).is_there());
    CHECK(books.subject(register_of(a_member()))->events.size() == 4);
    CHECK(outcome_of(books, fact(Date{2016, 1, 3}, a_member())) == "branch_not_found branch");
}

TEST_CASE("A subject takes so many facts and no more")
{
    WorkingBooks books = county_after({});
    for (int n = 0; n < facts_per_subject_limit; ++n) {
        REQUIRE(books.perform(fact(Date{2016, 1, 2}, a_branch()), today).has_value());
    }
    CHECK(outcome_of(books, fact(Date{2016, 1, 2}, a_branch())) == "too_many_facts 1000");
}

TEST_CASE("A subject is on each day what was last said of it, whenever it was entered")
{
    WorkingBooks const books = county_after(
        {fact(Date{2016, 1, 2}, a_branch()),
         fact(Date{2016, 1, 3}, a_member(Membership::probationary)),
         fact(Date{2016, 2, 1}, a_member(Membership::left)),
         fact(Date{2016, 1, 20}, a_member(Membership::full)), // entered later, holds earlier
         fact(Date{2016, 1, 20}, PointsRecorded{member, 80}),
         fact(Date{2016, 2, 1}, PointsRecorded{member, 75}),
         fact(Date{2016, 1, 5}, a_village_fact(VillageAspect::project_plan)),
         fact(Date{2016, 1, 9},
              a_village_fact(VillageAspect::collective_income, true, Money::yuan(20'000)))});
    struct Row {
        Date as_of;
        Membership membership;
        std::optional<int> points;
    };
    for (auto const& row : {Row{Date{2016, 1, 3}, Membership::probationary, {}},
                            Row{Date{2016, 1, 19}, Membership::probationary, {}},
                            Row{Date{2016, 1, 20}, Membership::full, 80},
                            Row{Date{2016, 1, 31}, Membership::full, 80},
                            Row{Date{2016, 2, 1}, Membership::left, 75}})
    {
        INFO(row.as_of.text());
        auto const state = state_of(books, a_member(), row.as_of);
        CHECK(state.member->what.membership == row.membership);
        CHECK(state.points.has_value() == row.points.has_value());
        if (row.points) CHECK(state.points->what.points == *row.points);
    }
    CHECK_FALSE(state_of(books, a_member(), Date{2016, 1, 2}).is_there());
    auto const facts = a_village_fact(VillageAspect::project_plan);
    CHECK(state_of(books, facts, Date{2016, 1, 8}).village.size() == 1);
    auto const income = state_of(books, facts).village.at(VillageAspect::collective_income);
    CHECK(income.what.amount == Money::yuan(20'000));
    CHECK(income.since == Date{2016, 1, 9});
}

TEST_CASE("A responsibility is overdue from the day after its deadline until it is fulfilled")
{
    auto given = a_responsibility();
    given.deadline = Date{2016, 2, 1};
    WorkingBooks const books =
        county_after({fact(Date{2016, 1, 5}, given),
                      fact(Date{2016, 2, 10}, ResponsibilityFulfilled{responsibility, "已出列"})});
    CHECK_FALSE(state_of(books, given, Date{2016, 2, 1}).is_overdue());
    CHECK(state_of(books, given, Date{2016, 2, 2}).is_overdue());
    CHECK(state_of(books, given, Date{2016, 2, 9}).is_overdue());
    CHECK_FALSE(state_of(books, given, Date{2016, 2, 10}).is_overdue());
}

TEST_CASE("A target's name is read as it is written, and nothing else is")
{
    for (PlanIndicator const indicator : all_plan_indicators) {
        for (char const* unit : {"530921", "530921206", "530921206204"}) {
            TargetName const name{indicator, named<UnitCode>(unit), 2016};
            CHECK(TargetName::parse(name.text()) == name);
            CHECK(checked_identifier(name.text()).has_value());
        }
    }
    for (char const* text :
         {"", "households", "households.530921", "households..2016", "households.530921.16",
          "loans.530921.2016", "households.5309.2016", "households.53092x.2016",
          "households.530921.1999", "households.530921.2016.1"})
    {
        INFO(text);
        REQUIRE_FALSE(TargetName::parse(text).has_value());
        CHECK(TargetName::parse(text).error().code == Refusal::target_name_malformed);
    }
}
