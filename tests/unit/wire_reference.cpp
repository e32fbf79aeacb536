// The reference page of schedules and replays promises figures: each of its examples is computed
// again here, so that the page cannot say what the program does not.
#include "wire/happenings.hpp"
#include "wire/replay.hpp"
#include "wire/schedule.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

namespace {

namespace json = boost::json;

std::vector<std::string> lines_of_page()
{
    std::ifstream page{DAIFU_SOURCE_DIR "/services/api/schedule-and-replay.md"};
    std::vector<std::string> lines;
    for (std::string line; std::getline(page, line);) lines.push_back(line);
    return lines;
}

/// The cells of "| a | b |", without their spaces and backquotes; empty for any other line.
std::vector<std::string> cells_of(std::string const& line)
{
    std::vector<std::string> cells;
    if (!line.starts_with("| ")) return cells;
    for (std::size_t from = 1; from < line.size();) {
        std::size_t const bar = line.find('|', from);
        if (bar == std::string::npos) break;
        std::string cell = line.substr(from, bar - from);
        std::erase(cell, '`');
        auto const first = cell.find_first_not_of(' ');
        auto const last = cell.find_last_not_of(' ');
        cells.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
        from = bar + 1;
    }
    return cells;
}

json::object parsed(std::string const& text)
{
    auto const object = wire::parse_object(text);
    REQUIRE(object.has_value());
    return *object;
}

/// The request with the keys of `change` put in its place; null takes a key out, and the events of
/// `then` follow those of the request.
json::object changed(json::object request, json::object const& change)
{
    for (auto const& member : change) {
        if (member.value().is_null()) {
            request.erase(member.key());
        } else if (member.key() == "then") {
            auto& events = request.at("events").as_array();
            for (json::value const& event : member.value().as_array()) events.push_back(event);
        } else {
            request[member.key()] = member.value();
        }
    }
    return request;
}

std::string text_of(json::value const& field)
{
    return field.is_string() ? std::string{field.as_string()} : json::serialize(field);
}

/// "positions.overpayment 136.00, extensions 1": each figure of the cell as the answer has it.
std::string figures_text(json::object const& answer, std::string const& cell)
{
    std::string text;
    std::istringstream figures{cell};
    for (std::string path, promised; figures >> path >> promised;) {
        json::value field = answer;
        std::istringstream names{path};
        for (std::string name; std::getline(names, name, '.');) {
            bool const is_place = field.is_array();
            json::value const inner =
                is_place ? field.as_array().at(std::stoul(name)) : field.as_object().at(name);
            field = inner;
        }
        text += (text.empty() ? "" : ", ") + path + ' ' + text_of(field);
    }
    return text;
}

/// "1303.01 12000.00, 2314.02 12000.00"
std::string postings_text(json::value const& entry, std::string const& side)
{
    std::string text;
    for (json::value const& posting : entry.at("postings").as_array()) {
        if (posting.at("side").as_string() != side) continue;
        text += (text.empty() ? "" : ", ") + text_of(posting.at("account")) + ' ' +
                text_of(posting.at("amount"));
    }
    return text;
}

std::string fields_text(json::value const& object, std::initializer_list<char const*> keys)
{
    std::string text;
    for (char const* key : keys) {
        if (!text.empty()) text += ' ';
        text += text_of(object.at(key));
    }
    return text;
}

std::string without_commas(std::string text)
{
    std::erase(text, ',');
    return text;
}

std::string joined(json::array const& elements, auto const& text_of_each)
{
    std::string text;
    for (json::value const& each : elements)
        text += (text.empty() ? "" : "; ") + text_of_each(each);
    return text;
}

std::string allocation_text(json::value const& event)
{
    json::value const& used = event.at("allocation");
    if (used.is_null()) return "-";
    return fields_text(used,
                       {"cost", "penalty", "compound", "interest", "principal", "overpayment"});
}

} // namespace

TEST_CASE("Every worked example of the reference page is what the program answers", "[wire]")
{
    json::object request;
    json::array entries; ///< of the last replay
    std::size_t next_entry = 0;
    int schedules = 0;
    int replays = 0;
    for (std::string const& line : lines_of_page()) {
        INFO(line);
        if (line.starts_with(R"({"principal")")) request = parsed(line);
        auto const cells = cells_of(line);
        if (cells.size() == 2 && cells[0].starts_with("{")) {
            auto const answer = wire::schedule_answer(changed(request, parsed(cells[0])));
            REQUIRE(answer.has_value());
            CHECK(cells[1] ==
                  joined(answer->at("instalments").as_array(), [](json::value const& row) {
                      return fields_text(row,
                                         {"due_on", "days", "principal", "interest", "balance"});
                  }));
            ++schedules;
        }
        if (cells.size() == 5 && cells[1].starts_with("{")) {
            auto const answer = wire::replay_answer(changed(request, parsed(cells[1])));
            REQUIRE(answer.has_value());
            CHECK(cells[2] == joined(answer->at("events").as_array(), allocation_text));
            CHECK(cells[3] == fields_text(*answer, {"status", "days_past_due", "payoff"}));
            CHECK(cells[4] == figures_text(*answer, without_commas(cells[4])));
            entries = answer->at("entries").as_array();
            ++replays;
        }
        if (cells.size() == 6 && cells[0].size() == 1) {
            REQUIRE(next_entry < entries.size());
            json::value const& entry = entries[next_entry++];
            CHECK(cells[0] + ' ' + cells[1] + ' ' + cells[2] + ' ' + cells[3] ==
                  fields_text(entry, {"event", "cause", "value_on", "booked_on"}));
            CHECK(cells[4] == postings_text(entry, "debit"));
            CHECK(cells[5] == postings_text(entry, "credit"));
        }
    }
    CHECK(schedules == 67);
    CHECK(replays == 45);
    CHECK(next_entry == entries.size());
}

TEST_CASE("The reference page has an example of every kind of event", "[wire]")
{
    std::string page;
    for (std::string const& line : lines_of_page()) page += line + '\n';
    for (wire::EventKind const& kind : wire::event_kinds()) {
        INFO(kind.type);
        CHECK(page.find(R"({"type": ")" + std::string{kind.type} + '"') != std::string::npos);
    }
}
