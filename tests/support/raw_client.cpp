// Plain sockets and poll. It knows as little of HTTP as it takes to find an answer's end.
#include "tests/support/raw_client.hpp"

#include "tests/support/people.hpp"

#include <boost/json.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace test {

namespace {

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

Answer parsed_head(std::string_view head)
{
    Answer answer;
    auto const line_end = head.find("\r\n");
    if (head.size() > 12 && head.starts_with("HTTP/1.")) {
        answer.status = std::stoi(std::string{head.substr(9, 3)});
    }
    auto rest = line_end == std::string_view::npos ? "" : head.substr(line_end + 2);
    while (!rest.empty()) {
        auto const end = rest.find("\r\n");
        auto const line = rest.substr(0, end);
        auto const colon = line.find(": ");
        if (colon != std::string_view::npos) {
            answer.headers[lower(std::string{line.substr(0, colon)})] = line.substr(colon + 2);
        }
        if (end == std::string_view::npos) break;
        rest = rest.substr(end + 2);
    }
    return answer;
}

} // namespace

std::string Answer::header(std::string const& lower_case_name) const
{
    auto const found = headers.find(lower_case_name);
    return found == headers.end() ? "" : found->second;
}

RawClient::RawClient(std::uint16_t port, std::chrono::milliseconds patience)
    : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)}
    , patience_{patience}
{
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int const on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) != 0) {
        ::close(socket_);
        throw std::runtime_error{std::string{"cannot connect: "} + std::strerror(errno)};
    }
}

RawClient::~RawClient()
{
    ::close(socket_);
}

bool RawClient::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::finish_sending()
{
    ::shutdown(socket_, SHUT_WR);
}

bool RawClient::fill(std::chrono::milliseconds bound)
{
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(bound.count())) <= 0) return false;
    char bytes[16'384];
    auto const count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    received_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

Answer RawClient::read_answer(bool is_head)
{
    std::size_t head_end = 0;
    while ((head_end = received_.find("\r\n\r\n")) == std::string::npos) {
        if (!fill(patience_)) return {};
    }
    auto answer = parsed_head(std::string_view{received_}.substr(0, head_end));
    received_.erase(0, head_end + 4);
    auto const length = answer.header("content-length");
    std::size_t const wanted = is_head || length.empty() ? 0 : std::stoul(length);
    while (received_.size() < wanted) {
        if (!fill(patience_)) return {};
    }
    answer.body = received_.substr(0, wanted);
    received_.erase(0, wanted);
    return answer;
}

std::string RawClient::read_until(std::string_view text)
{
    for (;;) {
        auto const at = received_.find(text);
        if (at != std::string::npos) {
            std::string const found = received_.substr(0, at + text.size());
            received_.erase(0, at + text.size());
            return found;
        }
        if (!fill(patience_)) return {};
    }
}

std::string RawClient::read_all()
{
    while (fill(patience_)) {
    }
    return std::exchange(received_, {});
}

bool RawClient::is_closed_within(std::chrono::milliseconds bound)
{
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(bound.count())) <= 0) return false;
    char byte = 0;
    return ::recv(socket_, &byte, 1, MSG_PEEK) <= 0;
}

std::string request_text(std::string_view method, std::string_view target, std::string_view body,
                         std::vector<std::string> const& header_lines)
{
    std::string text{method};
    text += ' ';
    text += target;
    text += " HTTP/1.1\r\nHost: localhost\r\n";
    bool says_who = false;
    for (auto const& line : header_lines) {
        text += line + "\r\n";
        says_who |= line.starts_with("Authorization:") || line.starts_with("Cookie:");
    }
    if (!says_who) text += bearer(token_for(target)) + "\r\n";
    if (!body.empty() || method == "POST") {
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    text += "\r\n";
    text += body;
    return text;
}

Answer ask(std::uint16_t port, std::string_view method, std::string_view target,
           std::string_view body, std::vector<std::string> const& header_lines)
{
    RawClient client{port};
    client.send(request_text(method, target, body, header_lines));
    return client.read_answer(method == "HEAD");
}

Answer get(std::uint16_t port, std::string_view target,
           std::vector<std::string> const& header_lines)
{
    return ask(port, "GET", target, {}, header_lines);
}

Answer post(std::uint16_t port, std::string_view target, std::string_view body,
            std::string const& key)
{
    auto const answer = ask(port, "POST", target, body,
                            {"Content-Type: application/json",
                             "Idempotency-Key: " + (key.empty() ? fresh_key() : key)});
    return answer.status == 202 ? confirmed(port, answer) : answer;
}

Answer confirmed(std::uint16_t port, Answer const& waiting, std::string const& token)
{
    auto const line = boost::json::parse(waiting.body).as_object();
    return ask(
        port, "POST", "/v1/pending/" + std::to_string(line.at("pending").as_int64()) + "/approval",
        boost::json::serialize(boost::json::object{{"effect_digest", line.at("effect_digest")}}),
        {"Content-Type: application/json", bearer(token)});
}

std::string fresh_key()
{
    static std::atomic<int> count{0};
    return "test-" + std::to_string(::getpid()) + '-' + std::to_string(++count);
}

} // namespace test
