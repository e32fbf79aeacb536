// A story is a text file: dated commands above a line of dashes, what they did below it. It is told
// to the pure engine; nothing in it is an id or a timestamp. The grammar is in README.md beside the
// stories.
#pragma once

#include <string>
#include <string_view>

namespace ledger::test {

/// What the commands of a story did, as it stands below the line. Throws std::runtime_error with
/// the line when a line cannot be read.
std::string told(std::string_view commands);

} // namespace ledger::test
