#include "ledger/store/grouped_loans.hpp"

#include "ledger/store/batch.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"

namespace store {

namespace json = boost::json;

void each_grouped_loan(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
                       ledger::Dimension by, std::string const& key,
                       std::optional<Instant> known_at,
                       std::function<void(ledger::Loan const&, Group const&)> const& visit)
{
    auto const programme = load_programme(transaction, county);
    auto const known = text_of(known_at);
    std::string after;
    for (bool is_last = false; !is_last;) {
        auto const rows = transaction.exec_params(
            "SELECT g.loan_number, CASE WHEN $5::timestamptz IS NULL THEN l.body"
            " ELSE (l.body::jsonb || jsonb_build_object('events',"
            "  (SELECT coalesce(json_agg(e ORDER BY (e ->> 'sequence')::integer), '[]')"
            "   FROM json_array_elements(l.body -> 'events') e"
            "   WHERE (e ->> 'recorded_at')::timestamptz <= $5::timestamptz)))::json END,"
            " coalesce(g.key, ''), coalesce(g.name, '')"
            " FROM ledger.loan_group($1, $2) g"
            " JOIN ledger.loan_for_engine l ON l.county_code = $1"
            " AND l.loan_number = g.loan_number"
            " WHERE g.loan_number > $3 AND ($6 = '' OR g.key = $6)"
            " ORDER BY g.loan_number LIMIT $4",
            county.text(), std::string{code_of(by)}, after, page_limit, or_null(known), key);
        for (auto const& row : rows) {
            visit(loan_from(json::parse(row[1].c_str()).as_object(), programme),
                  {row[2].c_str(), row[3].c_str()});
            after = row[0].c_str();
        }
        is_last = std::cmp_less(rows.size(), page_limit);
    }
}

} // namespace store
