// Method, path, query parameters, handler. A write names its command. Whatever happens to a loan or
// to a household has two routes each, its command and the preview of it, and every fact of the
// registers one, made from the tables of their kinds.
#include "daifud/routes.hpp"

#include "daifud/adapt.hpp"
#include "daifud/evidence.hpp"
#include "daifud/handlers.hpp"
#include "daifud/kiosk.hpp"
#include "daifud/pending.hpp"
#include "daifud/sign_in.hpp"

#include "wire/happenings.hpp"
#include "wire/household_happenings.hpp"
#include "wire/register_facts.hpp"
#include "wire/schedule.hpp"

#include <boost/json/object.hpp>

namespace daifud {

namespace {

/// What reads or closes all the books may take this long.
constexpr std::chrono::minutes long_work{15};

/// The addresses of a kind of event, of a loan or of a household.
struct EventRoute {
    std::string_view code; ///< of its command
    std::string command;   ///< "/v1/loans/{loan}/repayments"
    std::string preview;   ///< "/v1/loans/{loan}/repayments/preview"
};

/// Kept for as long as the program runs: a route only points to its pattern.
std::vector<EventRoute> const& event_routes()
{
    static std::vector<EventRoute> const routes = [] {
        std::vector<EventRoute> made;
        for (wire::EventKind const& kind : wire::event_kinds()) {
            std::string const address = "/v1/loans/{loan}/" + std::string{kind.resource};
            made.push_back({kind.command, address, address + "/preview"});
        }
        return made;
    }();
    return routes;
}

/// Of a household; its registration is in the table.
std::vector<EventRoute> const& household_routes()
{
    static std::vector<EventRoute> const routes = [] {
        std::vector<EventRoute> made;
        for (wire::HouseholdEventKind const& kind : wire::household_event_kinds()) {
            if (kind.resource.empty()) continue;
            std::string const address = "/v1/households/{household}/" + std::string{kind.resource};
            made.push_back({kind.command, address, address + "/preview"});
        }
        return made;
    }();
    return routes;
}

/// The registers beside the households; every fact has the address of its kind.
std::vector<http::Route> register_routes(Service& s)
{
    // clang-format off
    std::vector<http::Route> table{
        {"GET",  "/v1/branches", "read_registers",     {"as_of", "township", "known_at", "after", "limit"},
                                                   read(s, branch_list)},
        {"GET",  "/v1/members", "read_registers",      {"as_of", "township", "branch", "known_at", "after",
                                      "limit"},
                                                   read(s, member_list)},
        {"GET",  "/v1/poor-members", "read_registers", {"as_of", "township", "known_at", "after", "limit"},
                                                   read(s, poor_member_list)},
        {"GET",  "/v1/persons", "read_households", {"as_of", "township", "household", "known_at", "after", "limit"},
                                                   read(s, person_list)},
        {"GET",  "/v1/targets", "read_registers",      {"as_of", "township", "known_at", "after", "limit"},
                                                   read(s, target_list)},
        {"GET",  "/v1/responsibilities", "read_registers", {"as_of", "township", "overdue", "known_at",
                                          "after", "limit"},
                                                   read(s, responsibility_list)},
        {"GET",  "/v1/villages", "read_registers",     {"as_of", "township", "known_at", "after", "limit"},
                                                   read(s, village_list)},
        {"GET",  "/v1/register-facts", "read_registers",             {"register", "subject"}, read(s, register_facts)},
        {"POST", "/v1/register-facts/reversals", wire::fact_reversal_command,   {}, write(s, wire::fact_reversal_command)},
        {"POST", "/v1/evidence", "keep_evidence", {"taken_on", "place", "description"}, keep_evidence(s),
                                                   ledger::evidence_bytes_limit},
        {"GET",  "/v1/evidence", "read_households",                   {"after", "limit"}, read(s, evidence_list)},
        {"GET",  "/v1/evidence/{digest}", "read_households",          {}, document(s, [&s](Reading const& reading) {
                                                       return evidence_file(reading, s.evidence);
                                                   })},
    };
    // clang-format on
    for (wire::FactKind const& kind : wire::fact_kinds()) {
        table.push_back({"POST", kind.address, kind.command, {}, write(s, kind.command)});
    }
    return table;
}

/// The figures of the programme; each has a second address that answers them as a table.
std::vector<http::Route> statistics_routes(Service& s)
{
    struct Statistic {
        std::string_view address, table;
        std::vector<std::string_view> parameters;
        Answer (*answer)(Reading const&);
    };
    // clang-format off
    Statistic const all[]{
        {"/v1/statistics/portfolio", "/v1/statistics/portfolio.csv",
         {"from", "until", "township", "by", "known_at"}, portfolio},
        {"/v1/statistics/series", "/v1/statistics/series.csv",
         {"from", "until", "step", "known_at"}, portfolio_series},
        {"/v1/statistics/quality", "/v1/statistics/quality.csv",
         {"from", "until", "by", "known_at"}, quality},
        {"/v1/statistics/leading", "/v1/statistics/leading.csv",
         {"as_of", "by", "known_at"}, leading},
        {"/v1/statistics/leading-series", "/v1/statistics/leading-series.csv",
         {"from", "until", "step", "known_at"}, leading_series},
        {"/v1/statistics/funds", "/v1/statistics/funds.csv",
         {"as_of", "known_at"}, fund_statistics},
        {"/v1/statistics/reach", "/v1/statistics/reach.csv", {"as_of", "known_at"}, reach},
        {"/v1/statistics/villages", "/v1/statistics/villages.csv",
         {"as_of", "known_at"}, village_coverage},
        {"/v1/statistics/plan", "/v1/statistics/plan.csv", {"as_of", "year", "known_at"}, plan},
    };
    // clang-format on
    std::vector<http::Route> table;
    for (Statistic const& each : all) {
        table.push_back({"GET", each.address, "read_statistics", each.parameters,
                         read_figures(s, [answer = each.answer](Reading const& reading) {
                             return statistic(reading, answer);
                         })});
        table.push_back({"GET", each.table, "read_statistics", each.parameters,
                         document_of_figures(s, [answer = each.answer](Reading const& reading) {
                             return statistics_table(reading, answer);
                         })});
    }
    return table;
}

/// What the books rest on.
std::vector<http::Route> programme_routes(Service& s)
{
    // clang-format off
    return {
        {"GET",  "/v1/chart-of-accounts", "read_programme",          {}, read(s, chart_of_accounts)},
        {"GET",  "/v1/programme-rules", "read_programme",            {}, read(s, programme_rules)},
        {"GET",  "/v1/base-rates", "read_programme",                 {}, read(s, base_rates)},
        {"GET",  "/v1/class-floors", "read_programme",               {}, read(s, class_floors)},
        {"GET",  "/v1/provision-rates", "read_programme",            {}, read(s, provision_rates)},
        {"GET",  "/v1/subsidy-schemes", "read_programme",            {}, read(s, subsidy_schemes)},
        {"GET",  "/v1/holidays", "read_programme",                   {}, read(s, holidays)},
        {"GET",  "/v1/leading-rules", "read_programme",              {}, read(s, leading_rules)},
        {"GET",  "/v1/poverty-lines", "read_programme",              {}, read(s, poverty_lines)},
        {"GET",  "/v1/approval-bands", "read_programme",              {}, read(s, approval_bands)},
        {"GET",  "/v1/retention-rules","read_programme",              {}, read(s, retention_rules)},
        {"GET",  "/v1/administrative-units", "read_programme",       {}, read(s, administrative_units)},
    };
    // clang-format on
}

/// Of the service itself: its health, its figures, its own description.
std::vector<http::Route> service_routes(Service& s)
{
    // clang-format off
    return {
        {"GET",  "/healthz", "open",                       {}, alive()},
        {"GET",  "/readyz", "open",                        {}, ready(s), 0, ready_within,
                                                   not_known_ready},
        {"GET",  "/metrics", "open",                       {}, figures(s)},
        {"GET",  "/openapi.yaml", "open",                  {}, description()},
        {"GET",  "/", "open",                              {}, reference_page(s)},
        {"GET",  "/docs", "open",                          {}, reference_page(s)},
        {"GET",  "/docs/problems", "open",                 {}, problem_page()},
        {"GET",  "/docs/assets/{file}", "open",            {}, page_file(s)},
        {"GET",  "/assets/{file}", "open",                 {}, web_file(s)},
        {"GET",  "/c/{screen...}", "open",                 {}, web_page(s, "console.html")},
        {"GET",  "/a/{screen...}", "open",                 {}, web_page(s, "console.html")},
        {"GET",  "/d/{screen...}", "open",                 {}, web_page(s, "console.html")},
        {"GET",  "/m/{screen...}", "open",                 {}, web_page(s, "console.html")},
    };
    // clang-format on
}

} // namespace

std::vector<http::Route> routes(Service& s)
{
    // clang-format off
    std::vector<http::Route> table{
        {"POST", "/v1/borrowers", "register_borrower",                  {}, write(s, "register_borrower")},
        {"GET",  "/v1/borrowers/{borrower}", "read_loans",       {}, read(s, borrower_card)},
        {"POST", "/v1/borrowers/searches", "read_loans",         {}, at_desk(s, find_borrowers)},
        {"POST", "/v1/borrowers/{borrower}/contact", "record_contact", {}, at_desk(s, record_contact)},
        {"POST", "/v1/borrowers/{borrower}/revelations", "read_personal", {},
                                                   at_desk(s, reveal_personal)},
        {"POST", "/v1/funds", "open_fund",                      {}, write(s, "open_fund")},
        {"GET",  "/v1/funds", "read_statistics",                      {}, read(s, fund_list)},
        {"POST", "/v1/funds/{fund}/payments", "pay_into_fund",      {}, write(s, "pay_into_fund")},
        {"POST", "/v1/funds/{fund}/risk-payments", "pay_into_risk_fund", {}, write(s, "pay_into_risk_fund")},
        {"POST", "/v1/loans", "propose_loan",                      {}, write(s, "propose_loan")},
        {"GET",  "/v1/loans", "read_loans",     {"township", "borrower", "after", "limit"}, read(s, loan_list)},
        {"GET",  "/v1/loans/{loan}", "read_loans",               {"as_of"}, read(s, loan_card)},
        {"GET",  "/v1/loans/{loan}/statement", "read_loans",     {}, read(s, loan_statement)},
        {"GET",  "/v1/explain/loan/{loan}", "read_loans",        {"as_of"}, read(s, loan_explanation)},
        {"GET",  "/v1/loans/{loan}/payoff", "read_loans",        {"on"}, read(s, loan_payoff)},
        {"GET",  "/v1/subsidy-claims", "read_loans",             {"from", "until"}, read(s, subsidy_claims)},
        {"POST", "/v1/households", "register_household",                 {}, write(s, "register_household")},
        {"GET",  "/v1/households", "read_households", {"township", "standing", "borrower", "after", "limit"},
                                                   read(s, household_list)},
        {"GET",  "/v1/households/{household}", "read_households",     {"as_of"}, read(s, household_card)},
        {"POST", "/v1/books/opening", "open_books",              {}, write(s, "open_books")},
        {"POST", "/v1/days/{date}/closing", "close_day",        {}, close_day(s), 0, long_work},
        {"POST", "/v1/schedules", "calculate",                  {}, compute(s, wire::schedule_answer)},

        {"GET",  "/v1/county", "read_programme",                     {}, read(s, county_card)},
        {"GET",  "/v1/entries", "read_books",   {"booked_on", "actor", "subject", "township", "before", "limit"},
                                                   read(s, entry_list)},
        {"GET",  "/v1/entries/{number}", "read_books",           {}, read(s, entry_card)},
        {"GET",  "/v1/trial-balance", "read_books",              {"booked_through", "as_of", "known_at"}, read(s, trial_balance)},
        {"GET",  "/v1/statistics/stream", "read_statistics",          {}, live_statistics(s)},
        {"GET",  "/v1/public/statistics", "open",          {}, cacheable(read_figures(s, public_statistics))},
        {"GET",  "/v1/public/statistics.csv", "open",      {},
                                                   cacheable(document_of_figures(s, public_statistics_csv))},
        {"GET",  "/v1/reports/work", "read_statistics",               {"township", "year"}, read_figures(s, work_report)},
        {"GET",  "/v1/reports/work.html", "read_statistics", {"township", "year"}, document_of_figures(s, work_report_page)},
        {"GET",  "/v1/reports/work.xlsx", "read_statistics", {"township", "year"}, document_of_figures(s, work_report_sheet)},
        {"GET",  "/v1/indicators", "read_programme",                 {}, read(s, indicators)},
        {"GET",  "/v1/explain/indicator/{code}", "explain_figures",
                                  {"from", "as_of", "by", "key", "known_at", "after", "limit"},
                                                   read_figures(s, [](Reading const& reading) {
                                                       return statistic(reading, indicator_parts);
                                                   })},
        {"GET",  "/v1/doctor", "check_books",                     {}, audit(s, [&s](Reading const& reading) {
                                                       return self_check(reading, s.evidence);
                                                   }), 0, long_work},
    };
    // clang-format on
    for (EventRoute const& route : event_routes()) {
        table.push_back({"POST", route.command, route.code, {}, checked(s, route.code)});
        table.push_back({"POST", route.preview, route.code, {}, preview(s, route.code)});
    }
    for (EventRoute const& route : household_routes()) {
        table.push_back({"POST", route.command, route.code, {}, checked(s, route.code)});
        table.push_back({"POST", route.preview, route.code, {}, preview_household(s, route.code)});
    }
    for (http::Route& route : register_routes(s)) table.push_back(std::move(route));
    for (http::Route& route : statistics_routes(s)) table.push_back(std::move(route));
    for (http::Route& route : programme_routes(s)) table.push_back(std::move(route));
    for (http::Route& route : service_routes(s)) table.push_back(std::move(route));
    for (http::Route& route : pending_routes(s)) table.push_back(std::move(route));
    for (http::Route& route : access_routes(s)) table.push_back(std::move(route));
    for (http::Route& route : kiosk_routes(s)) table.push_back(std::move(route));
    // What nobody has ruled on, nobody may.
    for (http::Route const& route : table) LEDGER_ASSERT(ledger::permission_for(route.operation));
    return table;
}

} // namespace daifud
