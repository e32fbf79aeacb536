// Alive, ready, and the figures for Prometheus. Alive means that the network thread answers; ready
// means that the books can be read: the database is there, migrated, and holds the county.
#include "daifud/handlers.hpp"

#include "http/problem.hpp"

#include "store/migrate.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace daifud {

namespace json = boost::json;
using Asked = std::shared_ptr<http::Request const>;

namespace {

constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

/// Why the books cannot be read; nullptr: they can.
char const* obstacle(store::Database& database, ledger::CountyCode const& county)
{
    try {
        if (!database.is_reachable()) return "database_unreachable";
        if (!store::is_migrated(database)) return "database_not_migrated";
        if (!store::county(database, county)) return "county_missing";
        return nullptr;
    } catch (std::exception const&) {
        return "database_unreachable"; // it went away between two questions
    }
}

/// Of the standby, where there is one; that it is not used is no reason to be not ready.
void add_reader(json::object& body, Standby* standby)
{
    if (standby == nullptr) return;
    auto const lag = standby->lag();
    body["reader"] = json::object{{"is_used", standby->is_used()},
                                  {"lag_ms", lag ? json::value(lag->count()) : json::value()}};
}

http::Response readiness(char const* reason, Standby* standby = nullptr)
{
    json::object body{{"is_ready", reason == nullptr}, {"reasons", json::array{}}};
    add_reader(body, standby);
    if (reason == nullptr) return http::ok(json::serialize(body));
    body["reasons"].as_array().emplace_back(reason);
    return http::not_ready(json::serialize(body));
}

} // namespace

http::Handler alive()
{
    return [](Asked, http::Respond respond) { respond(http::ok(R"({"is_alive":true})")); };
}

http::Handler ready(Service& service)
{
    return [&service](Asked, http::Respond respond) {
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        bool const is_taken = service.readers.submit([&service, back](store::Database& database) {
            (*back)(readiness(obstacle(database, service.config.county), service.standby.get()));
        });
        if (!is_taken) (*back)(readiness("readers_busy", service.standby.get()));
    };
}

http::Response not_known_ready()
{
    return readiness("database_silent");
}

http::Handler figures(Service& service)
{
    return [&service](Asked, http::Respond respond) {
        if (service.standby) service.standby->show();
        respond(http::ok(service.metrics.text(), metrics_type));
    };
}

} // namespace daifud
