// Bodies become commands: one table of bad bodies, one good body a command.
#include "wire/commands.hpp"
#include "wire/happenings.hpp"

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
    if (code == "pay_into_fund" || code == "pay_into_risk_fund") return fund_path;
    return wire::event_kind_of_command(code) != nullptr ? loan_path : none;
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
    {"a remainder to the first of equal instalments", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"equal_instalments",)"
                R"("instalments":6,"remainder_to":"first"})"),
     Refusal::terms_contradict, "terms.remainder_to"},
    {"a rate that is fixed and follows", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"equal_principal",)"
                R"("instalments":6,"pricing":{"reset":"never"}})"),
     Refusal::terms_contradict, "terms.annual_rate"},
    {"a pricing without its reset", "propose_loan",
     with_terms(R"({"principal":"1","method":"equal_principal","instalments":6,"pricing":{}})"),
     Refusal::field_missing, "terms.pricing.reset"},
    {"points as a number", "propose_loan",
     with_terms(R"({"principal":"1","method":"equal_principal","instalments":6,)"
                R"("pricing":{"reset":"never","points_percent":-1.5}})"),
     Refusal::number_must_be_text, "terms.pricing.points_percent"},
    {"points with two signs", "propose_loan",
     with_terms(R"({"principal":"1","method":"equal_principal","instalments":6,)"
                R"("pricing":{"reset":"never","points_percent":"--1.5"}})"),
     Refusal::rate_malformed, "terms.pricing.points_percent"},
    {"a part of principal by share and amount", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"principal_plan",)"
                R"("principal_plan":[{"on":"2017-01-01","amount":"1","share_percent":"100"}]})"),
     Refusal::terms_contradict, "terms.principal_plan[0].share_percent"},
    {"a part of principal without a day", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"principal_plan",)"
                R"("principal_plan":[{"amount":"1"}]})"),
     Refusal::field_missing, "terms.principal_plan[0].on"},
    {"interest that follows as text", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"at_maturity",)"
                R"("instalments":1,"interest_follows":"yes"})"),
     Refusal::field_wrong_type, "terms.interest_follows"},
    {"holidays of a loan in the books", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"at_maturity",)"
                R"("instalments":1,"holidays":["2016-10-01"]})"),
     Refusal::field_unknown, "terms.holidays"},
    {"a scheme that is not a text", "propose_loan",
     with_terms(R"({"principal":"1","annual_rate":"4","method":"at_maturity",)"
                R"("instalments":1,"subsidy_scheme":null})"),
     Refusal::field_wrong_type, "terms.subsidy_scheme"},
    // events
    {"an unknown use in advance", "repay", R"({"amount":"5","in_advance":"all"})",
     Refusal::choice_unknown, "in_advance"},
    {"a waiver of nothing named", "waive", R"({"amount":"5","reason":"困难"})",
     Refusal::field_missing, "component"},
    {"a waiver of fees", "waive", R"({"component":"fees","amount":"5","reason":"困难"})",
     Refusal::choice_unknown, "component"},
    {"an extension without its day", "extend_loan", R"({"document":"d"})", Refusal::field_missing,
     "until"},
    {"a rescheduling by a plan of principal", "reschedule_loan",
     R"({"method":"principal_plan","instalments":1,"document":"d"})", Refusal::field_not_supported,
     "method"},
    {"a rescheduling over 601 instalments", "reschedule_loan",
     R"({"method":"equal_principal","instalments":601,"document":"d"})", Refusal::number_malformed,
     "instalments"},
    {"a class nobody knows", "classify_loan", R"({"risk_class":"bad","reason":"r"})",
     Refusal::choice_unknown, "risk_class"},
    {"no class at all", "classify_loan", R"({"reason":"r"})", Refusal::field_missing, "risk_class"},
    {"a second person as a number", "classify_loan",
     R"({"risk_class":null,"has_second_person":1,"reason":"r"})", Refusal::field_wrong_type,
     "has_second_person"},
    {"an amount of a write-off", "write_off", R"({"amount":"5","document":"d"})",
     Refusal::field_unknown, "amount"},
    {"an empty document", "compensate", R"({"amount":"5","document":""})", Refusal::text_missing,
     "document"},
    {"a document of a reversal", "reverse", R"({"sequence":3,"reason":"r","document":"d"})",
     Refusal::field_unknown, "document"},
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
        {"pay_into_risk_fund", R"({"amount":"1.00","document":"进账单 8"})", fund_path},
        {"approve_loan", R"({"amount":"1.00"})", loan_path},
        {"disburse", R"({"amount":"1.00"})", loan_path},
        {"repay", R"({"amount":"1.00","in_advance":"next_instalment"})", loan_path},
        {"reverse", R"({"sequence":3,"reason":"错户"})", loan_path},
        {"refund_overpayment", R"({"amount":"1.00"})", loan_path},
        {"waive", R"({"component":"penalty","amount":"1.00","reason":"受灾"})", loan_path},
        {"charge_cost", R"({"amount":"1.00","reason":"诉讼费"})", loan_path},
        {"change_rate", R"({"annual_rate":"4.35","document":"文号"})", loan_path},
        {"extend_loan", R"({"until":"2017-01-01","document":"文号"})", loan_path},
        {"reschedule_loan", R"({"method":"interest_only","instalments":3,"document":"文号"})",
         loan_path},
        {"pause_interest", R"({"until":"2017-01-01","document":"文号"})", loan_path},
        {"declare_misuse", R"({"reason":"挪用"})", loan_path},
        {"classify_loan", R"({"risk_class":"doubtful","reason":"病故"})", loan_path},
        {"provision_loan", R"({})", loan_path},
        {"expire_approval", R"({})", loan_path},
        {"write_off", R"({"document":"文号"})", loan_path},
        {"recover", R"({"amount":"1.00"})", loan_path},
        {"compensate", R"({"amount":"1.00","document":"文号"})", loan_path},
        {"claim_subsidy", R"({"amount":"1.00","document":"文号"})", loan_path},
        {"receive_subsidy", R"({"amount":"1.00","document":"文号"})", loan_path},
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
    auto const& repay = std::get<RecordEvent>(*today_s);
    CHECK(repay.loan.text() == "L-2015-001");
    CHECK(repay.what == Happening{Repaid{Money::fen(1230)}});
    CHECK(repay.value_on == today);

    auto const earlier = read("repay", R"({"amount":"5","value_on":"2016-08-01"})", loan_path);
    REQUIRE(earlier.has_value());
    CHECK(std::get<RecordEvent>(*earlier).value_on == Date{2016, 8, 1});
}

TEST_CASE("A part of the path is checked like a field", "[wire]")
{
    CHECK(read("close_day", "{}", {{"date", "2016-02-30"}}).error() ==
          Refused{Refusal::date_malformed, "date", ""});
    CHECK(read("repay", R"({"amount":"5"})", {{"loan", "a/b"}}).error() ==
          Refused{Refusal::identifier_malformed, "loan", ""});
}

TEST_CASE("The kinds of event are the core's own, each by its own names", "[wire]")
{
    auto const kinds = wire::event_kinds();
    REQUIRE(kinds.size() == std::variant_size_v<Happening>);
    auto const body = wire::parse_object(
        R"({"amount":"1","sequence":1,"component":"penalty","annual_rate":"4",)"
        R"("until":"2017-01-01","method":"at_maturity","instalments":1,"risk_class":"loss"})");
    REQUIRE(body.has_value());
    for (std::size_t n = 0; n < kinds.size(); ++n) {
        INFO(kinds[n].type);
        wire::ObjectReader reader{*body};
        Happening const what = kinds[n].read(reader);
        CHECK(reader.is_good());
        CHECK(what.index() == n);
        CHECK(code_of(what) == kinds[n].type);
        bool const is_reversal = std::holds_alternative<Reversed>(what);
        CHECK(kinds[n].command ==
              (is_reversal ? "reverse" : code_of(Command{RecordEvent{{}, today, what, {}, {}}})));
    }
}
