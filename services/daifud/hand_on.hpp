// From the network thread to a pool and back: what the work returns is the answer, what it throws
// is a fault that ends here, once a request, and a pool that is full says so at once.
#pragma once

#include "daifud/fault_text.hpp"
#include "daifud/workers.hpp"

#include "http/limits.hpp"
#include "http/log.hpp"
#include "http/message.hpp"
#include "http/problem.hpp"

#include <memory>
#include <optional>

namespace daifud {

using Asked = std::shared_ptr<http::Request const>;
using Back = std::shared_ptr<http::Respond>;
/// An answer now, or none: whoever took `Back` along answers later.
using Later = std::optional<http::Response>;

inline http::Response busy()
{
    return http::refusal({ledger::Refusal::service_busy, {}, std::to_string(http::retry_after_s)});
}

/// The world broke (try again) or we have (it is in the log).
template <class Work> Later guarded(http::Request const& request, Work&& work)
{
    try {
        return work();
    } catch (store::DatabaseUnavailable const&) {
        return http::refusal(ledger::Refusal::database_unavailable);
    } catch (std::exception const& fault) {
        http::log(http::LogLevel::error, "request.failed",
                  {{"what", log_text_of(fault)},
                   {"route", std::string{request.route}},
                   {"request_id", request.request_id}});
        return http::refusal(ledger::Refusal::internal_fault);
    }
}

/// `work`: from the pool's connection to a Response or a Later.
template <class Work> void hand_on(Workers& pool, Asked const& asked, Back const& back, Work work)
{
    bool const is_taken =
        pool.submit([asked, back, work = std::move(work)](store::Database& database) mutable {
            auto answer = guarded(*asked, [&]() -> Later { return work(database); });
            if (answer) (*back)(*std::move(answer));
        });
    if (!is_taken) (*back)(busy());
}

} // namespace daifud
