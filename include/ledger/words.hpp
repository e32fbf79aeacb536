// The stable codes of enumerations in the words of the people who read them. Codes are for
// programs; a Chinese sentence or screen says what they mean. A code is a word of a vocabulary,
// because one code may mean different things: an approved loan is 已批未放, an approved exit
// 县级审定.
#pragma once

#include <string>
#include <string_view>

namespace ledger {

/// The word for a code of a vocabulary ("loan_status", "risk_class", "standing", "exit_step",
/// "way", "safeguard", "plan_indicator", "method", "actor": who entered something without a name of
/// his own); the code itself where there is no word for it.
std::string_view chinese_word(std::string_view vocabulary, std::string_view code);

/// "proposed, checked" as "村级提出、乡镇核查".
std::string chinese_words(std::string_view vocabulary, std::string_view codes);

} // namespace ledger
