// Bodies become commands: one table of bad bodies, one good body a command.
#include "wire/commands.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace {

using namespace ledger;

constexpr Date today{2016, 8, 31};

wire::Path const loan_path{{"loan", "L-2015-001"}};
wire::Path const fund_path{{"fund", "F-1"}};

Result<Command> read(std::string_view code, std::string_view body, wire::Path const& path = {})
{
    auto const parsed = wire::parse_object(body);
    if (!parsed) return std::unexpected{parsed.error()};
    return wire::command_from(code, *parsed, path, today);
}

wire::Path const& path_for(std::string_view code)
{
    static wire::Path const none;
    if (code == "pay_into_fund") return fund_path;
    if (code == "repay" || code == "disburse" || code == "reverse") return loan_path;
    return none;
}

struct BadBody {
    char const* what;
    char const* command;
    std::string body;
    Refusal code;
    char const* field;
};

std::string with_terms(std::string const& terms)
{
    return R"({"loan":"L-1","borrower":"B-1","fund":"F-1","purpose":"养牛","industry":"cattle",)"
           R"("terms":)" +
           terms + "}";
}

std::string person(std::string const& resident_id)
{
    return R"({"borrower":"B-1","name":"罗先国","resident_id":")" + resident_id +
           R"(","household":"H-1","village":"530921206204","party_branch":"复兴村党支部"})";
}

std::vector<BadBody> const bad_bodies{
    // amounts
    {"money as a number", "repay", R"({"amount":100})", Refusal::number_must_be_text, "amount"},
    {"money as a float", "repay", R"({"amount":1234567890123.45})", Refusal::number_must_be_text,
     "amount"},
    {"money as a truth value", "repay", R"({"amount":true})", Refusal::field_wrong_type, "amount"},
    {"no money at all", "repay", R"({"amount":null})", Refusal::field_wrong_type, "amount"},
    {"three decimals", "repay", R"({"amount":"1.005"})", Refusal::amount_malformed, "amount"},
    {"a thousands comma", "repay", R"({"amount":"1,000.00"})", Refusal::amount_malformed, "amount"},
    {"a currency sign", "repay", R"({"amount":"¥1"})", Refusal::amount_malformed, "amount"},
    {"an exponent", "repay", R"({"amount":"1e3"})", Refusal::amount_malformed, "amount"},
    {"10^16 yuan", "repay", R"({"amount":"10000000000000000"})", Refusal::amount_too_large,
     "amount"},
    {"zero", "repay", R"({"amount":"0.00"})", Refusal::amount_must_be_positive, "amount"},
    {"negative", "repay", R"({"amount":"-5"})", Refusal::amount_must_be_positive, "amount"},
    // dates
    {"an impossible day", "repay", R"({"amount":"5","value_on":"2015-02-29"})",
     Refusal::date_malformed, "value_on"},
    {"a day as a number", "repay", R"({"amount":"5","value_on":20160831})",
     Refusal::field_wrong_type, "value_on"},
    {"a day with a time", "repay", R"({"amount":"5","value_on":"2016-08-31T00:00:00Z"})",
     Refusal::date_malformed, "value_on"},
    // fields
    {"nothing", "repay", R"({})", Refusal::field_missing, "amount"},
    {"a misspelled field", "repay", R"({"amount":"5","valueOn":"2016-08-31"})",
     Refusal::field_unknown, "valueOn"},
    {"a part of the path again", "repay", R"({"amount":"5","loan":"L-2"})", Refusal::field_unknown,
     "loan"},
    {"a field twice", "repay", R"({"amount":"5","amount":"6"})", Refusal::json_duplicate_key,
     "amount"},
    // integers
    {"a sequence as text", "reverse", R"({"sequence":"3","reason":"错户"})",
     Refusal::field_wrong_type, "sequence"},
    {"a sequence as a float", "reverse", R"({"sequence":3.0,"reason":"错户"})",
     Refusal::field_wrong_type, "sequence"},
    {"a sequence of zero", "reverse", R"({"sequence":0,"reason":"错户"})",
     Refusal::number_malformed, "sequence"},
    {"a sequence past 64 bits", "reverse", R"({"sequence":9999999999999999999,"reason":"错"})",
     Refusal::number_malformed, "sequence"},
    // texts
    {"an empty reason", "reverse", R"({"sequence":3,"reason":" 　"})", Refusal::text_missing,
     "reason"},
    {"a reason of two lines", "reverse", R"({"sequence":3,"reason":"错\n户"})",
     Refusal::text_has_control_characters, "reason"},
    {"a zero byte in a reason", "reverse", R"({"sequence":3,"reason":"a\u0000b"})",
     Refusal::text_has_control_characters, "reason"},
    {"a long name", "open_fund",
     R"({"fund":"F-1","name":")" + std::string(61, 'a') + R"(","document":"d"})",
     Refusal::text_too_long, "name"},
    // identifiers
    {"a space in a number", "open_fund", R"({"fund":"F 1","name":"n","document":"d"})",
     Refusal::identifier_malformed, "fund"},
    {"a wrong check digit", "register_borrower", person("530921190001010004"),
     Refusal::resident_id_check_digit_wrong, "resident_id"},
    {"a birth date that never was", "register_borrower", person("530921190002300003"),
     Refusal::resident_id_date_impossible, "resident_id"},
    {"seventeen digits", "register_borrower", person("53092119000101000"),
     Refusal::resident_id_malformed, "resident_id"},
    // the industry
    {"an industry that is not on the list", "propose_loan",
     R"({"loan":"L-1","borrower":"B-1",)"
     R"("fund":"F-1","purpose":"建房","industry":"房地产","terms":{"principal":"1",)"
     R"("annual_rate":"4","method":"at_maturity","instalments":1}})",
     Refusal::choice_unknown, "industry"},
    {"an industry by its Chinese name", "propose_loan",
     R"({"loan":"L-1","borrower":"B-1",)"
     R"("fund":"F-1","purpose":"茶","industry":"茶叶","terms":{"principal":"1",)"
     R"("annual_rate":"4","method":"at_maturity","instalments":1}})",
     Refusal::choice_unknown, "industry"},
    // terms
    {"terms as text", "propose_loan", with_terms(R"("none")"), Refusal::field_wrong_type, "terms"},
    {"no principal", "propose_loan", with_terms("{}"), Refusal::field_missing, "terms.principal"},
    {"a rate as a float", "propose_loan",
     with_terms(R"({"principal":"100000","annual_rate":4.75})"), Refusal::number_must_be_text,
     "terms.annual_rate"},
    {"a rate with a percent sign", "propose_loan",
     with_terms(R"({"principal":"100000","annual_rate":"4.75%"})"), Refusal::rate_malformed,
     "terms.annual_rate"},
    {"an unknown method", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"balloon"})"),
     Refusal::choice_unknown, "terms.method"},
    {"an unknown unit", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"at_maturity",)"
                R"("every":{"count":1,"unit":"fortnight"},"instalments":1})"),
     Refusal::choice_unknown, "terms.every.unit"},
    {"a term nobody knows", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"at_maturity",)"
                R"("instalments":1,"commission":"5"})"),
     Refusal::field_unknown, "terms.commission"},
    {"a grace nobody knows", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"equal_principal",)"
                R"("instalments":3,"grace":{"fees":1}})"),
     Refusal::field_unknown, "terms.grace.fees"},
    {"terms that contradict each other", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"equal_principal",)"
                R"("instalments":3,"grace":{"principal":3}})"),
     Refusal::terms_contradict, "terms.grace"},
    {"too many instalments", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"equal_principal",)"
                R"("instalments":601})"),
     Refusal::too_many_instalments, "terms.instalments"},
    {"a remainder that is not supported", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"equal_principal",)"
                R"("instalments":6,"remainder_to":"first"})"),
     Refusal::field_not_supported, "terms.remainder_to"},
    // the command itself
    {"a command nobody knows", "forgive", R"({})", Refusal::choice_unknown, "command"},
};

} // namespace

TEST_CASE("A bad body is refused by name, with the field that is to blame", "[wire]")
{
    auto const row = GENERATE(from_range(bad_bodies));
    INFO(row.what);
    auto const command = read(row.command, row.body, path_for(row.command));
    REQUIRE_FALSE(command.has_value());
    CHECK(name_of(command.error().code) == name_of(row.code));
    CHECK(command.error().field == row.field);
}

TEST_CASE("Every command is read from a whole body and bears its own code", "[wire]")
{
    struct Good {
        char const* code;
        std::string body;
        wire::Path path;
    };
    auto const row = GENERATE(values<Good>({
        {"register_borrower", person("530921190001010003"), {}},
        {"open_fund", R"({"fund":"F-1","name":"扶贫再贷款资金","document":"凤扶〔2015〕1号"})", {}},
        {"pay_into_fund", R"({"amount":"1.00","document":"进账单 7"})", fund_path},
        {"propose_loan",
         with_terms(
             R"({"principal":"1","annual_rate":"4","method":"at_maturity","instalments":1})"),
         {}},
        {"approve_loan", R"({"amount":"1.00"})", loan_path},
        {"disburse", R"({"amount":"1.00"})", loan_path},
        {"repay", R"({"amount":"1.00"})", loan_path},
        {"reverse", R"({"sequence":3,"reason":"错户"})", loan_path},
        {"accrue", R"({})", loan_path},
        {"open_books", R"({})", {}},
        {"close_day", R"({})", {{"date", "2016-08-30"}}},
    }));
    INFO(row.code);
    auto const command = read(row.code, row.body, row.path);
    if (!command) FAIL(name_of(command.error().code) << " " << command.error().field);
    CHECK(code_of(*command) == row.code);
}

TEST_CASE("A day that is left out is the business day, a day that is given is kept", "[wire]")
{
    auto const today_s = read("repay", R"({"amount":"12.30"})", loan_path);
    REQUIRE(today_s.has_value());
    auto const& repay = std::get<Repay>(*today_s);
    CHECK(repay.loan.text() == "L-2015-001");
    CHECK(repay.amount == Money::fen(1230));
    CHECK(repay.value_on == today);

    auto const earlier = read("repay", R"({"amount":"5","value_on":"2016-08-01"})", loan_path);
    REQUIRE(earlier.has_value());
    CHECK(std::get<Repay>(*earlier).value_on == Date{2016, 8, 1});
}

TEST_CASE("A part of the path is checked like a field", "[wire]")
{
    CHECK(read("close_day", "{}", {{"date", "2016-02-30"}}).error() ==
          Refused{Refusal::date_malformed, "date", ""});
    CHECK(read("repay", R"({"amount":"5"})", {{"loan", "a/b"}}).error() ==
          Refused{Refusal::identifier_malformed, "loan", ""});
}
