// Wraps prometheus-cpp, so that its headers are seen here only.
#include "http/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <sstream>

namespace http {

namespace {

prometheus::Histogram::BucketBoundaries const& boundaries(Buckets buckets)
{
    static prometheus::Histogram::BucketBoundaries const seconds{
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    static prometheus::Histogram::BucketBoundaries const sizes{1,  2,   5,   10,  20,
                                                               50, 100, 200, 500, 1000};
    return buckets == Buckets::seconds ? seconds : sizes;
}

prometheus::Labels labels(std::string_view name, std::string_view value)
{
    if (name.empty()) return {};
    return {{std::string{name}, std::string{value}}};
}

} // namespace

struct Metrics::Registry {
    prometheus::Registry all{prometheus::Registry::InsertBehavior::Merge};
    prometheus::Family<prometheus::Histogram>* requests = nullptr;
};

Metrics::Metrics()
    : registry_{std::make_unique<Registry>()}
{
    registry_->requests = &prometheus::BuildHistogram()
                               .Name("http_request_seconds")
                               .Help("Time from a request's last byte to its answer")
                               .Register(registry_->all);
}

Metrics::~Metrics() = default;

Counter Metrics::counter(std::string_view name, std::string_view help, std::string_view label,
                         std::string_view value)
{
    auto& family = prometheus::BuildCounter()
                       .Name(std::string{name})
                       .Help(std::string{help})
                       .Register(registry_->all);
    Counter handle;
    handle.counter_ = &family.Add(labels(label, value));
    return handle;
}

Gauge Metrics::gauge(std::string_view name, std::string_view help, std::string_view label,
                     std::string_view value)
{
    auto& family = prometheus::BuildGauge()
                       .Name(std::string{name})
                       .Help(std::string{help})
                       .Register(registry_->all);
    Gauge handle;
    handle.gauge_ = &family.Add(labels(label, value));
    return handle;
}

Histogram Metrics::histogram(std::string_view name, std::string_view help, Buckets buckets)
{
    auto& family = prometheus::BuildHistogram()
                       .Name(std::string{name})
                       .Help(std::string{help})
                       .Register(registry_->all);
    Histogram handle;
    handle.histogram_ = &family.Add({}, boundaries(buckets));
    return handle;
}

void Metrics::request_took(std::string_view route, int status, double seconds)
{
    prometheus::Labels const where{{"route", std::string{route}},
                                   {"status", std::to_string(status)}};
    registry_->requests->Add(where, boundaries(Buckets::seconds)).Observe(seconds);
}

std::string Metrics::text() const
{
    std::ostringstream out;
    prometheus::TextSerializer{}.Serialize(out, registry_->all.Collect());
    return out.str();
}

void Counter::increment(double by)
{
    counter_->Increment(by);
}

void Gauge::set(double value)
{
    gauge_->Set(value);
}

void Histogram::observe(double value)
{
    histogram_->Observe(value);
}

} // namespace http
