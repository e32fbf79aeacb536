// The routes as one table: method, path pattern with {names}, the operation that it is, the query
// parameters that it knows, its handler. Paths are decoded before they are compared. A parameter
// that a route does not know, or that comes twice, is refused rather than ignored. A last segment
// {name...} fits whatever is left of a path, and any query: the addresses of a page's screens are
// the page's own.
#pragma once

#include "http/message.hpp"

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace http {

struct Route {
    std::string_view method;  ///< "GET" answers HEAD too
    std::string_view pattern; ///< "/v1/loans/{loan}"
    /// What whoever asks must be allowed to do, in the words of the gate.
    std::string_view operation;
    std::vector<std::string_view> query;
    Handler handler;
    /// What its body may have at most where that is more than Limits::body_bytes: such a request
    /// has Limits::large_body_deadline, and Limits::large_bodies of them are read at once.
    std::size_t body_bytes = 0;
    /// In place of Limits::answer_deadline; zero: that.
    std::chrono::milliseconds answer_within{};
    /// What is answered when that has passed; empty: database_unavailable.
    std::function<Response()> too_late{};
};

class Router {
  public:
    /// Asserts that no method and pattern come twice.
    explicit Router(std::vector<Route>);

    /// Fills in route, parameters and query_values of the request and returns its route. Refuses
    /// address_not_encoded (the target cannot be decoded), route_not_found, method_not_allowed
    /// (limit: the methods that exist), query_malformed, parameter_unknown (a query parameter, by
    /// name).
    ledger::Result<Route const*> match(Request&) const;

    std::span<Route const> routes() const { return routes_; }
    /// The largest body that any route takes, and at least that.
    std::size_t largest_body(std::size_t least) const;

  private:
    struct Pattern {
        std::vector<std::string_view> segments;
        std::size_t route = 0;
    };
    std::vector<Route> routes_;
    std::vector<Pattern> patterns_;
};

} // namespace http
