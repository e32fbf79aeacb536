// The one place where a cell becomes a value or a problem.
#include "registers/row_reader.hpp"

#include <algorithm>
#include <array>
#include <ranges>

namespace registers {

using ledger::Refusal;

namespace {

constexpr std::array<std::string_view, 5> money_fields{"amount", "wages", "production", "property",
                                                       "transfers"};

bool is_personal_id(std::string_view field)
{
    return field == "resident_id";
}

/// "-100.00" in an amount is a negative amount, not a formula.
bool is_negative_amount(std::string_view field, std::string_view cell)
{
    std::string_view const text = content_of(cell);
    bool const is_money = std::ranges::find(money_fields, field) != money_fields.end();
    return is_money && text.starts_with('-') &&
           text.find_first_not_of("-0123456789.,") == std::string_view::npos;
}

} // namespace

std::string shown_value(std::string_view field, std::string_view cell)
{
    return is_personal_id(field) ? masked_id(trimmed(cell)) : shown(cell);
}

std::string_view RowReader::raw(std::string_view field) const
{
    int const at = header_.position(field);
    return at < 0 ? std::string_view{} : std::string_view{row_.cells[static_cast<std::size_t>(at)]};
}

void RowReader::blame(std::string_view field, ledger::Refused refused)
{
    is_good_ = false;
    refused.field = std::string{field};
    problems_.push_back({file_, row_.line, field.empty() ? std::string{} : header_.heading(field),
                         field.empty() ? std::string{} : shown_value(field, raw(field)),
                         std::move(refused), index_});
}

bool RowReader::check_cells()
{
    bool const has_more = std::ranges::any_of(
        std::views::drop(row_.cells, static_cast<std::ptrdiff_t>(header_.width())),
        [](std::string const& cell) { return !trimmed(cell).empty(); });
    if (row_.cells.size() < header_.width() || has_more) {
        blame({}, {Refusal::csv_row_width_wrong, {}, std::to_string(header_.width())});
        return false;
    }
    for (Column const& column : columns_of(header_.kind())) {
        std::string_view const cell = raw(column.field);
        if (cell.find_first_of("\r\n") != std::string_view::npos && !cell.starts_with('\r')) {
            blame(column.field, {Refusal::text_has_control_characters, {}, {}});
        } else if ((looks_like_formula(cell) || looks_like_formula(content_of(cell))) &&
                   !is_negative_amount(column.field, cell))
        {
            blame(column.field, {Refusal::csv_cell_is_formula, {}, {}});
        }
    }
    return is_good_;
}

std::string RowReader::text(std::string_view field, int limit)
{
    return take(field,
                [limit](std::string_view text) { return ledger::checked_text(text, limit); });
}

std::string RowReader::text_or_empty(std::string_view field, int limit)
{
    return is_empty(field) ? std::string{} : text(field, limit);
}

ledger::Date RowReader::date(std::string_view field)
{
    ledger::Date const date = take(field, date_of);
    if (is_good_ && date > today_) blame(field, {Refusal::date_in_future, {}, today_.text()});
    return date;
}

std::optional<ledger::Date> RowReader::date_or_nothing(std::string_view field)
{
    if (is_empty(field)) return std::nullopt;
    return date(field);
}

std::optional<ledger::Date> RowReader::future_date_or_nothing(std::string_view field)
{
    if (is_empty(field)) return std::nullopt;
    return take(field, date_of);
}

int RowReader::number(std::string_view field, int least, int most)
{
    return take(field, [&](std::string_view text) { return number_of(text, least, most); });
}

} // namespace registers
