// Terms keep their meaning on the way through JSON; spellings are one table an enumeration.
#include "wire/terms.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace {

using namespace ledger;

Terms read(boost::json::object const& object)
{
    wire::ObjectReader reader{object};
    auto const terms = wire::loan_terms_from(reader);
    auto const finished = reader.finish();
    if (!finished) FAIL(name_of(finished.error().code) << " " << finished.error().field);
    return *terms;
}

Terms base()
{
    Terms terms;
    terms.principal = Money::yuan(100'000);
    terms.annual_rate = Rate::ppm(47'500);
    terms.instalments = 24;
    return terms;
}

/// The base with one thing changed.
template <class Change> Terms changed(Change change)
{
    Terms terms = base();
    change(terms);
    return terms;
}

/// The base with each term changed in turn.
std::vector<Terms> const each_term{
    base(),
    changed([](Terms& t) { t.method = Method::equal_principal; }),
    changed([](Terms& t) { t.method = Method::at_maturity; }),
    changed([](Terms& t) { t.interest = InterestBasis::flat; }),
    changed([](Terms& t) { t.day_count = DayCount::thirty_e_360; }),
    changed([](Terms& t) { t.interest_per = InterestPer::period; }),
    changed([](Terms& t) { t.every = {2, PeriodUnit::week}; }),
    changed([](Terms& t) { t.first_due_on = Date{2016, 2, 1}; }),
    changed([](Terms& t) {
        t.instalments = 2;
        t.due_on = {Date{2016, 2, 1}, Date{2016, 9, 1}};
    }),
    changed([](Terms& t) {
        t.every = {1, PeriodUnit::quarter};
        t.settlement_day = 20;
    }),
    changed([](Terms& t) { t.month_end = MonthEnd::roll; }),
    changed([](Terms& t) { t.instalment = Money::fen(437'595); }),
    changed([](Terms& t) { t.grace = {3, 2, 1}; }),
    changed([](Terms& t) { t.instalment_multiple = Money::yuan(10); }),
    changed([](Terms& t) { t.down_payment = Rate::ppm(100'000); }),
    changed([](Terms& t) { t.rounding = Rounding::half_even; }),
    changed([](Terms& t) {
        t.rate_steps = {{Date{2015, 1, 1}, t.annual_rate}, {Date{2016, 1, 1}, Rate::ppm(1)}};
    }),
    changed([](Terms& t) { t.rate_steps = {{Date{2016, 1, 1}, Rate::ppm(43'500)}}; }),
    changed([](Terms& t) {
        t.annual_rate = Rate{}; // of the day of signing, which terms alone do not know
        t.pricing = Pricing{RateReset::new_year, "lpr_5y", -15'000, 1'100'000};
    }),
    changed([](Terms& t) {
        t.annual_rate = Rate{};
        t.pricing = Pricing{};
    }),
    changed([](Terms& t) {
        t.instalments = 0;
        t.matures_on = Date{2018, 1, 15};
        t.stub = Stub::first_long;
    }),
    changed([](Terms& t) {
        t.due_day = DueDay::next_in_month;
        t.interest_follows = false;
    }),
    changed([](Terms& t) {
        t.method = Method::principal_plan;
        t.instalments = 0;
        t.principal_plan = {{{}, Frequency{12, PeriodUnit::month}, 300'000, {}},
                            {{}, Frequency{2, PeriodUnit::year}, 700'000, {}}};
    }),
    changed([](Terms& t) {
        t.method = Method::principal_plan;
        t.principal_plan = {{Date{2017, 1, 1}, {}, 0, Money::yuan(1)},
                            {Date{2018, 1, 1}, {}, 0, Money::yuan(99'999)}};
    }),
    changed([](Terms& t) { t.principal_every = 3; }),
    changed([](Terms& t) {
        t.method = Method::equal_principal;
        t.instalment = Money::yuan(5000);
    }),
    changed([](Terms& t) {
        t.method = Method::equal_principal;
        t.remainder_to = RemainderTo::first;
    }),
    changed([](Terms& t) { t.subsidy_scheme = "S-1"; }),
};

} // namespace

TEST_CASE("Terms that are written and read again are the same terms", "[wire]")
{
    auto const terms = GENERATE(from_range(each_term));
    boost::json::object const written = wire::to_json(terms);
    INFO(wire::text_of(written));
    CHECK(read(written) == terms);
}

TEST_CASE("Terms that say only what must be said take the documented defaults", "[wire]")
{
    auto const object = wire::parse_object(
        R"({"principal":"100000","annual_rate":"4.75","method":"equal_instalments",)"
        R"("instalments":24})");
    REQUIRE(object.has_value());
    CHECK(read(*object) == base());
}

TEST_CASE("A list of due dates says the number of instalments itself", "[wire]")
{
    auto const object = wire::parse_object(
        R"({"principal":"100000","annual_rate":"4.75","method":"equal_principal",)"
        R"("due_on":["2016-02-01","2016-09-01"]})");
    REQUIRE(object.has_value());
    CHECK(read(*object).instalments == 2);
}

TEST_CASE("A maturity or a plan of principal says how many instalments there are", "[wire]")
{
    auto const matures = wire::parse_object(
        R"({"principal":"100000","annual_rate":"4.75","method":"equal_principal",)"
        R"("matures_on":"2018-01-15"})");
    REQUIRE(matures.has_value());
    CHECK(read(*matures).instalments == 0);
    auto const plan = wire::parse_object(
        R"({"principal":"100000","annual_rate":"4.75","method":"principal_plan",)"
        R"("principal_plan":[{"after":{"count":1,"unit":"year"},"share_percent":"100"}]})");
    REQUIRE(plan.has_value());
    CHECK(read(*plan).instalments == 0);
}

TEST_CASE("A core name and its spelling outside are one word", "[wire]")
{
    for (RiskClass const risk_class : all_risk_classes) {
        CHECK(wire::name_of(risk_class) == code_of(risk_class));
    }
    for (auto const& row : wire::enum_names<DebtComponent>()) CHECK(code_of(row.value) == row.name);
}

TEST_CASE("Every spelling is read back as what it was written for", "[wire]")
{
    auto const check = []<class Enum>(Enum, std::size_t count) {
        CHECK(wire::enum_names<Enum>().size() == count);
        for (auto const& row : wire::enum_names<Enum>()) {
            CHECK(wire::name_of(row.value) == row.name);
            CHECK(wire::enum_named<Enum>(row.name) == row.value);
        }
        CHECK_FALSE(wire::enum_named<Enum>("no_such_choice").has_value());
    };
    check(Method{}, static_cast<std::size_t>(Method::principal_plan));
    check(InterestBasis{}, static_cast<std::size_t>(InterestBasis::flat));
    check(InterestPer{}, static_cast<std::size_t>(InterestPer::period));
    check(PeriodUnit{}, static_cast<std::size_t>(PeriodUnit::year));
    check(DayCount{}, static_cast<std::size_t>(DayCount::thirty_365));
    check(MonthEnd{}, static_cast<std::size_t>(MonthEnd::roll));
    check(Rounding{}, static_cast<std::size_t>(Rounding::up));
    check(RemainderTo{}, static_cast<std::size_t>(RemainderTo::last));
    check(Stub{}, static_cast<std::size_t>(Stub::first_long));
    check(RateReset{}, static_cast<std::size_t>(RateReset::new_year));
    check(DueDay{}, static_cast<std::size_t>(DueDay::previous_in_month));
    check(DebtComponent{}, static_cast<std::size_t>(DebtComponent::principal));
    check(AllocateBy{}, static_cast<std::size_t>(AllocateBy::component));
    check(InAdvance{}, static_cast<std::size_t>(InAdvance::next_instalment));
    check(Compounding{}, static_cast<std::size_t>(Compounding::by_settlement));
    check(RiskClass{}, static_cast<std::size_t>(RiskClass::loss));
    check(ProvisionAt{}, static_cast<std::size_t>(ProvisionAt::quarter_end));
    check(SubsidyKind{}, static_cast<std::size_t>(SubsidyKind::spread));
    check(SubsidyPaidTo{}, static_cast<std::size_t>(SubsidyPaidTo::borrower));
    check(wire::UsualOrder{}, static_cast<std::size_t>(wire::UsualOrder::principal_first));
    check(Side{}, static_cast<std::size_t>(Side::credit));
    check(AccountClass{}, static_cast<std::size_t>(AccountClass::memo));
    check(Subledger{}, static_cast<std::size_t>(Subledger::borrower));
    check(Report{}, static_cast<std::size_t>(Report::reach));
    check(Standing{}, all_standings.size());
    check(Way{}, static_cast<std::size_t>(Way::other));
    check(ExitStep{}, all_exit_steps.size());
    check(PovertyCause{}, std::size_t{poverty_cause_count});
    check(Ruling{}, static_cast<std::size_t>(Ruling::refuse));
    check(PartKind{}, static_cast<std::size_t>(PartKind::target));
    check(Aggregation{}, static_cast<std::size_t>(Aggregation::ratio));
    check(Timing{}, static_cast<std::size_t>(Timing::ever));
    check(CountingUnit{}, static_cast<std::size_t>(CountingUnit::number));
    check(RegisterKind{}, all_register_kinds.size());
    check(Kinship{}, all_kinships.size());
}
