// The county's rules, changed by document and day: one administrator asks, a second one confirms
// the rows that he has seen.
#include "daifud/changes.hpp"

#include "ledger/rule_change.hpp"
#include "wire/json.hpp"
#include "wire/rule_change.hpp"

#include <boost/json.hpp>

namespace daifud {

namespace json = boost::json;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;

namespace {

struct Ruled {
    std::string document, rows;
};

/// What would be added now. Refuses what ledger::check_rule_change does.
Result<Ruled> ruled_by(AccessCall const& call, json::object const& body)
{
    auto const now = store::programme_known(call.access, call.county);
    wire::ObjectReader from{body};
    auto const change = wire::rule_change_from(from, *now);
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    auto const today = call.service.business_day();
    if (auto const good = ledger::check_rule_change(change, *now, today); !good)
        return std::unexpected{good.error()};
    return Ruled{change.document, store::rows_of(change, *now)};
}

} // namespace

Result<http::Response> ask_rule_change(AccessCall const& call)
{
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    auto const ruled = ruled_by(call, *body);
    if (!ruled) return std::unexpected{ruled.error()};
    return waits(call, {.act = "rules",
                        .subject = ruled->document,
                        .body = json::serialize(*body),
                        .effect = ruled->rows});
}

Result<http::Response> perform_rule_change(AccessCall const& call, store::AskedChange const& change)
{
    json::value const sent = json::parse(change.body);
    auto const ruled = ruled_by(call, sent.as_object());
    if (!ruled) return std::unexpected{ruled.error()};
    if (auto const same = check_effect(change, ruled->rows); !same)
        return std::unexpected{same.error()};
    store::enact_rules(call.access, call.county, change, call.trail());
    return http::ok("{}");
}

} // namespace daifud
