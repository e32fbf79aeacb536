// keys.hpp: each key of the tables is read by the wire, is in the reference page, and nothing else
// is accepted.
#include "wire/keys.hpp"

#include "wire/json.hpp"
#include "wire/replay.hpp"
#include "wire/schedule.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace {

namespace json = boost::json;
using ledger::Refusal;

/// {"events":[{"amount":null}]} for "events[].amount".
json::object with_nothing_at(std::string const& path)
{
    auto const dot = path.find('.');
    std::string key = path.substr(0, dot);
    bool const is_list = key.ends_with("[]");
    if (is_list) key.resize(key.size() - 2);
    json::value inner = nullptr;
    if (dot != std::string::npos) inner = with_nothing_at(path.substr(dot + 1));
    json::object object;
    if (is_list) {
        object[key].emplace_array().push_back(std::move(inner));
    } else {
        object[key] = std::move(inner);
    }
    return object;
}

/// The path as a refusal writes it.
std::string first_of_list(std::string path)
{
    if (auto const at = path.find("[]"); at != std::string::npos) path.insert(at + 1, "0");
    return path;
}

std::string page()
{
    std::ifstream file{DAIFU_SOURCE_DIR "/services/api/schedule-and-replay.md"};
    return {std::istreambuf_iterator<char>{file}, {}};
}

ledger::Result<json::object> answer(std::vector<wire::Key> const& keys, json::object const& request)
{
    return &keys == &wire::replay_keys() ? wire::replay_answer(request)
                                         : wire::schedule_answer(request);
}

} // namespace

TEST_CASE("Every key of the tables is read by the wire, and stands in the reference page", "[wire]")
{
    std::string const text = page();
    REQUIRE(!text.empty());
    for (auto const* keys : {&wire::schedule_keys(), &wire::replay_keys()}) {
        for (wire::Key const& key : *keys) {
            std::string const path{key.path};
            CAPTURE(path);
            auto const refused = answer(*keys, with_nothing_at(path));
            REQUIRE_FALSE(refused);
            bool const is_unknown = refused.error().code == Refusal::field_unknown &&
                                    refused.error().field == first_of_list(path);
            CHECK_FALSE(is_unknown);

            std::string const leaf = path.substr(path.find_last_of('.') + 1);
            CHECK((text.contains("`" + leaf + "`") || text.contains("\"" + leaf + "\"")));
            CHECK_FALSE(key.takes.empty());
            CHECK(std::ranges::any_of(key.meaning, [](char c) { return (c & 0x80) != 0; }));
        }
    }
}

TEST_CASE("A key that is in no table is refused by its path, whoever would read it", "[wire]")
{
    auto const request = json::parse(R"({"every":{"count":1,"colour":"red"},
        "events":[{"type":"repaid"},{"type":"repaid","colour":"red"}],"colour":"red"})")
                             .as_object();
    auto refused = [](json::object const& object, std::vector<wire::Key> const& keys) {
        auto const checked = wire::check_keys(object, keys);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().code == Refusal::field_unknown);
        return checked.error().field;
    };
    CHECK(refused(request, wire::replay_keys()) == "every.colour");
    json::object rest = request;
    rest["every"] = json::object{{"count", 1}};
    CHECK(refused(rest, wire::replay_keys()) == "events[1].colour");
    rest.erase("events");
    CHECK(refused(rest, wire::replay_keys()) == "colour");
    CHECK(refused(request, wire::schedule_keys()) == "every.colour");
    rest["disbursements"] = json::array{json::object{{"on", "2016-01-01"}}};
    rest.erase("colour");
    CHECK(wire::check_keys(rest, wire::schedule_keys()).has_value());
    CHECK(refused(rest, wire::replay_keys()) == "disbursements");
}

TEST_CASE("The table names the events that the wire takes", "[wire]")
{
    auto const refused = wire::replay_answer(json::parse(R"({"principal":"1.00","annual_rate":"1",
            "method":"at_maturity","instalments":1,"as_of":"2016-01-01",
            "events":[{"type":"forgotten"}]})")
                                                 .as_object());
    REQUIRE_FALSE(refused);
    REQUIRE(refused.error().code == Refusal::choice_unknown);
    auto const type = std::ranges::find(wire::replay_keys(), "events[].type", &wire::Key::path);
    REQUIRE(type != wire::replay_keys().end());
    CHECK(type->takes == refused.error().limit);
}
