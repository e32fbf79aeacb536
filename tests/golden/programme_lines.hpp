// The lines of a story that say what the county has ruled and what its days were like: they come
// before the first dated line.
#pragma once

#include "ledger/programme.hpp"

#include "tests/golden/words.hpp"

namespace ledger::test {

/// Reads the line into the programme. False when the first word is none of such a line.
bool read_programme_line(std::string const& line, Programme&, std::vector<Date>& holidays,
                         std::vector<Date>& make_up_days);

} // namespace ledger::test
