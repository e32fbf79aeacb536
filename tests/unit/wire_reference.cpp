// The reference page of schedules and replays promises figures: each of its examples is computed
// again here, so that the page cannot say what the program does not.
#include "wire/replay.hpp"
#include "wire/schedule.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

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

/// The request with the keys of `change` put in its place; null takes a key out.
json::object changed(json::object request, json::object const& change)
{
    for (auto const& member : change) {
        if (member.value().is_null()) {
            request.erase(member.key());
        } else {
            request[member.key()] = member.value();
        }
    }
    return request;
}

std::string fields_text(json::value const& object, std::initializer_list<char const*> keys)
{
    std::string text;
    for (char const* key : keys) {
        if (!text.empty()) text += ' ';
        json::value const& field = object.at(key);
        text += field.is_string() ? std::string{field.as_string()} : json::serialize(field);
    }
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
    return fields_text(used, {"penalty", "interest", "principal", "overpayment"});
}

} // namespace

TEST_CASE("Every worked example of the reference page is what the program answers", "[wire]")
{
    json::object request;
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
        if (cells.size() == 4 && cells[1].starts_with("{")) {
            auto const answer = wire::replay_answer(changed(request, parsed(cells[1])));
            REQUIRE(answer.has_value());
            CHECK(cells[2] == joined(answer->at("events").as_array(), allocation_text));
            CHECK(cells[3] == fields_text(*answer, {"status", "days_past_due", "payoff"}));
            ++replays;
        }
    }
    CHECK(schedules == 34);
    CHECK(replays == 10);
}
