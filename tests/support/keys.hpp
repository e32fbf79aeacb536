// The key file of the tests of one process: whoever writes to one database must have the same.
#pragma once

#include "store/sealing.hpp"

#include <memory>
#include <string>

namespace test {

/// In a folder that goes with the process; made by the first who uses it.
std::string const& key_file();
/// What its keys seal.
std::shared_ptr<store::Sealing const> sealing();

} // namespace test
