// The checks of a request's head. Beast's parser has refused what is no HTTP before these run; what
// it tolerates and we do not is here.
#include "http/framing.hpp"

#include <algorithm>

namespace http {

using ledger::Refusal;
using ledger::Refused;

namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool has_body(std::string_view method)
{
    return method == "POST" || method == "PUT" || method == "PATCH";
}

std::optional<Refused> length_fault(Request const& request)
{
    int const lengths = request.count("Content-Length");
    if (lengths > 1) return Refused{Refusal::request_malformed, "Content-Length", {}};
    if (lengths == 0) {
        if (has_body(request.method))
            return Refused{Refusal::length_required, "Content-Length", {}};
        return std::nullopt;
    }
    auto const& length = *request.header("Content-Length");
    if (length.empty() || !std::ranges::all_of(length, is_digit)) {
        return Refused{Refusal::request_malformed, "Content-Length", {}};
    }
    bool const is_empty = length.find_first_not_of('0') == std::string::npos;
    if (!is_empty && !has_body(request.method)) {
        return Refused{Refusal::request_malformed, "Content-Length", {}};
    }
    return std::nullopt;
}

std::optional<Refused> host_fault(Request const& request, bool is_http_1_1,
                                  std::span<std::string const> allowed_hosts)
{
    Refused const fault{Refusal::request_malformed, "Host", {}};
    int const hosts = request.count("Host");
    if (hosts > 1) return fault;
    if (hosts == 0) return is_http_1_1 ? std::optional{fault} : std::nullopt;
    auto const host = without_port(*request.header("Host"));
    bool const is_ours =
        allowed_hosts.empty() || std::ranges::any_of(allowed_hosts, [host](auto const& name) {
            return equal_without_case(name, host);
        });
    if (!is_ours) return fault;
    return std::nullopt;
}

} // namespace

std::string_view without_port(std::string_view host)
{
    auto const colon = host.rfind(':');
    if (colon == std::string_view::npos) return host;
    auto const port = host.substr(colon + 1);
    bool const is_port = std::ranges::all_of(port, is_digit); // "[::1]" ends in no port
    return is_port ? host.substr(0, colon) : host;
}

std::optional<Refused> framing_fault(Request const& request, std::string_view target,
                                     bool is_http_1_1, std::span<std::string const> allowed_hosts)
{
    if (request.count("Transfer-Encoding") > 0) {
        return Refused{Refusal::transfer_encoding_refused, "Transfer-Encoding", {}};
    }
    if (!target.starts_with('/')) return Refused{Refusal::request_malformed, {}, {}};
    if (auto fault = host_fault(request, is_http_1_1, allowed_hosts)) return fault;
    if (auto fault = length_fault(request)) return fault;
    auto const* const expect = request.header("Expect");
    if (expect != nullptr && !equal_without_case(*expect, "100-continue")) {
        return Refused{Refusal::request_malformed, "Expect", {}};
    }
    return std::nullopt;
}

} // namespace http
