// Look-up of headers, and the promise that every request is answered once.
#include "http/message.hpp"

#include "http/problem.hpp"

#include "ledger/assert.hpp"

#include <algorithm>
#include <utility>

namespace http {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string const* find(std::vector<Header> const& headers, std::string_view name)
{
    auto const found = std::ranges::find_if(
        headers, [name](Header const& header) { return equal_without_case(header.name, name); });
    return found == headers.end() ? nullptr : &found->value;
}

} // namespace

bool equal_without_case(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t";
    auto const first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

std::string const* Request::header(std::string_view name) const
{
    return find(headers, name);
}

int Request::count(std::string_view name) const
{
    return static_cast<int>(std::ranges::count_if(
        headers, [name](Header const& header) { return equal_without_case(header.name, name); }));
}

std::string const* Response::header(std::string_view name) const
{
    return find(headers, name);
}

Respond::Respond(Send send)
    : send_{std::move(send)}
{
}

Respond::Respond(Respond&& other) noexcept
    : send_{std::exchange(other.send_, nullptr)}
{
}

Respond::~Respond()
{
    if (send_) send_(refusal(ledger::Refusal::internal_fault));
}

void Respond::operator()(Response response)
{
    LEDGER_ASSERT(send_ != nullptr);
    auto send = std::exchange(send_, nullptr);
    send(std::move(response));
}

} // namespace http
