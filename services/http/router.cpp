// Matches a request with the table. Decoding is Boost.URL's; a literal segment wins over a {name}
// because the table lists it first.
#include "http/router.hpp"

#include "ledger/assert.hpp"
#include "ledger/identity.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <set>

namespace http {

using ledger::Refusal;
using ledger::refuse;
using ledger::Result;

namespace {

constexpr int parameter_name_limit = 40; ///< characters; ours have twelve at most

/// "/v1/loans/{loan}" -> "v1", "loans", "{loan}".
std::vector<std::string_view> split(std::string_view pattern)
{
    LEDGER_ASSERT(pattern.starts_with('/'));
    if (pattern == "/") return {};
    std::vector<std::string_view> segments;
    for (std::size_t at = 1;;) {
        auto const end = pattern.find('/', at);
        segments.push_back(pattern.substr(at, end - at));
        if (end == std::string_view::npos) return segments;
        at = end + 1;
    }
}

bool is_name(std::string_view segment)
{
    return segment.starts_with('{');
}

/// "{screen...}": all that is left of the path, also nothing.
bool takes_the_rest(std::string_view segment)
{
    return segment.ends_with("...}");
}

bool fits(std::span<std::string_view const> pattern, std::span<std::string const> path)
{
    if (!pattern.empty() && takes_the_rest(pattern.back())) {
        pattern = pattern.first(pattern.size() - 1);
        if (path.size() < pattern.size()) return false;
        path = path.first(pattern.size());
    }
    return std::ranges::equal(pattern, path, [](std::string_view want, std::string const& have) {
        return is_name(want) ? !have.empty() : want == have;
    });
}

template <class Names> std::string joined(Names const& names)
{
    std::string list;
    for (std::string_view const name : names) {
        if (!list.empty()) list += ", ";
        list += name;
    }
    return list.empty() ? "—" : list;
}

Result<Parameters> query_of(boost::urls::url_view const& url, Route const& route)
{
    Parameters values;
    for (auto const& parameter : url.params()) {
        // It goes back to the caller in the problem, so it must be text of a decent length.
        if (!ledger::checked_text(parameter.key, parameter_name_limit)) {
            return refuse(Refusal::query_malformed);
        }
        if (std::ranges::find(route.query, parameter.key) == route.query.end()) {
            return refuse(Refusal::parameter_unknown, parameter.key, joined(route.query));
        }
        if (!parameter.has_value) return refuse(Refusal::query_malformed, parameter.key);
        if (!values.emplace(parameter.key, parameter.value).second) {
            return refuse(Refusal::query_malformed, parameter.key);
        }
    }
    return values;
}

} // namespace

Router::Router(std::vector<Route> routes)
    : routes_{std::move(routes)}
{
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        LEDGER_ASSERT(seen.emplace(routes_[i].method, routes_[i].pattern).second);
        patterns_.push_back({split(routes_[i].pattern), i});
    }
}

std::size_t Router::largest_body(std::size_t least) const
{
    for (Route const& route : routes_) least = std::max(least, route.body_bytes);
    return least;
}

Result<Route const*> Router::match(Request& request) const
{
    auto const target = request.query.empty() ? request.path : request.path + '?' + request.query;
    auto const url = boost::urls::parse_origin_form(target);
    if (!url) return refuse(Refusal::address_not_encoded);
    std::vector<std::string> path;
    for (auto const& segment : url->segments()) path.push_back(segment);

    std::string_view const method =
        request.method == "HEAD" ? "GET" : std::string_view{request.method};
    std::set<std::string_view> methods;
    for (auto const& pattern : patterns_) {
        if (!fits(pattern.segments, path)) continue;
        auto const& route = routes_[pattern.route];
        if (route.method != method) {
            methods.insert(route.method);
            if (route.method == "GET") methods.insert("HEAD");
            continue;
        }
        request.route = route.pattern;
        for (std::size_t i = 0; i < std::min(path.size(), pattern.segments.size()); ++i) {
            auto const name = pattern.segments[i];
            if (is_name(name) && !takes_the_rest(name))
                request.parameters[std::string{name.substr(1, name.size() - 2)}] = path[i];
        }
        bool const is_its_own =
            !pattern.segments.empty() && takes_the_rest(pattern.segments.back());
        if (is_its_own) return &route;
        auto values = query_of(*url, route);
        if (!values) return std::unexpected{values.error()};
        request.query_values = *std::move(values);
        return &route;
    }
    if (methods.empty()) return refuse(Refusal::route_not_found);
    return refuse(Refusal::method_not_allowed, {}, joined(methods));
}

} // namespace http
