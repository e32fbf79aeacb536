// What of a fault may stand in a log. The database's detail lines quote rows, and rows hold people.
#pragma once

#include <exception>
#include <string>

namespace daifud {

/// The first line of what it says.
std::string log_text_of(std::exception const&);

} // namespace daifud
