// A bounded queue with a bell.
#include "http/stream.hpp"

#include "ledger/assert.hpp"

namespace http {

bool Stream::push(std::string event)
{
    std::lock_guard const lock{mutex_};
    if (is_closed_) return false;
    bool const is_full = events_.size() >= stream_events_limit;
    if (is_full) {
        is_closed_ = true;
        events_.clear();
    } else {
        events_.push_back(std::move(event));
    }
    if (wake_) wake_();
    return !is_full;
}

void Stream::close()
{
    std::lock_guard const lock{mutex_};
    is_closed_ = true;
    if (wake_) wake_();
}

void Stream::listen(std::function<void()> wake)
{
    std::lock_guard const lock{mutex_};
    wake_ = std::move(wake);
}

std::optional<std::string> Stream::take()
{
    std::lock_guard const lock{mutex_};
    if (events_.empty()) return std::nullopt;
    std::string event = std::move(events_.front());
    events_.pop_front();
    return event;
}

bool Stream::is_closed() const
{
    std::lock_guard const lock{mutex_};
    return is_closed_;
}

std::string event_text(std::string const& id, std::string const& name, std::string const& data)
{
    LEDGER_ASSERT(data.find('\n') == std::string::npos);
    return "id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n";
}

} // namespace http
