// A client that sends exactly the bytes it is given, whole or in pieces, and reads what comes back
// within a bound. For what no polite HTTP library would send; and a small polite one on top.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test {

/// An answer taken apart; header names in lower case.
struct Answer {
    int status = 0; ///< 0: the connection ended without an answer
    std::map<std::string, std::string> headers;
    std::string body;

    std::string header(std::string const& lower_case_name) const;
};

/// One TCP connection to the loopback. Every wait is bounded by `patience`.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port,
                       std::chrono::milliseconds patience = std::chrono::seconds{20});
    ~RawClient();
    RawClient(RawClient const&) = delete;
    RawClient& operator=(RawClient const&) = delete;

    /// False when the other side has closed.
    bool send(std::string_view bytes);
    /// No more bytes will follow.
    void finish_sending();
    /// One whole answer by its Content-Length; a HEAD's has no body.
    Answer read_answer(bool is_head = false);
    /// Everything up to and with that text; empty when it does not come.
    std::string read_until(std::string_view text);
    /// Everything until the other side closes.
    std::string read_all();
    /// True when the other side has closed or does within the bound, without sending more.
    bool is_closed_within(std::chrono::milliseconds);

  private:
    bool fill(std::chrono::milliseconds);
    int socket_ = -1;
    std::chrono::milliseconds patience_;
    std::string received_;
};

/// A request as text, with Host, Content-Length where a body is and the given header lines; where
/// they do not say who asks, with the token of whoever may (tests/support/people.hpp).
std::string request_text(std::string_view method, std::string_view target, std::string_view body,
                         std::vector<std::string> const& header_lines);

/// Connects, asks once, closes.
Answer ask(std::uint16_t port, std::string_view method, std::string_view target,
           std::string_view body = {}, std::vector<std::string> const& header_lines = {});
/// A GET.
Answer get(std::uint16_t port, std::string_view target,
           std::vector<std::string> const& header_lines = {});
/// A POST of JSON with an Idempotency-Key (a fresh one when empty); where it waits for a second
/// person, what comes when the checker has confirmed it.
Answer post(std::uint16_t port, std::string_view target, std::string_view body,
            std::string const& key = {});

/// Confirms what waits, as somebody else: the answer of the books.
Answer confirmed(std::uint16_t port, Answer const& waiting,
                 std::string const& token = "token-of-the-checker");

/// "test-<process>-<count>".
std::string fresh_key();

} // namespace test
