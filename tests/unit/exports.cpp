// daifu/exports.hpp and console.hpp: account names that other programs accept and that stay apart,
// and columns that line up.
#include "daifu/exports.hpp"
#include "daifu/console.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <sstream>

using namespace daifu;

namespace {

ledger::ChartLine line(std::string const& code, ledger::AccountClass account_class)
{
    return {*ledger::AccountCode::parse(code),
            "应收利息",
            "Interest receivable",
            account_class,
            ledger::Side::debit,
            ledger::Subledger::loan};
}

} // namespace

TEST_CASE("Account names are what each program accepts")
{
    auto const asset = line("1132.01", ledger::AccountClass::asset);
    CHECK(ledger_account(asset, "FQ-2015-0001") == "Assets:1132.01:FQ-2015-0001");
    CHECK(ledger_account(asset, "") == "Assets:1132.01");
    CHECK(beancount_account(asset, "FQ-2015-0001") == "Assets:A1132-01:FQ-2015-0001");
    CHECK(beancount_account(line("9001", ledger::AccountClass::memo), "") == "Equity:Memo:A9001");
}

TEST_CASE("Subkeys that differ stay different in Beancount")
{
    std::vector<std::string> const subkeys{"A",    "a",   "X-a",   "A-B",    "A.B",    "A_B",
                                           "A--B", "A-",  "-A",    "A-.",    "A.-",    "A--2E",
                                           "A.",   "A--", "X-X-a", "a--2EB", "A--2EB", "1"};
    std::set<std::string> components;
    for (std::string const& subkey : subkeys) {
        std::string const component = beancount_component(subkey);
        CAPTURE(subkey, component);
        CHECK(components.insert(component).second);
        CHECK(component.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                          "0123456789-") == std::string::npos);
        CHECK((std::isupper(component.front()) != 0 || std::isdigit(component.front()) != 0));
    }
}

TEST_CASE("Chinese takes two columns, and a table's columns line up")
{
    CHECK(display_width("loan") == 4);
    CHECK(display_width("贷款") == 4);
    CHECK(display_width("2015年，") == 8);
    CHECK(display_width("e\u0301") == 1);
    Table table{{"乡镇", "lent"}, {Align::left, Align::right}};
    table.row({"凤山镇", "1.00"});
    table.rule();
    table.row({"all", "12.00"});
    CHECK(table.text() == "乡镇     lent\n──────  ─────\n凤山镇   1.00\n──────  ─────\n"
                          "all     12.00\n");
    CHECK(grouped("-1234567.80") == "-1,234,567.80");
    CHECK(grouped("123.00") == "123.00");
}
