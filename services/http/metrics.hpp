// What Prometheus reads at /metrics: a registry, the figures of HTTP itself, and plain handles for
// those of the service. Labels come from fixed tables only (routes, codes), never from a request.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
} // namespace prometheus

namespace http {

/// A handle stays valid as long as its Metrics.
class Counter {
  public:
    void increment(double by = 1);

  private:
    friend class Metrics;
    prometheus::Counter* counter_ = nullptr;
};

class Gauge {
  public:
    void set(double);

  private:
    friend class Metrics;
    prometheus::Gauge* gauge_ = nullptr;
};

class Histogram {
  public:
    void observe(double);

  private:
    friend class Metrics;
    prometheus::Histogram* histogram_ = nullptr;
};

enum class Buckets : unsigned char { seconds = 1, sizes };

class Metrics {
  public:
    Metrics();
    ~Metrics();
    Metrics(Metrics const&) = delete;
    Metrics& operator=(Metrics const&) = delete;

    /// One label at most: name and value; both empty for none. The same name and label give the
    /// same figure. Any thread.
    Counter counter(std::string_view name, std::string_view help, std::string_view label = {},
                    std::string_view value = {});
    Gauge gauge(std::string_view name, std::string_view help, std::string_view label = {},
                std::string_view value = {});
    Histogram histogram(std::string_view name, std::string_view help, Buckets);

    /// http_request_seconds{route,status}.
    void request_took(std::string_view route, int status, double seconds);

    /// The text format, version 0.0.4.
    std::string text() const;

  private:
    struct Registry;
    std::unique_ptr<Registry> registry_;
};

} // namespace http
