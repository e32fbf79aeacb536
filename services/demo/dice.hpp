// Chance with a seed: the standard fixes mt19937_64's numbers, and whole-number arithmetic does the
// rest, so every machine throws the same dice (the standard's distributions differ by library).
#pragma once

#include "ledger/assert.hpp"

#include <random>
#include <utility>
#include <vector>

namespace demo {

class Dice {
  public:
    explicit Dice(std::uint64_t seed)
        : engine_{seed}
    {
    }
    /// 0 … below-1. The bias of a 64-bit remainder is far below anything that shows here.
    std::size_t below(std::size_t limit)
    {
        LEDGER_ASSERT(limit > 0);
        return static_cast<std::size_t>(engine_() % limit);
    }
    int between(int least, int most)
    {
        return least + static_cast<int>(below(static_cast<std::size_t>(most - least) + 1));
    }
    bool happens(int percent) { return below(100) < static_cast<std::size_t>(percent); }
    template <class T> T const& one_of(std::vector<T> const& items)
    {
        return items[below(items.size())];
    }
    /// Fisher–Yates.
    template <class T> void shuffle(std::vector<T>& items)
    {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

  private:
    std::mt19937_64 engine_;
};

} // namespace demo
