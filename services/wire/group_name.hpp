// What a group of a statistic is called.
#pragma once

#include "ledger/indicator.hpp"

#include <string>

namespace wire {

/// In Chinese: of a code the word for it ("养牛", "代养托管"), of whoever entered something without
/// signing in how he did ("批量导入"), of what has no group "未放款" or "未填"; else `name`.
std::string group_name(ledger::Dimension, std::string const& key, std::string name);

} // namespace wire
