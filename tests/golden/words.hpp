// The words of one line of a story, read one after the other. A word that cannot be read throws
// std::runtime_error with the whole line: a story is written by us, so nothing is refused politely.
#pragma once

#include "ledger/programme.hpp"
#include "ledger/schedule.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace ledger::test {

class Words {
  public:
    explicit Words(std::string line);

    [[noreturn]] void fail(std::string const& why) const
    {
        throw std::runtime_error{line_ + ": " + why};
    }
    bool has_more() const { return at_ < words_.size(); }
    /// Is that the next word? It is then read.
    bool reads(std::string const& word);
    std::string next();
    /// What is left of the line.
    std::string rest();

    int number();
    Money yuan() { return must(Money::parse(next())); }
    Date date() { return must(Date::parse(next())); }
    Rate percent() { return Rate::ppm(signed_percent()); }
    /// "-1.5%", in ppm.
    std::int64_t signed_percent();
    template <class Name> Name name() { return must(Name::parse(next())); }
    /// "3 month"
    Frequency frequency();
    Method method();
    PeriodUnit unit();
    RiskClass risk_class();
    DebtComponent component();
    AllocationOrder order();

    template <class T> T must(Result<T> result) const
    {
        if (!result) fail(std::string{name_of(result.error().code)});
        return std::move(*result);
    }
    /// The value of the next word in a list of named ones.
    template <class T, std::size_t Size>
    T one_of(std::array<std::pair<char const*, T>, Size> const& choices)
    {
        std::string const word = next();
        for (auto const& [text, value] : choices) {
            if (word == text) return value;
        }
        fail("no choice " + word);
    }

  private:
    std::string line_;
    std::vector<std::string> words_;
    std::size_t at_ = 0;
};

} // namespace ledger::test
