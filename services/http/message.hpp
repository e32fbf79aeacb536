// A request and an answer as plain values: what the rest of the service sees of HTTP. Nothing here
// knows a socket, a parser or a loan. Header names compare without case. An answer that refuses
// carries the refusal itself; its status and its document are made in problem.cpp.
#pragma once

#include "ledger/refusal.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace http {

class Stream;

struct Header {
    std::string name;
    std::string value;
};

using Parameters = std::map<std::string, std::string, std::less<>>;

struct Request {
    std::string method; ///< as written; HEAD stays HEAD
    std::string path;   ///< percent-encoded, without the query
    std::string query;  ///< percent-encoded, without the question mark
    std::vector<Header> headers;
    std::string body;
    std::string request_id;
    std::string address;                ///< of the client, as the connection or the proxy has it
    std::shared_ptr<void const> caller; ///< who asks, as the gate found him; its type is the gate's
    std::string_view route;             ///< the pattern that matched; empty when none did
    Parameters parameters;              ///< {names} of the path, decoded
    Parameters query_values; ///< decoded, each at most once, only those that the route declares

    /// The first header of that name, or nullptr.
    std::string const* header(std::string_view name) const;
    int count(std::string_view name) const;
};

/// One thing said in a log line. Never a person's data: identifiers of the books, codes, counts.
struct LogField {
    std::string_view name;
    std::variant<std::string, std::int64_t, bool> value;
};

struct Response {
    int status = 0; ///< set by the functions of problem.hpp only
    std::string content_type;
    std::string body;
    std::vector<Header> headers;
    std::shared_ptr<Stream> stream;         ///< in place of a body: events until it is closed
    std::optional<ledger::Refused> refused; ///< then status and body are made from it
    std::string event = "request";          ///< name of the log line
    std::vector<LogField> log;              ///< said in the log line of the request

    std::string const* header(std::string_view name) const;
};

/// The way back to the client. Called once, from any thread; if it is dropped without a call the
/// client is answered internal_fault, so no request hangs.
class Respond {
  public:
    using Send = std::move_only_function<void(Response)>;
    explicit Respond(Send);
    Respond(Respond&&) noexcept;
    Respond& operator=(Respond&&) = delete;
    ~Respond();
    void operator()(Response);

  private:
    Send send_;
};

/// Answers now or later. It runs on the network thread, or on that of the gate, which all requests
/// share: whatever may wait is handed on.
using Handler = std::function<void(std::shared_ptr<Request const>, Respond)>;

/// ASCII letters without case.
bool equal_without_case(std::string_view, std::string_view);

/// A part of a header's value without the blanks and tabs around it (RFC 9110, 5.6.3).
std::string_view trimmed(std::string_view);

} // namespace http
