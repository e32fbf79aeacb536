// What each resource answers. A handler translates: parameters in, one query (or one function of
// the core), JSON out. No rule, no arithmetic, no SQL, no status code.
#pragma once

#include "daifud/adapt.hpp"
#include "daifud/reading.hpp"
#include "daifud/service.hpp"

#include "http/message.hpp"

#include <boost/json/fwd.hpp>

namespace daifud {

using Answer = ledger::Result<boost::json::object>;

// borrowers.cpp
Answer borrower_card(Reading const&);
Answer find_borrowers(Reading const&);
Answer record_contact(Reading const&);
Answer reveal_personal(Reading const&);
// funds.cpp
Answer fund_list(Reading const&);
// loans.cpp
Answer loan_list(Reading const&);
Answer loan_card(Reading const&);
Answer loan_statement(Reading const&);
Answer loan_explanation(Reading const&);
Answer loan_payoff(Reading const&);
Answer subsidy_claims(Reading const&);
// households.cpp
Answer household_list(Reading const&);
Answer household_card(Reading const&);
// registers.cpp
Answer branch_list(Reading const&);
Answer member_list(Reading const&);
Answer poor_member_list(Reading const&);
Answer person_list(Reading const&);
Answer target_list(Reading const&);
Answer responsibility_list(Reading const&);
Answer village_list(Reading const&);
Answer village_coverage(Reading const&);
Answer reach(Reading const&);
Answer plan(Reading const&);
Answer register_facts(Reading const&);
// evidence.cpp
Answer evidence_list(Reading const&);
// books.cpp
Answer county_card(Reading const&);
Answer entry_card(Reading const&);
Answer entry_list(Reading const&);
Answer trial_balance(Reading const&);
Answer self_check(Reading const&, store::EvidenceFiles const&);
// statistics.cpp
Answer portfolio(Reading const&);
Answer portfolio_series(Reading const&);
Answer quality(Reading const&);
Answer fund_statistics(Reading const&);
Answer leading_series(Reading const&);
/// What another handler answers of days that have been: what is not yet due is not unpaid. Refuses
/// date_in_future (as_of after today, until after tomorrow).
Answer statistic(Reading const&, Answer (*)(Reading const&));
/// The same as a table to save.
ledger::Result<Document> statistics_table(Reading const&, Answer (*)(Reading const&));
Answer leading(Reading const&);
/// The day that a statistic is of where none is asked for.
ledger::Date books_day(Reading const&);
/// ?by= of a statistic. Refuses choice_unknown (not one by which it is split).
ledger::Result<ledger::Dimension>
dimension(Reading const&, ledger::Report, ledger::Dimension fallback = ledger::Dimension::township);
// indicators.cpp
Answer indicators(Reading const&);
Answer indicator_parts(Reading const&);
// reports.cpp
Answer work_report(Reading const&);
// public_edition.cpp
Answer public_statistics(Reading const&);
ledger::Result<Document> public_statistics_csv(Reading const&);
ledger::Result<Document> work_report_page(Reading const&);
ledger::Result<Document> work_report_sheet(Reading const&);
// reference.cpp
Answer chart_of_accounts(Reading const&);
Answer programme_rules(Reading const&);
Answer base_rates(Reading const&);
Answer class_floors(Reading const&);
Answer provision_rates(Reading const&);
Answer subsidy_schemes(Reading const&);
Answer holidays(Reading const&);
Answer leading_rules(Reading const&);
Answer poverty_lines(Reading const&);
Answer approval_bands(Reading const&);
Answer retention_rules(Reading const&);
Answer administrative_units(Reading const&);

// health.cpp
http::Handler alive();
http::Handler ready(Service&);
/// Whoever asks whether it is ready does not wait long; then not_known_ready() answers.
inline constexpr std::chrono::milliseconds ready_within{3'000};
http::Response not_known_ready();
http::Handler figures(Service&);
// docs.cpp
http::Handler description();
http::Handler reference_page(Service&);
http::Handler problem_page();
http::Handler page_file(Service&);
// web.cpp
/// A page of the built web_directory, by its name there; route_not_found where it was not built.
http::Handler web_page(Service&, std::string name);
/// A file that those pages name.
http::Handler web_file(Service&);

} // namespace daifud
