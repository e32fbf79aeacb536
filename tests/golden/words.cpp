// What the words of a story may be.
#include "tests/golden/words.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace ledger::test {

Words::Words(std::string line)
    : line_{std::move(line)}
{
    std::istringstream words{line_};
    for (std::string word; words >> word;) words_.push_back(std::move(word));
}

bool Words::reads(std::string const& word)
{
    bool const is_next = has_more() && words_[at_] == word;
    if (is_next) ++at_;
    return is_next;
}

std::string Words::next()
{
    if (!has_more()) fail("a word is missing at the end");
    return words_[at_++];
}

std::string Words::rest()
{
    std::string text;
    while (has_more()) text += (text.empty() ? "" : " ") + next();
    return text;
}

int Words::number()
{
    std::string const word = next();
    int value = 0;
    auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size()) fail("a number is missing");
    return value;
}

std::int64_t Words::signed_percent()
{
    std::string word = next();
    if (word.back() != '%') fail("a percentage is missing");
    word.pop_back();
    bool const is_negative = word.starts_with('-');
    auto const rate = must(Rate::parse(is_negative ? word.substr(1) : word));
    return is_negative ? -rate.ppm() : rate.ppm();
}

Frequency Words::frequency()
{
    int const count = number();
    return {count, unit()};
}

Method Words::method()
{
    static constexpr std::array choices{
        std::pair{"equal_instalments", Method::equal_instalments},
        std::pair{"equal_principal", Method::equal_principal},
        std::pair{"interest_only", Method::interest_only},
        std::pair{"at_maturity", Method::at_maturity},
        std::pair{"principal_plan", Method::principal_plan},
    };
    return one_of(choices);
}

PeriodUnit Words::unit()
{
    static constexpr std::array choices{
        std::pair{"day", PeriodUnit::day},     std::pair{"week", PeriodUnit::week},
        std::pair{"month", PeriodUnit::month}, std::pair{"quarter", PeriodUnit::quarter},
        std::pair{"year", PeriodUnit::year},
    };
    return one_of(choices);
}

RiskClass Words::risk_class()
{
    std::string const word = next();
    auto const found =
        std::ranges::find(all_risk_classes, word, [](RiskClass each) { return code_of(each); });
    if (found == all_risk_classes.end()) fail("no class " + word);
    return *found;
}

DebtComponent Words::component()
{
    std::string const word = next();
    for (DebtComponent const each : interest_first.components) {
        if (code_of(each) == word) return each;
    }
    fail("no component " + word);
}

AllocationOrder Words::order()
{
    static constexpr AllocationOrder vertical{interest_first.components, AllocateBy::component};
    static constexpr std::array choices{
        std::pair{"interest_first", interest_first},
        std::pair{"principal_first", principal_first},
        std::pair{"interest_first_by_component", vertical},
    };
    return one_of(choices);
}

} // namespace ledger::test
