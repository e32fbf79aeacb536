#include "store/pending.hpp"

#include "ledger/store/access_rows.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;
using ledger::CountyCode;

namespace {

constexpr std::pair<PendingStatus, std::string_view> statuses[]{
    {PendingStatus::waiting, "waiting"},     {PendingStatus::approved, "approved"},
    {PendingStatus::booked, "booked"},       {PendingStatus::refused, "refused"},
    {PendingStatus::withdrawn, "withdrawn"}, {PendingStatus::sent_back, "sent_back"},
};

PendingStatus status_in(std::string_view code)
{
    for (auto const& [status, text] : statuses)
        if (text == code) return status;
    throw IntegrityFault{"a status of what waits that does not exist"};
}

ledger::UnitCode unit_in(pqxx::field const& field)
{
    std::string_view const code = field.c_str();
    return code.empty() ? ledger::UnitCode{} : stored<ledger::UnitCode>(code);
}

std::string text_or_nothing(json::value const& value)
{
    return value.is_null() ? std::string{} : json::serialize(value);
}

std::vector<PendingStep> steps_in(pqxx::field const& field)
{
    std::vector<PendingStep> steps;
    json::value const list = json::parse(field.c_str());
    for (auto const& each : list.as_array()) {
        auto const& row = each.as_object();
        steps.push_back({std::string{text_at(row, "outcome")}, std::string{text_at(row, "actor")},
                         std::string{text_at(row, "reason")}, text_or_nothing(row.at("effect_now")),
                         std::string{text_at(row, "stepped_at")}});
    }
    return steps;
}

std::string const columns =
    "SELECT pending_number, idempotency_key, body_digest, command, path::text, body::text, subject,"
    " place, maker, confined_to, business_day, effect::text, status, checkers, approvals, " +
    micros("made_at") + ", entry_number, steps FROM ledger.pending_line WHERE county_code = $1";

PendingLine line_in(pqxx::row const& row)
{
    PendingLine line;
    line.number = row[0].as<std::int64_t>();
    line.what = {row[1].c_str(),  digest_from_hex(row[2].c_str()),
                 row[3].c_str(),  row[4].c_str(),
                 row[5].c_str(),  row[6].c_str(),
                 unit_in(row[7]), row[8].c_str(),
                 unit_in(row[9]), stored<ledger::Date>(row[10].c_str()),
                 row[11].c_str()};
    line.status = status_in(row[12].c_str());
    line.checkers = row[13].as<int>();
    line.approvals = row[14].as<int>();
    line.made_at = instant_at(row[15]);
    if (!row[16].is_null()) line.entry_number = row[16].as<std::int64_t>();
    line.steps = steps_in(row[17]);
    return line;
}

} // namespace

std::string_view code_of(PendingStatus status)
{
    for (auto const& [candidate, text] : statuses)
        if (candidate == status) return text;
    throw IntegrityFault{"a status of what waits that does not exist"};
}

std::optional<std::int64_t> submit_pending(Database& app, CountyCode const& county,
                                           Pending const& waiting)
{
    json::object const row{
        {"idempotency_key", waiting.idempotency_key},
        {"body_digest", ledger::hex(waiting.body_digest)},
        {"command", waiting.command},
        {"path", json::parse(waiting.path)},
        {"body", json::parse(waiting.body)},
        {"subject", waiting.subject},
        {"place", waiting.place.text()},
        {"maker", waiting.maker},
        {"confined_to", waiting.confined_to.text()},
        {"business_day", waiting.business_day.text()},
        {"effect", json::parse(waiting.effect)},
        {"amount_fen", waiting.amount ? json::value(waiting.amount->fen()) : json::value(nullptr)}};
    return changing(
        app, county, [&](pqxx::transaction_base& transaction) -> std::optional<std::int64_t> {
            auto const answer = transaction.exec_params1(
                "SELECT ledger.submit_pending($1, $2::jsonb)", county.text(), json::serialize(row));
            if (answer[0].is_null()) return std::nullopt;
            return answer[0].as<std::int64_t>();
        });
}

std::optional<int> step_pending(Database& app, CountyCode const& county, std::int64_t number,
                                PendingStep const& step)
{
    return changing(app, county, [&](pqxx::transaction_base& transaction) -> std::optional<int> {
        auto const answer =
            transaction.exec_params1("SELECT ledger.step_pending($1, $2, $3, $4, $5, $6::jsonb)",
                                     county.text(), number, step.outcome, step.actor, step.reason,
                                     step.effect_now.empty() ? nullptr : step.effect_now.c_str());
        return answer[0].is_null() ? std::nullopt : std::optional{answer[0].as<int>()};
    });
}

std::optional<PendingLine> pending(Database& app, CountyCode const& county, std::int64_t number)
{
    return reading(app, county,
                   [&](pqxx::transaction_base& transaction) -> std::optional<PendingLine> {
                       auto const rows = transaction.exec_params(
                           columns + " AND pending_number = $2", county.text(), number);
                       return rows.empty() ? std::nullopt : std::optional{line_in(rows.front())};
                   });
}

std::optional<PendingLine> pending_by_key(Database& app, CountyCode const& county,
                                          std::string const& idempotency_key)
{
    return reading(app, county,
                   [&](pqxx::transaction_base& transaction) -> std::optional<PendingLine> {
                       auto const rows = transaction.exec_params(
                           columns + " AND idempotency_key = $2", county.text(), idempotency_key);
                       return rows.empty() ? std::nullopt : std::optional{line_in(rows.front())};
                   });
}

std::optional<ledger::Digest> answered_key(Database& app, CountyCode const& county,
                                           std::string const& idempotency_key)
{
    return reading(
        app, county, [&](pqxx::transaction_base& transaction) -> std::optional<ledger::Digest> {
            auto const rows = transaction.exec_params("SELECT encode(body_digest, 'hex') FROM "
                                                      "ledger.command_answer WHERE county_code = $1"
                                                      " AND idempotency_key = $2",
                                                      county.text(), idempotency_key);
            return rows.empty() ? std::nullopt : std::optional{digest_from_hex(rows[0][0].c_str())};
        });
}

std::vector<PendingLine> pending_list(Database& app, CountyCode const& county,
                                      PendingFilter const& filter)
{
    return reading(app, county, [&](pqxx::transaction_base& transaction) {
        std::vector<PendingLine> lines;
        for (auto const& row : transaction.exec_params(
                 columns + " AND ($2 = '' OR status = $2) AND ($3 = '' OR maker = $3)"
                           " AND ($4 = '' OR left(place, 9) = $4) AND pending_number > $5"
                           " ORDER BY pending_number LIMIT $6",
                 county.text(), filter.status ? std::string{code_of(*filter.status)} : "",
                 filter.maker, filter.township.text(), filter.after,
                 std::clamp(filter.limit, 1, page_limit)))
        {
            lines.push_back(line_in(row));
        }
        return lines;
    });
}

} // namespace store
