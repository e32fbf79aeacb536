#include "tests/http/kit.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace kit {

/// A request that is held until the test lets go.
struct Running::Slow {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<http::Respond> held;
    int finished = 0;
};

Running::Running(http::Limits limits)
    : slow_{std::make_unique<Slow>()}
{
    using Asked = std::shared_ptr<http::Request const>;
    auto* const slow = slow_.get();
    std::vector<http::Route> routes;
    routes.push_back({"GET", "/hello", "open", {}, [](Asked, http::Respond respond) {
                          respond(http::with_etag(http::Request{}, http::ok("\"hello\"")));
                      }});
    routes.push_back({"POST", "/echo", "open", {}, [](Asked asked, http::Respond respond) {
                          respond(http::ok(asked->body));
                      }});
    routes.push_back(
        {"GET", "/names/{name}", "open", {"colour"}, [](Asked asked, http::Respond respond) {
             auto const found = asked->query_values.find("colour");
             bool const none = found == asked->query_values.end();
             respond(http::ok(asked->parameters.at("name") + '/' + (none ? "" : found->second)));
         }});
    routes.push_back({"GET", "/slow", "open", {}, [slow](Asked, http::Respond respond) {
                          std::lock_guard const lock{slow->mutex};
                          slow->held.emplace(std::move(respond));
                          slow->changed.notify_all();
                      }});
    routes.push_back({"GET", "/huge", "open", {}, [](Asked, http::Respond respond) {
                          respond(http::ok(std::string(huge_bytes, 'x')));
                      }});
    routes.push_back({"GET", "/drop", "open", {}, [](Asked, http::Respond) {}});
    routes.push_back({"GET", "/bug", "open", {}, [](Asked, http::Respond) {
                          throw std::logic_error{"a bug in a handler"};
                      }});
    http::Options options;
    options.limits = limits;
    options.allowed_hosts = {"localhost", "127.0.0.1"};
    options.problem = [](ledger::Refused const& refused, int, std::string_view, std::string_view) {
        return std::string{ledger::name_of(refused.code)} + ' ' + refused.field + ' ' +
               refused.limit;
    };
    options.finished = [slow](http::Request const&, http::Response const&,
                              std::chrono::microseconds) {
        std::lock_guard const lock{slow->mutex};
        ++slow->finished;
        slow->changed.notify_all();
    };
    server_ = std::make_unique<http::Server>(http::Router{std::move(routes)}, std::move(options));
    port_ = server_->listen("127.0.0.1", 0);
    thread_ = std::thread{[this] { is_drained_ = server_->run(); }};
}

Running::~Running()
{
    server_->stop();
    release();
    join();
}

void Running::wait_until_slow()
{
    std::unique_lock lock{slow_->mutex};
    slow_->changed.wait(lock, [this] { return slow_->held.has_value(); });
}

void Running::wait_until_finished(int answers)
{
    std::unique_lock lock{slow_->mutex};
    slow_->changed.wait(lock, [this, answers] { return slow_->finished >= answers; });
}

void Running::release()
{
    std::optional<http::Respond> held;
    {
        std::lock_guard const lock{slow_->mutex};
        if (slow_->held) held.emplace(*std::move(slow_->held));
        slow_->held.reset();
    }
    if (held) (*held)(http::ok("\"released\""));
}

void Running::join()
{
    if (thread_.joinable()) thread_.join();
}

} // namespace kit
