// Reading what only the loan engine can say: what a command would change, and what subsidy a span
// of days bears. Loads, folds, and computes nothing of its own.
#include "ledger/store/batch.hpp"
#include "ledger/store/grouped_loans.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"
#include "store/queries.hpp"

namespace store {

namespace json = boost::json;
using ledger::CountyCode;
using ledger::Date;
using ledger::Money;
using ledger::Refusal;

namespace {

std::optional<Date> date_in(pqxx::field const& field)
{
    if (field.is_null()) return std::nullopt;
    return stored<Date>(field.c_str());
}

/// Where the books stand, without a lock; nullopt when there are none.
std::optional<CountyState> state_of(pqxx::transaction_base& transaction, CountyCode const& county)
{
    auto const rows = transaction.exec_params(
        "SELECT opened_on, closed_through FROM ledger.county_status WHERE county_code = $1",
        county.text());
    if (rows.empty()) return std::nullopt;
    CountyState state;
    state.opened_on = date_in(rows[0][0]);
    state.closed_through = date_in(rows[0][1]);
    return state;
}

template <class Value> std::optional<Value> copied(Value const* value)
{
    return value ? std::optional{*value} : std::nullopt;
}

SubsidyClaim claim_of(ledger::Loan const& loan, std::string borrower_name, ledger::Span span)
{
    auto const* scheme = loan.programme->subsidy_scheme(loan.terms.subsidy_scheme);
    LEDGER_ASSERT(scheme != nullptr);
    ledger::Span const so_far{ledger::all_days.from, span.until};
    SubsidyClaim claim;
    claim.loan = loan.number;
    claim.borrower = loan.borrower;
    claim.borrower_name = std::move(borrower_name);
    claim.scheme = scheme->code;
    claim.paid_to = scheme->paid_to;
    claim.due = ledger::subsidy_due(loan, span);
    claim.claimed = ledger::subsidy_claimed(loan, span);
    claim.received = ledger::subsidy_received(loan, span);
    claim.unclaimed =
        ledger::fold(loan, span.until).subsidy - ledger::subsidy_claimed(loan, so_far);
    claim.lines = ledger::subsidy_lines(loan, span);
    return claim;
}

bool is_anything(SubsidyClaim const& claim)
{
    return !claim.due.is_zero() || !claim.claimed.is_zero() || !claim.received.is_zero() ||
           !claim.unclaimed.is_zero();
}

/// What `show` makes of the command in the books as they are now; nothing is locked or kept.
template <class Shown>
ledger::Result<Shown>
previewed(Database& reader, CountyCode const& county, ledger::Command const& command,
          Date booked_on, ledger::UnitCode const& confined_to,
          ledger::Result<Shown> (*show)(ledger::Situation const&, ledger::Command const&))
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const state = state_of(transaction, county);
        if (!state) {
            return ledger::Result<Shown>{
                ledger::refuse(Refusal::county_not_found, "county", county.text())};
        }
        Envelope const envelope{county, {}, {}, {}, booked_on, command};
        auto const books = load_books(transaction, county, *state, touched_by({&envelope}),
                                      nullptr); // no preview registers anybody
        auto const now = books.situation_for(command, booked_on);
        auto const own = ledger::check_place(confined_to, place_of(command, now));
        if (!own) return ledger::Result<Shown>{std::unexpected{own.error()}};
        return show(now, command);
    });
}

} // namespace

ledger::Result<std::vector<SubsidyClaim>> subsidy_claims(Database& reader, CountyCode const& county,
                                                         Date from, Date until)
{
    using Claims = ledger::Result<std::vector<SubsidyClaim>>;
    if (until <= from) return ledger::refuse(Refusal::date_too_early, "until", from.text());
    return reading(reader, county, [&](pqxx::transaction_base& transaction) -> Claims {
        if (!state_of(transaction, county))
            return ledger::refuse(Refusal::county_not_found, "county", county.text());
        auto const programme = load_programme(transaction, county);
        auto const rows = transaction.exec_params(
            "SELECT l.body, b.name FROM ledger.loan_for_engine l"
            " JOIN register.borrowers b USING (county_code, borrower_number)"
            " WHERE l.county_code = $1 AND l.subsidy_scheme IS NOT NULL ORDER BY l.loan_number",
            county.text());
        std::vector<SubsidyClaim> claims;
        for (auto const& row : rows) {
            auto const loan = loan_from(json::parse(row[0].c_str()).as_object(), programme);
            auto claim = claim_of(loan, row[1].c_str(), {from, until});
            if (is_anything(claim)) claims.push_back(std::move(claim));
        }
        return claims;
    });
}

ledger::Result<std::vector<QualityLine>> quality(Database& reader, CountyCode const& county,
                                                 ledger::Span span, ledger::Dimension by,
                                                 std::optional<Instant> known_at)
{
    using Lines = ledger::Result<std::vector<QualityLine>>;
    if (span.until <= span.from)
        return ledger::refuse(Refusal::date_too_early, "until", span.from.text());
    return reading(reader, county, [&](pqxx::transaction_base& transaction) -> Lines {
        if (!state_of(transaction, county))
            return ledger::refuse(Refusal::county_not_found, "county", county.text());
        std::map<std::string, QualityLine> groups;
        QualityLine whole;
        each_grouped_loan(transaction, county, by, {}, known_at,
                          [&](ledger::Loan const& loan, Group const& of) {
                              auto const one = ledger::quality(loan, span);
                              whole.quality += one;
                              auto& group = groups[of.key];
                              group.key = of.key;
                              group.name = of.name;
                              group.quality += one;
                          });
        std::vector<QualityLine> lines;
        for (auto& [key, line] : groups)
            if (by != ledger::Dimension::county) lines.push_back(std::move(line));
        lines.push_back(std::move(whole));
        return lines;
    });
}

ledger::Result<ledger::Preview> preview(Database& reader, CountyCode const& county,
                                        ledger::Command const& command, Date booked_on,
                                        ledger::UnitCode const& confined_to)
{
    return previewed(reader, county, command, booked_on, confined_to, ledger::preview);
}

ledger::Result<ledger::HouseholdPreview>
preview_household(Database& reader, CountyCode const& county, ledger::Command const& command,
                  Date booked_on, ledger::UnitCode const& confined_to)
{
    return previewed(reader, county, command, booked_on, confined_to, ledger::preview_household);
}

} // namespace store
