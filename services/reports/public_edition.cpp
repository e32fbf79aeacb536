// Figures with what they are about, then the same with the small ones taken out.
#include "reports/public_edition.hpp"

#include "registers/csv.hpp"
#include "registers/encoding.hpp"
#include "registers/values.hpp"
#include "wire/answers.hpp"

#include "ledger/suppression.hpp"

#include <boost/json.hpp>

#include <array>
#include <map>

namespace json = boost::json;

namespace reports {

namespace {

/// A figure, and the indicator that counts whom it is about.
struct Column {
    std::string_view code, about;
    bool is_of_county = false; ///< never told of a township
    std::string_view wider{};  ///< counts among whom these are; what is left of them is told too
};
constexpr std::array columns{
    Column{"borrowers", "borrowers"},
    Column{"households", "borrowers"},
    Column{"loans", "borrowers"},
    Column{"lent", "borrowers"},
    Column{"repaid", "borrowers", true},
    Column{"outstanding", "borrowers", true},
    Column{"overdue", "borrowers", true},
    Column{"par30", "borrowers", true},
    Column{"par90", "borrowers", true},
    Column{"households_led_ever", "households_led_ever"},
    Column{"persons_led_ever", "households_led_ever"},
    Column{"households_led_poor", "households_led_poor", false, "households_led_ever"},
    Column{"persons_led_poor", "households_led_poor", false, "households_led_ever"},
    Column{"households_exited", "households_exited", false, "households_led_poor"},
    Column{"persons_exited", "households_exited", false, "households_led_poor"},
    Column{"households_sustained", "households_sustained", false, "households_exited"},
    Column{"persons_sustained", "households_sustained", false, "households_exited"},
    Column{"households_relapsed", "households_relapsed", false, "households_led_poor"},
    Column{"persons_relapsed", "households_relapsed", false, "households_led_poor"},
};

using Figures = std::map<std::string, std::string, std::less<>>;

/// By township, the county under the empty code.
struct Told {
    std::map<std::string, Figures> figures;
    std::map<std::string, std::string> names;
};

template <class Line> void add(Told& told, std::vector<Line> const& lines)
{
    for (Line const& line : lines) {
        told.names[line.key] = line.name;
        for (auto const& member : wire::to_json(line)) {
            auto const& value = member.value();
            bool const is_text = value.is_string();
            // Loans and lent are those of lending, which come first.
            told.figures[line.key].emplace(std::string{member.key()},
                                           is_text ? std::string{value.as_string()}
                                                   : json::serialize(value));
        }
    }
}

std::int64_t count_of(Figures const& figures, std::string_view code)
{
    auto const found = figures.find(code);
    return found == figures.end() ? 0 : std::stoll(found->second);
}

/// One column of the townships and of the county.
void publish(PublicEdition& edition, Told const& told, Column const& column)
{
    edition.indicators.push_back(ledger::indicator_named(column.code));
    LEDGER_ASSERT(edition.indicators.back() != nullptr);
    std::vector<std::int64_t> counts, wider;
    for (PublicLine const& line : edition.townships) {
        Figures const& figures = told.figures.at(line.township);
        counts.push_back(count_of(figures, column.about));
        if (!column.wider.empty()) wider.push_back(count_of(figures, column.wider));
    }
    auto const hidden = ledger::suppressed(counts, wider);
    auto const value = [&](std::string const& township) -> std::optional<std::string> {
        auto const& figures = told.figures.at(township);
        auto const found = figures.find(column.code);
        return found == figures.end() ? "0" : found->second;
    };
    for (std::size_t i = 0; i < edition.townships.size(); ++i) {
        bool const is_told = !column.is_of_county && !hidden.hidden[i];
        PublicLine& line = edition.townships[i];
        line.values.push_back(is_told ? value(line.township) : std::nullopt);
    }
    edition.whole.values.push_back(hidden.is_total_hidden ? std::nullopt : value({}));
}

} // namespace

ledger::Result<PublicEdition> public_edition(store::Database& reader,
                                             ledger::CountyCode const& county, ledger::Date today)
{
    auto const status = store::county(reader, county);
    if (!status) {
        return ledger::refuse(ledger::Refusal::county_not_found, "county", county.text());
    }
    PublicEdition edition;
    edition.county = county;
    // A day that is over, as it was known when it ended: what is entered late changes the editions
    // of later days, never this one.
    edition.as_of = status->closed_through.value_or(today.plus_days(-1));
    edition.recorded_through = store::known_through(reader, county, edition.as_of);
    Told told;
    auto const by = ledger::Dimension::township;
    auto const lent = store::portfolio(reader, county, {}, edition.as_of.plus_days(1), by,
                                       edition.recorded_through);
    if (!lent) return std::unexpected{lent.error()};
    add(told, *lent);
    add(told, store::leading(reader, county, edition.as_of, by, edition.recorded_through));
    for (auto const& [township, name] : told.names) {
        if (!township.empty()) edition.townships.push_back({township, name, {}});
    }
    edition.whole.name = status->name;
    for (Column const& column : columns) publish(edition, told, column);
    return edition;
}

json::object json_of(PublicEdition const& edition)
{
    auto const line_of = [&](PublicLine const& line) {
        json::object out;
        out["township"] = line.township.empty() ? json::value{} : json::value(line.township);
        out["name"] = line.name;
        for (std::size_t i = 0; i < line.values.size(); ++i) {
            auto const& value = line.values[i];
            auto const& indicator = *edition.indicators[i];
            bool const is_money = indicator.unit == ledger::CountingUnit::fen;
            json::value told;
            if (value && is_money) told = *value;
            if (value && !is_money) told = std::stoll(*value);
            out[indicator.code] = std::move(told);
        }
        return out;
    };
    json::array townships, dictionary;
    for (PublicLine const& line : edition.townships) townships.push_back(line_of(line));
    for (auto const* indicator : edition.indicators) {
        dictionary.push_back(wire::to_json(*indicator));
    }
    return {
        {"county", edition.county.text()},
        {"as_of", edition.as_of.text()},
        {"recorded_through", edition.recorded_through
                                 ? json::value(wire::rfc3339(*edition.recorded_through))
                                 : json::value{}},
        {"threshold", ledger::published_least},
        {"townships", std::move(townships)},
        {"whole", line_of(edition.whole)},
        {"dictionary", std::move(dictionary)},
    };
}

std::string csv_of(PublicEdition const& edition)
{
    std::vector<std::string> header{"截至", "入账截止", "乡镇代码", "名称"};
    std::string const recorded =
        edition.recorded_through ? wire::rfc3339(*edition.recorded_through) : std::string{};
    for (auto const* indicator : edition.indicators) {
        header.push_back(std::string{indicator->chinese} + "（" +
                         std::string{indicator->chinese_unit} + "）");
    }
    std::string text = std::string{registers::byte_order_mark} + registers::csv_line(header);
    auto const add_line = [&](PublicLine const& line) {
        std::vector<std::string> cells{edition.as_of.text(), recorded, line.township,
                                       registers::inert(line.name)};
        for (auto const& value : line.values) cells.push_back(value.value_or("*"));
        text += registers::csv_line(cells);
    };
    for (PublicLine const& line : edition.townships) add_line(line);
    add_line(edition.whole);
    return text;
}

} // namespace reports
