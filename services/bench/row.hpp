// What is measured: a line of the table, once a round.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace bench {

struct Latency {
    double p50_ms = 0, p99_ms = 0, p999_ms = 0;
};

struct Measured {
    double a_second = 0;
    std::optional<Latency> latency{};
};

struct Row {
    std::string name;    ///< stable, for --only and --json
    std::string chinese; ///< what it is
    std::function<Measured()> measure;
};

} // namespace bench
