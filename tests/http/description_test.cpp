// services/api/openapi.yaml against the program: the same routes, the same query parameters, the
// same refusals, in both directions.
#include "daifud/description.hpp"
#include "daifud/routes.hpp"
#include "daifud/service.hpp"

#include "ledger/refusal.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <sstream>

namespace {

/// "GET /v1/loans" -> its query parameters.
using Routes = std::map<std::string, std::set<std::string>>;

std::string trimmed(std::string const& line)
{
    auto const at = line.find_first_not_of(' ');
    return at == std::string::npos ? "" : line.substr(at);
}

std::size_t indent(std::string const& line)
{
    return line.size() - trimmed(line).size();
}

/// The paths by their lines: a path at two spaces, a method at four, `name:` before `in: query`.
Routes described()
{
    Routes routes;
    std::istringstream yaml{std::string{daifud::api_description()}};
    std::string path;
    std::string method;
    std::string name;
    bool is_in_paths = false;
    for (std::string line; std::getline(yaml, line);) {
        auto const text = trimmed(line);
        if (text.empty()) continue;
        if (indent(line) == 0) is_in_paths = text == "paths:";
        if (!is_in_paths) continue;
        if (indent(line) == 2) path = text.substr(0, text.size() - 1);
        if (indent(line) == 4) {
            method = text == "get:"      ? "GET "
                     : text == "post:"   ? "POST "
                     : text == "delete:" ? "DELETE "
                                         : "? ";
            routes[method + path];
        }
        if (text.starts_with("- name: ")) name = text.substr(8);
        if (text == "in: query") routes[method + path].insert(name);
        if (text.find("parameters/AsOf'") != std::string::npos) {
            routes[method + path].insert("as_of");
        }
        if (text.find("parameters/KnownAt'") != std::string::npos) {
            routes[method + path].insert("known_at");
        }
    }
    return routes;
}

Routes served()
{
    daifud::Service service{daifud::config_from("", [](char const*) { return nullptr; })};
    Routes routes;
    for (auto const& route : daifud::routes(service)) {
        // Pages for people, and their files, are no part of the API.
        bool const is_page = route.pattern.ends_with("/{screen...}");
        if (is_page || route.pattern == "/assets/{file}") continue;
        auto& query = routes[std::string{route.method} + ' ' + std::string{route.pattern}];
        for (auto const parameter : route.query) query.emplace(parameter);
    }
    return routes;
}

} // namespace

TEST_CASE("Every route in the description is served, and every route served is described")
{
    auto const in_spec = described();
    auto const in_table = served();
    CHECK(in_table.size() >= 120);
    for (auto const& [route, query] : in_spec) {
        INFO("described: " << route);
        CHECK(in_table.contains(route));
    }
    for (auto const& [route, query] : in_table) {
        INFO("served: " << route);
        REQUIRE(in_spec.contains(route));
        CHECK(in_spec.at(route) == query);
    }
}

TEST_CASE("The description lists exactly the refusals that exist")
{
    std::string const yaml{daifud::api_description()};
    auto const at = yaml.find("    Refusal:\n");
    REQUIRE(at != std::string::npos);
    std::istringstream lines{yaml.substr(at)};
    std::vector<std::string> listed;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("        - ")) listed.push_back(line.substr(10));
    }
    std::vector<std::string> exist;
    for (auto const code : ledger::all_refusals()) exist.emplace_back(ledger::name_of(code));
    CHECK(listed == exist);
}
