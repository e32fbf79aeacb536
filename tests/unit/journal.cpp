// The one door of entries, the units, the rules in force and the list of published figures.
#include "ledger/journal.hpp"

#include "ledger/command.hpp"
#include "ledger/indicator.hpp"
#include "ledger/programme.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <utility>

using namespace ledger;

namespace {

AccountName account(char const* code, char const* subkey = "")
{
    return {AccountCode::parse(code).value(), subkey};
}

constexpr Date day{2016, 1, 15};

JournalEntry entry_of(std::vector<Posting> postings, Date booked_on = day)
{
    return JournalEntry::balanced(Cause::repayment, day, booked_on, "归还贷款",
                                  std::move(postings));
}

} // namespace

TEST_CASE("An entry merges its postings, drops empty ones and puts debits first")
{
    JournalEntry const entry = entry_of(
        {credit(account("6011.01"), Money::fen(30)), debit(account("1002"), Money::fen(10)),
         debit(account("1002"), Money::fen(20)), debit(account("1132.01", "L"), Money{})});
    REQUIRE(entry.postings().size() == 2);
    CHECK(entry.postings()[0] == debit(account("1002"), Money::fen(30)));
    CHECK(entry.postings()[1] == credit(account("6011.01"), Money::fen(30)));
}

TEST_CASE("An entry that cannot be right is a bug, not an answer")
{
    struct Row {
        char const* wrong;
        std::vector<Posting> postings;
    };
    auto const bank = account("1002");
    auto const income = account("6011.01");
    std::vector<Posting> many;
    for (int n = 0; n <= postings_per_entry_limit; ++n) {
        many.push_back(debit(account("1303.01", std::to_string(n).c_str()), Money::fen(1)));
    }
    many.push_back(credit(bank, Money::fen(postings_per_entry_limit + 1)));
    std::vector<Row> const rows{
        {"nothing", {}},
        {"one side", {debit(bank, Money::fen(1))}},
        {"empty amounts", {debit(bank, Money{}), credit(income, Money{})}},
        {"a fen apart", {debit(bank, Money::fen(2)), credit(income, Money::fen(1))}},
        {"negative", {debit(bank, Money::fen(-1)), credit(income, Money::fen(-1))}},
        {"above the limit together",
         {debit(bank, Money::fen(money_limit_fen)), debit(bank, Money::fen(1)),
          credit(income, Money::fen(money_limit_fen)), credit(account("2241.01"), Money::fen(1))}},
        {"balanced only across units",
         {debit(bank, Money::fen(1)), {income, Side::credit, Unit::household, 1}}},
        {"too many postings", many},
    };
    for (Row const& row : rows) {
        INFO(row.wrong);
        CHECK_THROWS_AS(entry_of(row.postings), Bug);
    }
    CHECK_THROWS_AS(
        entry_of({debit(bank, Money::fen(1)), credit(income, Money::fen(1))}, day.plus_days(-1)),
        Bug);
}

TEST_CASE("Units have codes and a fineness")
{
    CHECK(code_of(Unit::cny) == "CNY");
    CHECK(code_of(Unit::household) == "HOUSEHOLD");
    CHECK(code_of(Unit::person) == "PERSON");
    CHECK(minor_units_in(Unit::cny) == 100);
    CHECK(minor_units_in(Unit::household) == 10'000);
    CHECK(minor_units_in(Unit::person) == 10'000);
}

TEST_CASE("The rules in force on a day are the last that began on or before it")
{
    std::vector<ProgrammeRules> rules(2);
    rules[0].version = 1;
    rules[0].effective_from = Date{2015, 1, 1};
    rules[1].version = 2;
    rules[1].effective_from = Date{2016, 7, 1};
    CHECK(rules_on(rules, Date{2014, 12, 31}) == nullptr);
    CHECK(rules_on(rules, Date{2015, 1, 1})->version == 1);
    CHECK(rules_on(rules, Date{2016, 6, 30})->version == 1);
    CHECK(rules_on(rules, Date{2016, 7, 1})->version == 2);
}

TEST_CASE("Every published figure has one code, two names and a definition")
{
    std::set<std::string_view> codes;
    for (Indicator const& each : all_indicators()) {
        INFO(each.code);
        CHECK(codes.insert(each.code).second);
        CHECK_FALSE(each.chinese.empty());
        CHECK_FALSE(each.english.empty());
        CHECK_FALSE(each.definition.empty());
        CHECK_FALSE(each.definition_english.empty());
        CHECK(indicator_named(each.code) == &each);
    }
    CHECK(indicator_named("par31") == nullptr);
    for (char const* needed :
         {"lent", "borrowers", "households", "loans", "repaid", "interest_received", "outstanding",
          "overdue", "par30", "par90", "overdue_rate"})
    {
        INFO(needed);
        CHECK(indicator_named(needed) != nullptr);
    }
}

TEST_CASE("Every position lives in one account of its own, on one side")
{
    Loan loan;
    loan.number = LoanNumber::parse("L").value();
    loan.fund = FundCode::parse("F").value();
    std::set<AccountName> accounts;
    std::set<std::string_view> names;
    for (Position const position : all_positions()) {
        CHECK(accounts.insert(account_of(position, loan)).second);
        CHECK(names.insert(code_of(position)).second);
    }
    CHECK(accounts.size() == position_count);
}

TEST_CASE("Causes, events and statuses have the names that are stored with them")
{
    std::vector<std::pair<Cause, char const*>> const causes{
        {Cause::fund_payment, "fund_payment"},
        {Cause::approval, "approval"},
        {Cause::disbursement, "disbursement"},
        {Cause::repayment, "repayment"},
        {Cause::accrual, "accrual"},
        {Cause::reversal, "reversal"},
        {Cause::risk_fund_payment, "risk_fund_payment"},
        {Cause::refund, "refund"},
        {Cause::waiver, "waiver"},
        {Cause::cost, "cost"},
        {Cause::change_of_terms, "change_of_terms"},
        {Cause::classification, "classification"},
        {Cause::provision, "provision"},
        {Cause::write_off, "write_off"},
        {Cause::recovery, "recovery"},
        {Cause::compensation, "compensation"},
        {Cause::subsidy, "subsidy"},
        {Cause::expiry, "expiry"}};
    for (auto const& [cause, name] : causes) CHECK(code_of(cause) == name);
    std::vector<std::pair<Happening, char const*>> const happenings{
        {Approved{}, "approved"},
        {Disbursed{}, "disbursed"},
        {Repaid{}, "repaid"},
        {Reversed{}, "reversed"},
        {OverpaymentRefunded{}, "overpayment_refunded"},
        {Waived{}, "waived"},
        {CostCharged{}, "cost_charged"},
        {RateChanged{}, "rate_changed"},
        {Extended{}, "extended"},
        {Rescheduled{}, "rescheduled"},
        {InterestPaused{}, "interest_paused"},
        {MisuseDeclared{}, "misuse_declared"},
        {Classified{}, "classified"},
        {Provisioned{}, "provisioned"},
        {WrittenOff{}, "written_off"},
        {Recovered{}, "recovered"},
        {Compensated{}, "compensated"},
        {SubsidyClaimed{}, "subsidy_claimed"},
        {SubsidyReceived{}, "subsidy_received"},
        {ApprovalExpired{}, "approval_expired"}};
    CHECK(happenings.size() == std::variant_size_v<Happening>);
    for (auto const& [what, name] : happenings) CHECK(code_of(what) == name);
    CHECK(code_of(LoanStatus::proposed) == "proposed");
    CHECK(code_of(LoanStatus::withdrawn) == "withdrawn");
    CHECK(code_of(LoanStatus::written_off) == "written_off");
    CHECK(code_of(LoanStatus::expired) == "expired");
    CHECK(code_of(RiskClass::special_mention) == "special_mention");
    CHECK(code_of(DebtComponent::compound) == "compound");
}

TEST_CASE("A command that records an event has the event's imperative for its name")
{
    auto const named = [](Happening what) {
        return code_of(
            Command{RecordEvent{LoanNumber::parse("L").value(), day, std::move(what), {}, {}}});
    };
    CHECK(named(Approved{}) == "approve_loan");
    CHECK(named(Disbursed{}) == "disburse");
    CHECK(named(Repaid{}) == "repay");
    CHECK(named(OverpaymentRefunded{}) == "refund_overpayment");
    CHECK(named(Waived{}) == "waive");
    CHECK(named(CostCharged{}) == "charge_cost");
    CHECK(named(RateChanged{}) == "change_rate");
    CHECK(named(Extended{}) == "extend_loan");
    CHECK(named(Rescheduled{}) == "reschedule_loan");
    CHECK(named(InterestPaused{}) == "pause_interest");
    CHECK(named(MisuseDeclared{}) == "declare_misuse");
    CHECK(named(Classified{}) == "classify_loan");
    CHECK(named(Provisioned{}) == "provision_loan");
    CHECK(named(WrittenOff{}) == "write_off");
    CHECK(named(Recovered{}) == "recover");
    CHECK(named(Compensated{}) == "compensate");
    CHECK(named(SubsidyClaimed{}) == "claim_subsidy");
    CHECK(named(SubsidyReceived{}) == "receive_subsidy");
    CHECK(named(ApprovalExpired{}) == "expire_approval");
}
