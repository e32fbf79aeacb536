// What Daifu answers, as JSON: amounts as decimal yuan in text, rates as percent in text, dates
// ISO 8601, instants RFC 3339 in UTC with microseconds, enumerations lower_snake, absent as null.
// Personal data leaves masked. It computes nothing but the sums and shares of what it writes.
#pragma once

#include "ledger/explain.hpp"
#include "ledger/indicator.hpp"
#include "ledger/preview.hpp"
#include "store/execute.hpp"
#include "store/queries.hpp"

#include <boost/json/fwd.hpp>

#include <span>
#include <string>
#include <string_view>

namespace wire {

// --- primitives
/// "2016-08-31T01:02:03.000004Z".
std::string rfc3339(store::Instant);
/// "2016-08-31T05:02:03.000004Z", the fraction may be left out. Refuses date_malformed.
ledger::Result<store::Instant> instant_of(std::string_view);
/// Minor units of a unit by its code: 123456 CNY is "1234.56", 5000 HOUSEHOLD is "0.5000".
std::string minor_units_text(std::int64_t minor_units, std::string_view unit_code);

// --- refusals
/// RFC 9457: {type, title, title_zh, status, code, kind, field, limit, detail, request_id,
/// instance}. `field` and `limit` are null when there are none. The status is the caller's mapping.
boost::json::object problem_json(ledger::Refused const&, int status, std::string_view request_id,
                                 std::string_view instance = {});
/// The same refusal without HTTP: {code, kind, title, title_zh, field, limit}, for the command
/// line.
boost::json::object to_json(ledger::Refused const&);

// --- writes
boost::json::object to_json(store::Receipt const&);
boost::json::object to_json(store::Closing const&);
/// {closings: […]}
boost::json::object closings_json(std::span<store::Closing const>);

// --- parts of a loan
/// The components, the overpayment, and the order that was followed.
boost::json::object to_json(ledger::Allocation const&);
boost::json::object to_json(ledger::Owed const&);
/// Every position by its code.
boost::json::object to_json(ledger::Positions const&);
boost::json::object to_json(ledger::InstalmentState const&);
/// Everything of the fold but the allocations, which stand with their events.
boost::json::object to_json(ledger::LoanState const&);
/// {sequence, type, value_on, booked_on, the fields of its kind, document, reason}
boost::json::object to_json(ledger::LoanEvent const&);
/// {account, subkey, side, unit, amount}
boost::json::object to_json(ledger::Posting const&);
/// {cause, value_on, booked_on, narrative, postings}
boost::json::object to_json(ledger::JournalEntry const&);
boost::json::object to_json(ledger::Input const&);
boost::json::object to_json(ledger::Basis const&);
boost::json::object to_json(ledger::Explanation const&);

// --- reads, one a query
boost::json::object to_json(store::CountyStatus const&);
boost::json::object to_json(store::BorrowerCard const&); ///< resident id masked
boost::json::object to_json(store::FundLine const&);
boost::json::object to_json(store::LoanLine const&);
boost::json::object to_json(store::EntryLine const&);
boost::json::object to_json(store::StatementLine const&);
boost::json::object to_json(store::EntryCard const&);
boost::json::object to_json(ledger::ChartLine const&);
boost::json::object to_json(store::TrialBalanceLine const&);
boost::json::object to_json(store::AccountBalance const&);
boost::json::object to_json(store::PortfolioLine const&);
boost::json::object to_json(store::QualityLine const&);
boost::json::object to_json(ledger::ProgrammeRules const&);
boost::json::object to_json(ledger::BaseRate const&);
boost::json::object to_json(ledger::SubsidyLine const&);
boost::json::object to_json(store::SubsidyClaim const&);
boost::json::object to_json(store::HouseholdLine const&);
/// Households and persons of each figure, and lent and its quotients. Each bears its indicator's
/// code.
boost::json::object to_json(store::LeadingLine const&);
boost::json::object to_json(store::AdministrativeUnit const&);
boost::json::object to_json(store::Check const&);
boost::json::object to_json(ledger::Indicator const&);

// --- whole answers
/// The loan with its state: identity, rules, terms, the state, events with their allocations.
boost::json::object loan_card_json(ledger::Loan const&, ledger::LoanState const&);
/// What settles the loan on a day, opened into its parts.
boost::json::object payoff_json(ledger::Loan const&, ledger::LoanState const&);
/// {command, before, after, entry | null, allocations: [{sequence, before | null, after | null}]}
boost::json::object preview_json(std::string_view command, ledger::Preview const&);
boost::json::object preview_json(std::string_view command, ledger::HouseholdPreview const&);
/// {loan, as_of, steps: […]}
boost::json::object explanation_json(ledger::Loan const&, ledger::Date as_of,
                                     std::span<ledger::Explanation const>);
/// {funds: […]}, {lines: […]} and so on: the list under its name.
boost::json::object funds_json(std::span<store::FundLine const>);
/// {loans: […], next: cursor | null}; the next page exists when this one is full.
boost::json::object loans_json(std::span<store::LoanLine const>, int limit);
boost::json::object entries_json(std::span<store::EntryLine const>, int limit);
boost::json::object statement_json(ledger::LoanNumber const&,
                                   std::span<store::StatementLine const>);
boost::json::object chart_json(std::span<ledger::ChartLine const>);
/// {booked_through, as_of, known_at, lines: […], totals: [{unit, debits, credits, is_balanced}]}
boost::json::object trial_balance_json(std::span<store::TrialBalanceLine const>,
                                       store::BalanceDay const&);
/// {accounts: […], booked_through, as_of, known_at}
boost::json::object account_balances_json(std::span<store::AccountBalance const>,
                                          store::BalanceDay const&);
/// {by, county: {…}, lines: […], indicators: [definitions], from, until}. Each figure bears the
/// code of its indicator. Asserts that the county's line is there, as the last.
boost::json::object portfolio_json(std::span<store::PortfolioLine const>,
                                   std::optional<ledger::Date> from,
                                   std::optional<ledger::Date> until, ledger::Dimension);
/// The same of the quality of the loans.
boost::json::object quality_json(std::span<store::QualityLine const>, ledger::Span,
                                 ledger::Dimension);
/// {step, points: [{from, until, figures}], indicators}
boost::json::object series_json(std::span<store::SeriesPoint const>, ledger::PeriodUnit step);
boost::json::object programme_rules_json(std::span<ledger::ProgrammeRules const>);
boost::json::object base_rates_json(std::span<ledger::BaseRate const>);
boost::json::object class_floors_json(std::span<store::Authorised<ledger::ClassFloor> const>);
boost::json::object provision_rates_json(std::span<store::Authorised<ledger::ProvisionRate> const>);
boost::json::object subsidy_schemes_json(std::span<store::Authorised<ledger::SubsidyScheme> const>);
boost::json::object holidays_json(std::span<store::Authorised<store::Holiday> const>);
/// The household with its state as of a day: who it is, how it stands, claims, steps of its exit,
/// incomes, survey, events.
boost::json::object household_card_json(ledger::Household const&, ledger::HouseholdState const&);
/// {households: […], next: cursor | null}
boost::json::object households_json(std::span<store::HouseholdLine const>, int limit);
/// Says what a statistic knew: "known_at" and "later_entries", both null where it is of now.
void add_knowledge(boost::json::object& out, std::optional<store::Instant> known_at,
                   store::LaterEntries const&);
/// {as_of, by, county, lines: […], indicators: [definitions]}. Asserts that the county's line is
/// there.
boost::json::object leading_json(std::span<store::LeadingLine const>,
                                 std::optional<ledger::Date> as_of, ledger::Dimension);
boost::json::object to_json(store::FundFigures const&);
/// {as_of, county, lines: […], indicators: [definitions]}
boost::json::object fund_figures_json(std::span<store::FundFigures const>,
                                      std::optional<ledger::Date> as_of);
/// {step, points: [{from, until, and the figures}], indicators}
boost::json::object leading_series_json(std::span<store::LeadingPoint const>, ledger::PeriodUnit);
/// {indicator, by, key, from, as_of, count, sum, parts: […], next: cursor | null}
boost::json::object parts_json(ledger::Indicator const&, store::PartFilter const& asked,
                               store::CountedParts const&);
boost::json::object leading_rules_json(std::span<ledger::LeadingRules const>);
boost::json::object poverty_lines_json(std::span<ledger::PovertyLine const>);
/// {from, until, claims: […], totals}
boost::json::object subsidy_claims_json(ledger::Date from, ledger::Date until,
                                        std::span<store::SubsidyClaim const>);
boost::json::object administrative_units_json(std::span<store::AdministrativeUnit const>);
/// {is_sound, checks: […]}
boost::json::object doctor_json(std::span<store::Check const>);
boost::json::object indicators_json();

} // namespace wire
