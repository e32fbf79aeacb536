// Method, path, query parameters, handler. A write names its command.
#include "daifud/routes.hpp"

#include "daifud/adapt.hpp"
#include "daifud/handlers.hpp"

#include "wire/schedule.hpp"

#include <boost/json/object.hpp>

namespace daifud {

std::vector<http::Route> routes(Service& s)
{
    // clang-format off
    return {
        {"POST", "/v1/borrowers",                  {}, write(s, "register_borrower")},
        {"GET",  "/v1/borrowers/{borrower}",       {}, read(s, borrower_card)},
        {"POST", "/v1/funds",                      {}, write(s, "open_fund")},
        {"GET",  "/v1/funds",                      {}, read(s, fund_list)},
        {"POST", "/v1/funds/{fund}/payments",      {}, write(s, "pay_into_fund")},
        {"POST", "/v1/loans",                      {}, write(s, "propose_loan")},
        {"GET",  "/v1/loans",     {"township", "borrower", "after", "limit"}, read(s, loan_list)},
        {"GET",  "/v1/loans/{loan}",               {"as_of"}, read(s, loan_card)},
        {"GET",  "/v1/loans/{loan}/statement",     {}, read(s, loan_statement)},
        {"GET",  "/v1/explain/loan/{loan}",        {"as_of"}, read(s, loan_explanation)},
        {"POST", "/v1/loans/{loan}/approval",      {}, write(s, "approve_loan")},
        {"POST", "/v1/loans/{loan}/disbursements", {}, write(s, "disburse")},
        {"POST", "/v1/loans/{loan}/repayments",    {}, write(s, "repay")},
        {"POST", "/v1/loans/{loan}/reversals",     {}, write(s, "reverse")},
        {"POST", "/v1/books/opening",              {}, write(s, "open_books")},
        {"POST", "/v1/days/{date}/closing",        {}, close_day(s)},
        {"POST", "/v1/schedules",                  {}, compute(s, wire::schedule_answer)},

        {"GET",  "/v1/county",                     {}, read(s, county_card)},
        {"GET",  "/v1/entries/{number}",           {}, read(s, entry_card)},
        {"GET",  "/v1/trial-balance",              {"booked_through"}, read(s, trial_balance)},
        {"GET",  "/v1/statistics/portfolio", {"from", "until", "township"}, read(s, portfolio)},
        {"GET",  "/v1/indicators",                 {}, read(s, indicators)},
        {"GET",  "/v1/chart-of-accounts",          {}, read(s, chart_of_accounts)},
        {"GET",  "/v1/programme-rules",            {}, read(s, programme_rules)},
        {"GET",  "/v1/base-rates",                 {}, read(s, base_rates)},
        {"GET",  "/v1/administrative-units",       {}, read(s, administrative_units)},
        {"GET",  "/v1/doctor",                     {}, audit(s, self_check)},

        {"GET",  "/healthz",                       {}, alive()},
        {"GET",  "/readyz",                        {}, ready(s)},
        {"GET",  "/metrics",                       {}, figures(s)},
        {"GET",  "/openapi.yaml",                  {}, description()},
        {"GET",  "/",                              {}, reference_page(s)},
        {"GET",  "/docs",                          {}, reference_page(s)},
        {"GET",  "/docs/problems",                 {}, problem_page()},
        {"GET",  "/docs/assets/{file}",            {}, page_file(s)},
    };
    // clang-format on
}

} // namespace daifud
