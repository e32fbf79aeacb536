// Cuts a fault down to the line that quotes no data.
#include "daifud/fault_text.hpp"

#include <string_view>

namespace daifud {

std::string log_text_of(std::exception const& fault)
{
    std::string_view const all{fault.what()};
    return std::string{all.substr(0, all.find('\n'))};
}

} // namespace daifud
