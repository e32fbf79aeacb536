// Reads or makes the id of a request. Only characters that are harmless in a header and in a log
// line get through.
#include "http/request_id.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <optional>

namespace http {

namespace {

bool is_lower_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool is_identifier(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
}

/// 00-<32 hex>-<16 hex>-<2 hex>, neither id all zeros (W3C Trace Context, version 00).
std::optional<std::string> trace_id_of(std::string_view traceparent)
{
    if (traceparent.size() != 55 || !traceparent.starts_with("00-")) return std::nullopt;
    if (traceparent[35] != '-' || traceparent[52] != '-') return std::nullopt;
    auto const trace = traceparent.substr(3, 32);
    auto const parent = traceparent.substr(36, 16);
    auto const is_id = [](std::string_view id) {
        return std::ranges::all_of(id, is_lower_hex) &&
               id.find_first_not_of('0') != std::string_view::npos;
    };
    if (!is_id(trace) || !is_id(parent)) return std::nullopt;
    return std::string{trace};
}

} // namespace

std::string new_request_id()
{
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 2 * bytes.size() + 1> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return text.data();
}

std::string request_id_of(Request const& request)
{
    if (auto const* const traceparent = request.header("traceparent")) {
        if (auto trace = trace_id_of(*traceparent)) return *std::move(trace);
    }
    if (auto const* const id = request.header("X-Request-Id")) {
        bool const fits = id->size() >= 8 && id->size() <= 64;
        if (fits && std::ranges::all_of(*id, is_identifier)) return *id;
    }
    return new_request_id();
}

} // namespace http
