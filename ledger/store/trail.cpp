// The trail: one row a thing that somebody did, or was refused.
#include "ledger/store/access_rows.hpp"

#include <algorithm>

namespace store {

using ledger::CountyCode;

namespace {

char const* or_null(std::string const& text)
{
    return text.empty() ? nullptr : text.c_str();
}

} // namespace

void append(pqxx::transaction_base& transaction, CountyCode const& county,
            TrailRecord const& record)
{
    transaction.exec_params(
        "INSERT INTO access.trail (county_code, actor, event, subject, result, address, request_id,"
        " was, became) VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb)",
        county.text(), record.actor, record.event, record.subject, record.result, record.address,
        record.request_id, or_null(record.was), or_null(record.became));
}

void append_trail(Database& access, CountyCode const& county, std::span<TrailRecord const> records)
{
    changing(access, county, [&](pqxx::transaction_base& transaction) {
        for (TrailRecord const& record : records) append(transaction, county, record);
        return true;
    });
}

std::vector<TrailLine> trail(Database& access, CountyCode const& county, TrailFilter const& filter)
{
    auto const before =
        filter.before ? std::optional{std::to_string(*filter.before)} : std::nullopt;
    return reading(access, county, [&](pqxx::transaction_base& transaction) {
        std::vector<TrailLine> lines;
        for (auto const& row : transaction.exec_params(
                 "SELECT trail_number, " + micros("happened_at") +
                     ", actor, event, subject, result, address, request_id,"
                     " coalesce(was::text, ''), coalesce(became::text, '') FROM access.trail"
                     " WHERE county_code = $1 AND ($2 = '' OR actor = $2)"
                     " AND ($3 = '' OR subject = $3) AND ($4 = '' OR event = $4)"
                     " AND ($5::bigint IS NULL OR trail_number < $5::bigint)"
                     " AND ($7 = '' OR actor = $7 OR subject = $7)"
                     " ORDER BY trail_number DESC LIMIT $6",
                 county.text(), filter.actor, filter.subject, filter.event, store::or_null(before),
                 std::clamp(filter.limit, 1, page_limit), filter.whose))
        {
            lines.push_back({row[0].as<std::int64_t>(),
                             instant_at(row[1]),
                             {row[2].c_str(), row[3].c_str(), row[4].c_str(), row[5].c_str(),
                              row[6].c_str(), row[7].c_str(), row[8].c_str(), row[9].c_str()}});
        }
        return lines;
    });
}

} // namespace store
