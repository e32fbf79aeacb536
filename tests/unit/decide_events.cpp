// The refusal ladder of every event: the papers and dates that any of them needs, then what its
// admission asks of the loan as it stands on that day. Each row mends one thing of the row before
// it; the last row is booked.
#include "tests/unit/ladder.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

using Rungs = std::vector<Rung<RecordEvent>>;
using Mend = std::function<void(WorkingBooks&, RecordEvent&)>;
using History = std::vector<Command>;

History const approved{proposal(), approval};
History const paid_out{proposal(), approval, disbursement};

History operator+(History history, RecordEvent const& next)
{
    history.push_back(next);
    return history;
}

Mend to(History const& history)
{
    return [=](auto& now, auto&) { now = books_with(history); };
}

Mend to(History const& history, Programme const& programme, Date booked_on)
{
    return [=](auto& now, auto&) { now = books_with(history, programme, booked_on); };
}

Mend on(Date day)
{
    return [=](auto&, auto& asked) { asked.value_on = day; };
}

Mend into(Happening const& what)
{
    return [=](auto&, auto& asked) { asked.what = what; };
}

Mend const with_document = [](auto&, auto& asked) { asked.document = "文件1号"; };
Mend const with_reason = [](auto&, auto& asked) { asked.reason = "见文件"; };

RecordEvent bare(Date day, Happening what)
{
    return {loan_number, day, std::move(what), {}, {}};
}

Money yuan(std::int64_t amount)
{
    return Money::yuan(amount);
}

History const written_off = paid_out + event(today, WrittenOff{});
History const settled = paid_out + event(today, Repaid{yuan(51'000), {}});
constexpr Date tomorrow{2016, 3, 2};

} // namespace

TEST_CASE("An approval meets its refusals in the documented order")
{
    climb<RecordEvent>(books_with({}), bare(tomorrow, Approved{}),
                       {{"date_in_future value_on 2016-03-01", on(Date{2016, 1, 9})},
                        {"amount_must_be_positive amount", into(Approved{yuan(50'001)})},
                        {"loan_not_found loan", to(approved)},
                        {"loan_not_awaiting_approval loan approved",
                         [](auto& now, auto&) {
                             now = books_with({proposal()});
                             now.add(known_fund(yuan(49'999)));
                         }},
                        {"date_before_proposal value_on 2016-01-10", on(Date{2016, 1, 10})},
                        {"approval_above_proposal amount 50000.00", into(Approved{yuan(50'000)})},
                        {"fund_overdrawn amount 49999.00", into(Approved{yuan(49'999)})}});
}

TEST_CASE("A loan whose approval was taken back is proposed anew")
{
    WorkingBooks const books = books_with({proposal(), approval, Reverse{loan_number, 1, "录错"}});
    CHECK(outcome_of(books, approval) == "loan_not_awaiting_approval loan withdrawn");
    CHECK(outcome_of(books, disbursement) == "loan_not_awaiting_disbursement loan withdrawn");
    CHECK(outcome_of(books, repayment) == "loan_not_disbursed loan withdrawn");
}

TEST_CASE("A disbursement meets its refusals in the documented order")
{
    ProposeLoan due_at_once = proposal();
    due_at_once.terms.instalments = 1;
    due_at_once.terms.due_on = {Date{2016, 1, 20}};
    ProposeLoan too_long = proposal();
    too_long.terms.first_due_on = Date{2016, 2, 21};
    climb<RecordEvent>(
        books_with({}), bare(tomorrow, Disbursed{}),
        {{"date_in_future value_on 2016-03-01", on(Date{2016, 1, 14})},
         {"amount_must_be_positive amount", into(Disbursed{yuan(50'001)})},
         {"loan_not_found loan", to({proposal()})},
         {"loan_not_awaiting_disbursement loan proposed", to(approved)},
         {"date_too_early value_on 2016-01-15", on(Date{2016, 1, 20})},
         {"disbursement_above_approval amount 50000.00",
          [=](auto& now, auto& asked) {
              asked.what = Disbursed{yuan(50'000)};
              now = books_with({due_at_once, approval});
          }},
         {"terms_contradict value_on 2016-01-20 > 2016-01-20", to({too_long, approval})},
         {"term_above_limit value_on 24", to(approved)}});
}

TEST_CASE("A second part is refused after a write-off, when all is paid out, and when it is late")
{
    ProposeLoan down = proposal();
    down.terms.down_payment = Rate::ppm(100'000);
    RecordEvent const part = event(Date{2016, 1, 20}, Disbursed{yuan(20'000)});
    ProposeLoan short_one = proposal();
    short_one.terms.instalments = 1;
    climb<RecordEvent>(
        books_with(written_off), event(today, Disbursed{yuan(30'001)}),
        {{"loan_written_off loan 2016-03-01", to(paid_out)},
         {"loan_not_awaiting_disbursement loan active", to({short_one, approval, part})},
         {"disbursement_above_approval amount 30000.00", into(Disbursed{yuan(30'000)})},
         {"terms_contradict value_on 2016-03-01 < 2016-02-20", to({down, approval, part})},
         {"field_not_supported amount", to({proposal(), approval, part})}});
}

TEST_CASE("A part that the fixed instalment cannot carry is refused")
{
    // The second period, 20 February to 20 March: 19,981.81 for ten days, then 49,981.81 for
    // nineteen, at 4.75 % over 360 bear 151.67.
    ProposeLoan fixed = proposal();
    fixed.terms.instalment = yuan(100);
    RecordEvent const part = event(Date{2016, 1, 20}, Disbursed{yuan(20'000)});
    WorkingBooks const books = books_with({fixed, approval, part});
    CHECK(outcome_of(books, event(today, Disbursed{yuan(30'000)})) ==
          "terms_contradict value_on instalment >= 151.67");
}

TEST_CASE("A repayment meets its refusals in the documented order")
{
    climb<RecordEvent>(
        books_with({}), bare(tomorrow, Repaid{}),
        {{"date_in_future value_on 2016-03-01", on(Date{2016, 1, 19})},
         {"amount_must_be_positive amount", into(Repaid{Money::fen(money_limit_fen / 4 + 1), {}})},
         {"loan_not_found loan", to(approved)},
         {"loan_not_disbursed loan approved", to(written_off)},
         {"value_date_before_disbursement value_on 2016-01-20", on(today)},
         {"loan_written_off loan 2016-03-01", to(paid_out)},
         {"amount_too_large amount 2500000000000.00",
          into(Repaid{Money::fen(money_limit_fen / 4), {}})}});
}

TEST_CASE("A refund meets its refusals in the documented order")
{
    climb<RecordEvent>(
        books_with(approved), bare(today, OverpaymentRefunded{}),
        {{"amount_must_be_positive amount", into(OverpaymentRefunded{yuan(51'000)})},
         {"loan_not_disbursed loan approved", to(settled)},
         // 51,000 - 50,000 - interest 204.51 + 63.35 - penalty 3.93: see the waiver below
         {"refund_above_overpayment amount 728.21", into(OverpaymentRefunded{yuan(728)})}});
}

TEST_CASE("A waiver meets its refusals in the documented order")
{
    // The first instalment fell due on 20 February: 2,189.50, of it interest for 31 days 204.51.
    // Ten days later its principal, 1,984.99, has borne 7.125 % penalty: 3.93; the other 48,015.01
    // bore interest of 63.35, with the first 267.86.
    climb<RecordEvent>(
        books_with(approved), bare(today, Waived{DebtComponent::principal, {}}),
        {{"amount_must_be_positive amount", into(Waived{DebtComponent::principal, yuan(500)})},
         {"text_missing reason", with_reason},
         {"loan_not_disbursed loan approved", to(written_off)},
         {"loan_written_off loan 2016-03-01", to(paid_out)},
         {"component_not_waivable component", into(Waived{DebtComponent::cost, yuan(500)})},
         {"component_not_waivable component", into(Waived{DebtComponent::compound, yuan(500)})},
         {"waiver_above_unpaid amount 0.00", into(Waived{DebtComponent::penalty, yuan(500)})},
         {"waiver_above_unpaid amount 3.93", into(Waived{DebtComponent::interest, yuan(500)})},
         {"waiver_above_unpaid amount 267.86", into(Waived{DebtComponent::interest, yuan(200)})}});
}

TEST_CASE("Costs of collection meet their refusals in the documented order")
{
    climb<RecordEvent>(
        books_with(approved), bare(today, CostCharged{}),
        {{"amount_must_be_positive amount", into(CostCharged{Money::fen(money_limit_fen / 4 + 1)})},
         {"text_missing reason", with_reason},
         {"loan_not_disbursed loan approved", to(written_off)},
         {"loan_written_off loan 2016-03-01", to(paid_out)},
         {"amount_too_large amount 2500000000000.00", into(CostCharged{yuan(500)})}});
}

TEST_CASE("Another rate meets its refusals in the documented order")
{
    climb<RecordEvent>(
        books_with(approved), bare(today, RateChanged{Rate::ppm(80'001)}),
        {{"text_missing document", with_document},
         {"loan_not_disbursed loan approved", to(written_off)},
         {"loan_written_off loan 2016-03-01", to(settled)},
         {"loan_settled loan", to(paid_out)},
         {"rate_outside_band annual_rate 2.00 - 8.00", into(RateChanged{Rate::ppm(19'999)})},
         {"rate_outside_band annual_rate 2.00 - 8.00", into(RateChanged{Rate::ppm(80'000)})}});
}

TEST_CASE("An extension meets its refusals in the documented order")
{
    // Paid out on 2016-01-20 for two months: it may be extended by two months.
    ProposeLoan two_months = proposal();
    two_months.terms.instalments = 2;
    History const active{two_months, approval, disbursement};
    Date const maturity{2016, 3, 20};
    climb<RecordEvent>(books_with(approved, known_programme(), maturity),
                       bare(maturity, Extended{maturity, Rate::ppm(80'001), Date{2016, 3, 18}}),
                       {{"text_missing document", with_document},
                        {"loan_not_disbursed loan approved", to(written_off)},
                        {"loan_written_off loan 2016-03-01", to(settled)},
                        {"loan_settled loan", to(active)},
                        {"extension_after_maturity value_on 2016-03-20", on(Date{2016, 3, 19})},
                        {"extension_not_later until 2016-03-20",
                         into(Extended{Date{2016, 5, 21}, Rate::ppm(80'001), Date{2016, 3, 18}})},
                        {"extension_above_limit until 2016-05-20",
                         into(Extended{Date{2016, 5, 20}, Rate::ppm(80'001), Date{2016, 3, 18}})},
                        {"priced_from_outside priced_from 2016-03-19 - 2016-03-20",
                         into(Extended{Date{2016, 5, 20}, Rate::ppm(80'001), Date{2016, 3, 21}})},
                        {"priced_from_outside priced_from 2016-03-19 - 2016-03-20",
                         into(Extended{Date{2016, 5, 20}, Rate::ppm(80'001), Date{2016, 3, 19}})},
                        {"rate_outside_band annual_rate 2.00 - 8.00",
                         into(Extended{Date{2016, 5, 20}, Rate::ppm(80'000), {}})}},
                       maturity);
}

TEST_CASE("An extension into a tier without a base rate is refused before its day is looked at")
{
    Programme programme = known_programme();
    programme.rules.front().term_limit_months = 60;
    programme.base_rates = {{Date{2015, 10, 24}, "1y_to_5y", Rate::ppm(47'500), true}};
    ProposeLoan priced = proposal();
    priced.terms.pricing.emplace();
    priced.terms.instalments = 48;
    WorkingBooks const books = books_with({priced, approval, disbursement}, programme);
    // 48 + 13 months reach the tier above five years.
    CHECK(outcome_of(books, event(today, Extended{Date{2021, 2, 20}, {}, Date{2016, 2, 1}})) ==
          "no_base_rate_in_force pricing 2016-02-01");
    CHECK(outcome_of(books, event(today, Extended{Date{2021, 1, 20}, {}, Date{2016, 2, 1}})) ==
          "priced_from_outside priced_from 2016-03-01 - 2020-01-20");
}

TEST_CASE("A rescheduling meets its refusals in the documented order")
{
    NewPlan plan;
    plan.annual_rate = Rate::ppm(80'001);
    plan.first_due_on = today;
    NewPlan cheaper = plan;
    cheaper.annual_rate = Rate::ppm(80'000);
    NewPlan later = cheaper;
    later.first_due_on = tomorrow;
    History const only_costs = settled + event(today, CostCharged{yuan(1)});
    climb<RecordEvent>(
        books_with(approved), bare(today, Rescheduled{plan}),
        {{"text_missing document", with_document},
         {"loan_not_disbursed loan approved", to(written_off)},
         {"loan_written_off loan 2016-03-01", to(settled)},
         {"loan_settled loan", to(only_costs)},
         {"loan_settled loan", to(paid_out)},
         {"rate_outside_band annual_rate 2.00 - 8.00", into(Rescheduled{cheaper})},
         {"terms_contradict first_due_on 2016-03-01 > 2016-03-01", into(Rescheduled{later})}});
}

TEST_CASE("A new plan that contradicts itself is refused, never an assertion")
{
    struct Row {
        char const* outcome;
        std::function<void(NewPlan&)> change;
    };
    for (Row const& row : {Row{"terms_contradict instalments instalments >= 1",
                               [](NewPlan& plan) { plan.instalments = 0; }},
                           Row{"too_many_instalments instalments 600",
                               [](NewPlan& plan) { plan.instalments = 601; }},
                           Row{"terms_contradict every every.count >= 1",
                               [](NewPlan& plan) { plan.every.count = 0; }},
                           Row{"terms_contradict every every × instalments <= 50 years",
                               [](NewPlan& plan) {
                                   plan.every = {11, PeriodUnit::year};
                                   plan.instalments = 5;
                               }},
                           Row{"terms_contradict grace principal, interest_payment < instalments; "
                               "interest_free <= instalments",
                               [](NewPlan& plan) { plan.grace_principal = 1; }},
                           Row{"terms_contradict grace grace / method = at_maturity",
                               [](NewPlan& plan) {
                                   plan.method = Method::at_maturity;
                                   plan.instalments = 3;
                                   plan.grace_principal = 1;
                               }},
                           Row{"terms_contradict principal_plan principal_plan >= 1",
                               [](NewPlan& plan) { plan.method = Method::principal_plan; }}})
    {
        INFO(row.outcome);
        NewPlan plan;
        row.change(plan);
        CHECK(outcome_of(books_with(paid_out), event(today, Rescheduled{plan})) == row.outcome);
    }
}

TEST_CASE("A pause of interest meets its refusals in the documented order")
{
    climb<RecordEvent>(books_with(approved), bare(today, InterestPaused{today}),
                       {{"text_missing document", with_document},
                        {"loan_not_disbursed loan approved", to(written_off)},
                        {"loan_written_off loan 2016-03-01", to(settled)},
                        {"loan_settled loan", to(paid_out)},
                        {"pause_is_empty until 2016-03-01", into(InterestPaused{tomorrow})}});
}

TEST_CASE("A declaration of misuse meets its refusals in the documented order")
{
    climb<RecordEvent>(
        books_with(approved), bare(today, MisuseDeclared{}),
        {{"text_missing reason", with_reason},
         {"loan_not_disbursed loan approved", to(written_off)},
         {"loan_written_off loan 2016-03-01", to(settled)},
         {"loan_settled loan", to(paid_out + event(Date{2016, 2, 1}, MisuseDeclared{}))},
         {"misuse_already_declared loan 2016-02-01", to(paid_out)}});
}

TEST_CASE("A class set by hand meets its refusals in the documented order")
{
    Programme programme = known_programme();
    programme.class_floors = {{Date{2015, 1, 1}, 0, RiskClass::special_mention}};
    climb<RecordEvent>(books_with(approved), bare(today, Classified{RiskClass::normal, false}),
                       {{"text_missing reason", with_reason},
                        {"loan_not_disbursed loan approved", to(written_off)},
                        {"loan_written_off loan 2016-03-01", to(paid_out, programme, today)},
                        {"class_better_alone risk_class special_mention",
                         into(Classified{RiskClass::normal, true})}});
}

TEST_CASE("A provision is refused before the loan is paid out and never after")
{
    climb<RecordEvent>(books_with(approved), bare(today, Provisioned{}),
                       {{"loan_not_disbursed loan approved", to(paid_out)}});
    CHECK(outcome_of(books_with(written_off), event(today, Provisioned{})) == "booked");
    CHECK(outcome_of(books_with(settled), event(today, Provisioned{})) == "booked");
}

TEST_CASE("A write-off meets its refusals in the documented order")
{
    climb<RecordEvent>(books_with(approved), bare(today, WrittenOff{}),
                       {{"text_missing document", with_document},
                        {"loan_not_disbursed loan approved", to(written_off)},
                        {"loan_written_off loan 2016-03-01", to(settled)},
                        {"loan_settled loan", to(settled + event(today, CostCharged{yuan(1)}))},
                        {"loan_settled loan", to(paid_out)}});
}

TEST_CASE("A recovery meets its refusals in the documented order")
{
    climb<RecordEvent>(
        books_with(approved), bare(today, Recovered{}),
        {{"amount_must_be_positive amount", into(Recovered{Money::fen(money_limit_fen / 4 + 1)})},
         {"loan_not_disbursed loan approved", to(paid_out)},
         {"loan_not_written_off loan", to(written_off)},
         {"amount_too_large amount 2500000000000.00", into(Recovered{yuan(1)})}});
}

TEST_CASE("A compensation meets its refusals in the documented order")
{
    // The first instalment fell due on 2016-02-20; ninety days later is 2016-05-20.
    Date const ninetieth{2016, 5, 20};
    Fund const fund = known_fund(yuan(80'000), yuan(39'999));
    climb<RecordEvent>(
        books_with(approved), bare(Date{2016, 5, 19}, Compensated{}),
        {{"amount_must_be_positive amount", into(Compensated{yuan(40'001)})},
         {"text_missing document", with_document},
         {"loan_not_disbursed loan approved", to(written_off)},
         {"loan_written_off loan 2016-03-01", to(settled)},
         {"loan_settled loan",
          [=](auto& now, auto&) {
              now = books_with(paid_out);
              now.add(fund);
          }},
         {"compensation_too_early value_on 90", on(ninetieth)},
         {"compensation_above_share amount 40000.00", into(Compensated{yuan(40'000)})},
         {"risk_fund_overdrawn amount 39999.00", into(Compensated{yuan(39'999)})}},
        ninetieth);
}

TEST_CASE("A subsidy is claimed and received in order, and no more than is due")
{
    Programme programme = known_programme();
    programme.subsidy_schemes = {{"S",
                                  "贴息办法",
                                  SubsidyPaidTo::lender,
                                  {},
                                  0,
                                  {{Date{2015, 1, 1}, SubsidyKind::share, 500'000, {}, {}}}}};
    ProposeLoan with_scheme = proposal();
    with_scheme.terms.subsidy_scheme = "S";
    History const subsidised{with_scheme, approval, disbursement};
    // Half of 204.51 (31 days) rounds to 102.26 for the borrower (102.2569), 102.25 for the scheme.
    climb<RecordEvent>(
        books_with(approved), bare(today, SubsidyClaimed{}),
        {{"amount_must_be_positive amount", into(SubsidyClaimed{Money::fen(10'226)})},
         {"text_missing document", with_document},
         {"loan_not_disbursed loan approved", to(paid_out)},
         {"no_subsidy_scheme loan", to(subsidised, programme, today)},
         {"subsidy_above_due amount 102.25", into(SubsidyClaimed{Money::fen(10'225)})}});

    RecordEvent const claim = event(today, SubsidyClaimed{Money::fen(10'000)});
    RecordEvent const all_but_nothing =
        event(today, Repaid{Money::fen(money_limit_fen / 4 - 9'999), {}});
    climb<RecordEvent>(
        books_with(approved), bare(today, SubsidyReceived{}),
        {{"amount_must_be_positive amount", into(SubsidyReceived{Money::fen(10'001)})},
         {"text_missing document", with_document},
         {"loan_not_disbursed loan approved", to(paid_out)},
         {"no_subsidy_scheme loan", to(subsidised + claim, programme, today)},
         {"subsidy_above_claimed amount 100.00", into(SubsidyReceived{Money::fen(10'000)})}});
    WorkingBooks const full = books_with(subsidised + claim + all_but_nothing, programme, today);
    CHECK(outcome_of(full, event(today, SubsidyReceived{Money::fen(10'000)})) ==
          "amount_too_large amount 2500000000000.00");
}

TEST_CASE("An event entered late is refused when a later one could not have happened after it")
{
    WorkingBooks const books = books_with(paid_out + repayment);
    CHECK(outcome_of(books, event(Date{2016, 1, 25}, WrittenOff{})) ==
          "later_events_depend_on_it value_on 3");
}
