#include "ledger/store/row_arrays.hpp"

#include "ledger/assert.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;

namespace {

// sql/migrations/0026 says the same lists.
constexpr RowColumn entry[]{
    {"entry_number"}, {"cause"},           {"value_on"},         {"booked_on"},
    {"actor"},        {"idempotency_key"}, {"subject"},          {"event_sequence"},
    {"narrative"},    {"format_version"},  {"digest_algorithm"}, {"digest", true}};
constexpr RowColumn moved[]{{"account_code"}, {"subkey"}, {"unit"}};
constexpr RowColumn posting[]{{"entry_number"}, {"line"}, {"moved"},
                              {"side"},         {"unit"}, {"minor_units"}};
constexpr RowColumn event[]{{"loan_number"},
                            {"sequence"},
                            {"kind"},
                            {"value_on"},
                            {"booked_on"},
                            {"amount_fen"},
                            {"target_sequence"},
                            {"in_advance"},
                            {"component"},
                            {"rate_ppm"},
                            {"until_on"},
                            {"priced_from"},
                            {"risk_class"},
                            {"has_second_person"},
                            {"plan_method"},
                            {"plan_every_count"},
                            {"plan_every_unit"},
                            {"plan_instalments"},
                            {"plan_first_due_on"},
                            {"plan_grace_principal"},
                            {"document"},
                            {"reason"},
                            {"entry_number"}};
constexpr RowColumn position[]{{"loan_number"},
                               {"version"},
                               {"entry_number"},
                               {"recognised_on"},
                               {"bank"},
                               {"principal_normal"},
                               {"principal_overdue"},
                               {"principal_non_accrual"},
                               {"interest_receivable"},
                               {"penalty_receivable"},
                               {"compound_receivable"},
                               {"cost_receivable"},
                               {"subsidy_due"},
                               {"subsidy_claimed"},
                               {"impairment"},
                               {"memo_interest"},
                               {"memo_written_off"},
                               {"memo_subsidy"},
                               {"overpayment"},
                               {"loss_allowance"},
                               {"compensation"},
                               {"interest_income"},
                               {"penalty_income"},
                               {"compound_income"},
                               {"subsidy_income"},
                               {"memo_contra"},
                               {"fund_available"},
                               {"fund_reserved"},
                               {"fund_lent"},
                               {"fund_written_off"},
                               {"risk_fund_available"}};
constexpr RowColumn standing[]{{"loan_number"},
                               {"effective_on"},
                               {"sequence"},
                               {"revision"},
                               {"status"},
                               {"disbursed_fen"},
                               {"disbursed_on"},
                               {"outstanding_fen"},
                               {"written_off_fen"},
                               {"recovered_fen"},
                               {"interest_received_fen"},
                               {"written_off_on"},
                               {"rescheduled_on"},
                               {"oldest_unpaid_due_on"},
                               {"reserved_through"},
                               {"unpaid_due_on"},
                               {"unpaid_principal_fen"}};
constexpr RowColumn answer[]{
    {"idempotency_key"}, {"body_digest", true}, {"command"},      {"subject"}, {"actor"},
    {"confined_to"},     {"booked_on"},         {"entry_number"}, {"answer"}};

/// Of which neither an array nor a composite value makes more than a text.
bool is_plain(std::string_view text)
{
    constexpr auto is_harmless = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '_' || c == '.' || c == ':';
    };
    constexpr std::string_view null = "null";
    bool const is_null = std::ranges::equal(text, null, {}, [](char c) { return c | 0x20; });
    return !text.empty() && !is_null && std::ranges::all_of(text, is_harmless);
}

/// A text as an element of an array or an attribute of a composite value; both quote alike.
void append_quoted(std::string& literal, std::string_view text)
{
    literal += '"';
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '"' && text[at] != '\\') continue;
        literal.append(text, from, at - from);
        literal += '\\';
        from = at;
    }
    literal.append(text, from);
    literal += '"';
}

void append_text(std::string& literal, std::string_view text)
{
    if (is_plain(text))
        literal += text;
    else
        append_quoted(literal, text);
}

std::string array_of_scalars(json::array const& values)
{
    std::string literal = "{";
    for (auto const& value : values) {
        if (literal.size() > 1) literal += ',';
        if (value.is_null())
            literal += "NULL";
        else if (auto const* text = value.if_string())
            append_text(literal, *text);
        else
            literal += json::serialize(value);
    }
    return literal + "}";
}

/// Null is an attribute of which nothing is written.
void append_attribute(std::string& literal, RowColumn const& column, json::value const& value)
{
    if (value.is_null()) return;
    if (auto const* number = value.if_int64())
        literal += std::to_string(*number);
    else if (auto const* text = value.if_string(); text != nullptr && column.is_bytes)
        append_quoted(literal, "\\x" + std::string{*text});
    else if (text != nullptr)
        append_text(literal, *text);
    else if (auto const* list = value.if_array())
        append_quoted(literal, array_of_scalars(*list));
    else
        append_quoted(literal, json::serialize(value));
}

} // namespace

std::array<RowKind, row_kinds_in_arrays> const& rows_in_arrays()
{
    static constexpr std::array<RowKind, row_kinds_in_arrays> kinds{{
        {"entries", "ledger.entry_row", entry},
        {"moved", "ledger.moved_row", moved},
        {"postings", "ledger.posting_row", posting},
        {"events", "ledger.event_row", event},
        {"positions", "ledger.position_row", position},
        {"standings", "ledger.standing_row", standing},
        {"answers", "ledger.answer_row", answer},
    }};
    return kinds;
}

std::string array_literal(RowKind const& kind, json::array const& rows)
{
    std::string literal = "{", composite;
    for (auto const& row : rows) {
        auto attribute = row.as_object().begin();
        auto const end = row.as_object().end();
        composite.clear();
        for (auto const& column : kind.columns) {
            composite += composite.empty() ? '(' : ',';
            if (attribute == end || attribute->key() != column.name) continue;
            append_attribute(composite, column, attribute->value());
            ++attribute;
        }
        LEDGER_ASSERT(attribute == end); // or something would be lost
        composite += ')';
        if (literal.size() > 1) literal += ',';
        append_quoted(literal, composite);
    }
    return literal + "}";
}

BatchText batch_text(json::object batch)
{
    BatchText text;
    for (std::size_t i = 0; i < row_kinds_in_arrays; ++i) {
        auto const& kind = rows_in_arrays()[i];
        auto const found = batch.find(kind.name);
        text.arrays[i] =
            found == batch.end() ? "{}" : array_literal(kind, found->value().as_array());
        if (found != batch.end()) batch.erase(found);
    }
    text.rest = json::serialize(batch);
    return text;
}

} // namespace store
