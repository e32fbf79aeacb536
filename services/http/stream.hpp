// Server-sent events on their way to one client. Anybody may push, from any thread; only the
// client's connection takes. A client that does not keep up is closed rather than waited for, so
// nobody who pushes ever waits.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace http {

/// Events that may wait for a client; a figure that changes five times a second waits three
/// seconds.
inline constexpr std::size_t stream_events_limit = 16;

class Stream {
  public:
    /// A whole event with its empty line. False when the stream is closed, or by this call: it was
    /// full.
    bool push(std::string event);
    /// No more events; what waits is still sent.
    void close();

    /// `wake` is called, from any thread, when there is something to take or the end has come.
    void listen(std::function<void()> wake);
    std::optional<std::string> take();
    bool is_closed() const;

  private:
    mutable std::mutex mutex_;
    std::deque<std::string> events_;
    std::function<void()> wake_;
    bool is_closed_ = false;
};

/// "id: 17\nevent: statistics\ndata: {…}\n\n". Asserts that the data is one line.
std::string event_text(std::string const& id, std::string const& name, std::string const& data);

} // namespace http
