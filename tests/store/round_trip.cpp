// What was decided is what is read back: every term, every kind of event, every receipt. The same
// commands go to the database and to the books in memory, and the two must hold equal loans.
#include "ledger/working_books.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace ledger;
using namespace store;
using namespace test;

namespace {

Rate percent(char const* text)
{
    return *Rate::parse(text);
}

/// A clerk's desk, and the same county's books in memory.
class Mirror {
  public:
    explicit Mirror(std::string url)
        : desk{std::move(url)}
        , books_{Books{fengqing(), {}, {}, programme(desk.reader, fengqing())}}
    {
        books_.add_village(id<UnitCode>(first_village()));
    }

    Receipt book(Command const& command, Date day)
    {
        auto const kept = books_.perform(command, day);
        INFO(code_of(command) << " on " << day.text());
        if (!kept) INFO(name_of(kept.error().code) << " " << kept.error().limit);
        REQUIRE(kept.has_value());
        auto receipt = desk.booked(command, day);
        CHECK(receipt.allocation == kept->allocation);
        CHECK(receipt.entry_number.has_value() == kept->entry.has_value());
        return receipt;
    }
    void happen(char const* loan, char const* day, Happening what)
    {
        book(event_on(loan_number(loan), on(day), std::move(what)), on(day));
    }
    void open(int borrowers)
    {
        Date const day = on("2015-01-05");
        book(OpenFund{id<FundCode>("F1"), "扶贫再贷款资金", "待县里确认"}, day);
        book(PayIntoFund{id<FundCode>("F1"), yuan("1000000.00"), day, "进账单"}, day);
        book(PayIntoRiskFund{id<FundCode>("F1"), yuan("100000.00"), day, "风险金进账单"}, day);
        for (int n = 1; n <= borrowers; ++n) book(register_borrower(n), day);
    }
    void lend(int n, Terms terms)
    {
        Date const day = on("2015-02-02");
        auto proposal = propose(n, day);
        Money const amount = terms.principal;
        proposal.terms = std::move(terms);
        book(proposal, day);
        book(approve(proposal.loan, amount, day), day);
        book(disburse(proposal.loan, amount, day), day);
    }
    /// The two hold the same of every loan.
    void compare()
    {
        for (auto const& [number, expected] : books_.loans()) {
            INFO("loan " << number.text());
            auto const found = loan(desk.reader, fengqing(), number);
            REQUIRE(found);
            CHECK(found->terms == expected.terms);
            CHECK(found->events == expected.events);
            CHECK(found->booked == expected.booked);
            CHECK(found->recognised_on == expected.recognised_on);
            CHECK(found->rules_version == expected.rules_version);
            CHECK(found->renews == expected.renews);
            CHECK(found->renewal == expected.renewal);
            CHECK(found->purpose == expected.purpose);
        }
        CHECK(complaints(desk.auditor) == "");
    }
    Loan const& held(char const* number) { return *books_.loan(loan_number(number)); }

    Desk desk;

  private:
    WorkingBooks books_;
};

Terms quarterly_interest(char const* scheme)
{
    Terms terms = plain_terms();
    terms.principal = yuan("50000.00");
    terms.method = Method::interest_only;
    terms.every = {1, PeriodUnit::quarter};
    terms.instalments = 8;
    terms.subsidy_scheme = scheme;
    return terms;
}

/// The first loan lives through what goes wrong.
void bad_life(Mirror& mirror)
{
    mirror.happen("L1", "2015-02-10", RateChanged{percent("5")});
    mirror.happen("L1", "2015-03-02", Repaid{yuan("5000.00"), InAdvance::smaller_instalments});
    mirror.happen("L1", "2015-03-03", Classified{RiskClass::substandard, false});
    mirror.happen("L1", "2015-03-31", Provisioned{});
    mirror.happen("L1", "2015-04-10", CostCharged{yuan("500.00")});
    mirror.happen("L1", "2015-07-20", Waived{DebtComponent::penalty, yuan("1.00")});
    mirror.happen("L1", "2015-08-10", Compensated{yuan("20000.00")});
    mirror.happen("L1", "2015-08-11", MisuseDeclared{});
    mirror.happen("L1", "2015-08-12", Classified{{}, true});
    mirror.happen("L1", "2015-09-01", WrittenOff{});
    mirror.happen("L1", "2015-10-01", Recovered{yuan("1000.00")});
    Date const day = on("2015-10-08");
    mirror.book(Reverse{loan_number("L1"), 13, "不是他还的"}, day);
}

/// The second is subsidised, extended and planned anew; the third is overpaid.
void good_lives(Mirror& mirror)
{
    mirror.happen("L2", "2015-05-04", SubsidyClaimed{yuan("500.00")});
    mirror.happen("L2", "2015-06-01", SubsidyReceived{yuan("400.00")});
    mirror.happen("L2", "2015-07-01", InterestPaused{on("2015-07-11")});
    mirror.happen("L2", "2016-12-01", Extended{on("2017-08-02"), percent("4.9"), on("2017-01-10")});
    NewPlan plan{Method::equal_principal, {2, PeriodUnit::month}, 5, on("2017-03-20"), 1,
                 percent("4.5")};
    mirror.happen("L2", "2016-12-20", Rescheduled{plan});
    mirror.happen("L3", "2015-03-02", Repaid{yuan("120000.00")});
    mirror.happen("L3", "2015-03-10", OverpaymentRefunded{yuan("10000.00")});
    mirror.happen("L3", "2015-05-20", ApprovalExpired{});
}

std::vector<Terms> unusual_terms()
{
    std::vector<Terms> list;
    auto add = [&list](auto change) {
        Terms terms = plain_terms();
        change(terms);
        list.push_back(std::move(terms));
    };
    add([](Terms& t) {
        t.rate_steps = {{on("2015-06-01"), percent("4")}, {on("2016-01-01"), {}}};
    });
    add([](Terms& t) { t.pricing = {RateReset::anniversary, "upto_1y", -1'000, 1'100'000}; });
    add([](Terms& t) { t.pricing = {RateReset::new_year, {}, 0, 1'000'000}; });
    add([](Terms& t) {
        t.instalments = 0;
        t.matures_on = on("2017-01-20");
        t.stub = Stub::first_long;
        t.due_day = DueDay::next_in_month;
        t.interest_follows = false;
        t.month_end = MonthEnd::roll;
    });
    add([](Terms& t) {
        t.method = Method::principal_plan;
        t.instalments = 0;
        t.principal_plan = {{{}, Frequency{12, PeriodUnit::month}, 100'000, {}},
                            {{}, Frequency{24, PeriodUnit::month}, 200'000, {}},
                            {{}, Frequency{36, PeriodUnit::month}, 700'000, {}}};
    });
    add([](Terms& t) {
        t.method = Method::principal_plan;
        t.instalments = 0;
        t.principal_plan = {{on("2015-12-31"), {}, 0, yuan("40000.00")},
                            {on("2016-12-31"), {}, 0, yuan("60000.00")}};
    });
    add([](Terms& t) {
        t.method = Method::equal_principal;
        t.interest = InterestBasis::flat;
        t.interest_per = InterestPer::period;
        t.day_count = DayCount::thirty_e_360;
        t.principal_every = 3;
        t.remainder_to = RemainderTo::first;
        t.rounding = Rounding::up;
    });
    add([](Terms& t) {
        t.grace = {3, 2, 1};
        t.instalment_multiple = yuan("10.00");
        t.down_payment = percent("20");
        t.first_due_on = on("2015-04-15");
    });
    add([](Terms& t) {
        t.due_on = {on("2015-06-30"), on("2015-12-31")};
        t.instalments = 2;
        t.instalment = yuan("50000.00");
    });
    add([](Terms& t) {
        t.every = {1, PeriodUnit::quarter};
        t.instalments = 8;
        t.settlement_day = 20;
        t.subsidy_scheme = "example-spread";
    });
    return list;
}

} // namespace

TEST_CASE("Every kind of event is stored and read back as it was decided")
{
    Mirror mirror{fresh_books()};
    mirror.open(3);
    mirror.lend(1, plain_terms());
    mirror.lend(2, quarterly_interest("example-full"));
    mirror.lend(3, plain_terms());
    bad_life(mirror);
    good_lives(mirror);
    mirror.compare();

    std::set<std::size_t> kinds;
    for (char const* number : {"L1", "L2", "L3"})
        for (auto const& event : mirror.held(number).events) {
            kinds.insert(event.what.index());
            if (!std::holds_alternative<Reversed>(event.what) && event.sequence > 2)
                CHECK(event.document == "县扶〔2015〕1号");
        }
    CHECK(kinds.size() == std::variant_size_v<Happening>);
    auto const fund = funds(mirror.desk.reader, fengqing()).front();
    CHECK(fund.risk_paid_in == yuan("100000.00"));
    CHECK(fund.risk_available == yuan("80000.00"));
    CHECK(fund.available + fund.reserved + fund.lent + fund.written_off == fund.paid_in);
}

TEST_CASE("Every term is stored and read back as it was signed")
{
    Mirror mirror{fresh_books()};
    auto const list = unusual_terms();
    mirror.open(static_cast<int>(list.size()));
    Date const day = on("2015-02-02");
    for (std::size_t n = 0; n < list.size(); ++n) {
        INFO("terms " << n + 1);
        auto proposal = propose(static_cast<int>(n) + 1, day);
        proposal.terms = list[n];
        mirror.book(proposal, day);
    }
    mirror.compare();
}

TEST_CASE("A loan that renews another is kept with it, and cannot be renewed without end")
{
    Mirror mirror{fresh_books()};
    mirror.open(1);
    mirror.lend(1, plain_terms());
    Date const day = on("2016-03-01");
    auto renewal = propose(1, day);
    renewal.loan = loan_number("L1-2");
    renewal.renews = loan_number("L1");
    mirror.book(renewal, day);
    mirror.compare();
    CHECK(mirror.held("L1-2").renewal == 1);
    CHECK(loans(mirror.desk.reader, fengqing(), {}).back().renews == "L1");

    renewal.loan = loan_number("L1-3");
    renewal.renews = loan_number("L1-2");
    CHECK(mirror.desk.refused(renewal, day) == Refusal::renewal_above_limit);
    renewal.renews = loan_number("L9");
    CHECK(mirror.desk.refused(renewal, day) == Refusal::loan_not_found);
}

TEST_CASE("A receipt keeps the order in which money was used, and answers again with it")
{
    Desk desk{fresh_books()};
    desk.open();
    desk.lend(1);
    Date const day = on("2015-07-20");
    desk.booked(event_on(loan_number("L1"), on("2015-04-10"), CostCharged{yuan("500.00")}), day);
    auto const paid = desk.envelope(repay(loan_number("L1"), yuan("3000.00"), day), day);
    auto const first = std::get<Receipt>(execute(desk.app, {&paid, 1}).front().answer);
    REQUIRE(first.allocation);
    CHECK(first.allocation->cost == yuan("500.00"));
    CHECK(first.allocation->order == interest_first);
    auto const again = execute(desk.app, {&paid, 1}).front();
    CHECK(again.is_replay);
    CHECK(std::get<Receipt>(again.answer) == first);
}

TEST_CASE("The programme of a new county is the seeds', each row with its paper")
{
    Desk desk{fresh_books()};
    auto const tables = programme_tables(desk.reader, fengqing());
    REQUIRE(tables.rules.size() == 1);
    auto const& rules = tables.rules.front();
    CHECK(rules.penalty_margin_ppm == 500'000);
    CHECK(rules.misuse_margin_ppm == 1'000'000);
    CHECK(rules.compounding == Compounding::none);
    CHECK(rules.allocation_order == interest_first);
    CHECK(rules.non_accrual_allocation_order == interest_first);
    CHECK(rules.in_advance == InAdvance::fewer_instalments);
    CHECK(rules.non_accrual_after_days == 90);
    CHECK(rules.provision_at == ProvisionAt::quarter_end);
    CHECK(rules.renewals_limit == 1);
    CHECK(rules.approval_valid_days == 90);
    CHECK(rules.long_term_extension_limit_months == 36);
    CHECK(rules.compensation_after_days == 90);
    CHECK(rules.compensation_share_ppm == 800'000);
    CHECK_FALSE(rules.is_sourced);
    CHECK(tables.subsidy_schemes.size() == 6);
    CHECK(tables.holidays.size() == 71);

    auto const ruled = programme(desk.reader, fengqing());
    CHECK(ruled->class_floor(0, on("2015-03-01")) == RiskClass::normal);
    CHECK(ruled->class_floor(90, on("2015-03-01")) == RiskClass::special_mention);
    CHECK(ruled->class_floor(181, on("2015-03-01")) == RiskClass::doubtful);
    CHECK(ruled->class_floor(200, on("2023-07-01")) == RiskClass::substandard);
    CHECK(ruled->class_floor(361, on("2023-07-01")) == RiskClass::loss);
    CHECK(ruled->provision_rate_ppm(RiskClass::substandard, on("2015-03-01")) == 250'000);
    CHECK_FALSE(ruled->calendar.is_working(on("2016-02-08")));
    CHECK(ruled->calendar.is_working(on("2016-02-06")));
    CHECK(ruled->subsidy_scheme("example-spread")->steps.front().ppm == -15'000);
    CHECK(programme_tables(desk.reader, *CountyCode::parse("530922")).rules.empty());
}
