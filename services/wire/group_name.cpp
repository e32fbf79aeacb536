#include "wire/group_name.hpp"

#include "ledger/words.hpp"
#include "wire/industries.hpp"

namespace wire {

std::string group_name(ledger::Dimension by, std::string const& key, std::string name)
{
    using enum ledger::Dimension;
    if (key.empty()) return name.empty() ? "未填" : name;
    switch (by) {
    case way: return std::string{ledger::chinese_word("way", key)};
    case standing: return std::string{ledger::chinese_word("standing", key)};
    case product: return std::string{ledger::chinese_word("method", key)};
    case industry: return std::string{industry_name(key)};
    case officer:
    case year:
        if (key == "-") return "未放款";
        return by == officer ? std::string{ledger::chinese_word("actor", key)} : key;
    case county:
    case township:
    case village:
    case branch:
    case fund:
    case borrower: return name.empty() ? key : name;
    }
    return key;
}

} // namespace wire
