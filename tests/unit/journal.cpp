// The one door of entries, the units, the rules in force and the list of published figures.
#include "ledger/journal.hpp"
#include "ledger/indicator.hpp"
#include "ledger/loan.hpp"
#include "ledger/programme.hpp"

#include <catch2/catch.hpp>

#include <set>

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
    CHECK(code_of(Cause::fund_payment) == "fund_payment");
    CHECK(code_of(Cause::approval) == "approval");
    CHECK(code_of(Cause::disbursement) == "disbursement");
    CHECK(code_of(Cause::repayment) == "repayment");
    CHECK(code_of(Cause::accrual) == "accrual");
    CHECK(code_of(Cause::reversal) == "reversal");
    CHECK(code_of(Happening{Approved{}}) == "approved");
    CHECK(code_of(Happening{Disbursed{}}) == "disbursed");
    CHECK(code_of(Happening{Repaid{}}) == "repaid");
    CHECK(code_of(Happening{Reversed{}}) == "reversed");
    CHECK(code_of(LoanStatus::proposed) == "proposed");
    CHECK(code_of(LoanStatus::withdrawn) == "withdrawn");
}
