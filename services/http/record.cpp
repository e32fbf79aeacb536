// Writes the log line of a request and counts it.
#include "http/record.hpp"

#include "http/log.hpp"

namespace http {

namespace {

LogLevel level_of(Response const& response)
{
    if (!response.refused) return LogLevel::info;
    switch (ledger::kind_of(response.refused->code)) {
    case ledger::RefusalKind::unavailable: return LogLevel::error;
    case ledger::RefusalKind::malformed:
    case ledger::RefusalKind::not_found:
    case ledger::RefusalKind::conflict:
    case ledger::RefusalKind::rule:
    case ledger::RefusalKind::protocol:
    case ledger::RefusalKind::access: return LogLevel::warning;
    }
    return LogLevel::error;
}

/// Our own routes answer to these; any other word is the client's own and stays out of the log.
std::string method_of(Request const& request)
{
    for (std::string_view const known :
         {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    {
        if (request.method == known) return request.method;
    }
    return "other";
}

} // namespace

void record(Metrics& metrics, Request const& request, Response const& response,
            std::chrono::microseconds took)
{
    std::string const route{request.route.empty() ? "none" : request.route};
    metrics.request_took(route, response.status, std::chrono::duration<double>(took).count());
    std::vector<LogField> fields{
        {"method", method_of(request)},
        {"route", route},
        {"status", std::int64_t{response.status}},
    };
    if (response.refused) fields.push_back({"code", std::string{name_of(response.refused->code)}});
    fields.insert(fields.end(), response.log.begin(), response.log.end());
    fields.push_back({"bytes", static_cast<std::int64_t>(response.body.size())});
    fields.push_back({"took_us", std::int64_t{took.count()}});
    fields.push_back({"request_id", request.request_id});
    log(level_of(response), response.event, std::move(fields));
}

} // namespace http
