// Runs the real binary as an operator does: arguments, standard input, environment; and keeps what
// it said and answered.
#pragma once

#include <boost/json.hpp>

#include <string>
#include <vector>

namespace test {

struct Said {
    int exit = -1; ///< 128 + signal when it was killed
    std::string out;
    std::string err;

    boost::json::object json() const { return boost::json::parse(out).as_object(); }
};

/// `daifu ARGUMENTS…` with standard input; DAIFU_DATABASE is set to `database` unless it is empty.
/// Standard output goes to `out` when it is named, else it is kept.
Said daifu(std::vector<std::string> const& arguments, std::string const& database = {},
           std::string const& input = {}, std::string const& out = {});

/// One demonstration county for the tests that only read it; its database.
std::string const& demo_books();

/// A directory that goes with the object, for registers and what comes of them.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    /// Writes a file and answers its path.
    std::string file(std::string const& name, std::string const& bytes) const;
    std::string path(std::string const& name) const { return path_ + "/" + name; }
    std::string read(std::string const& name) const;

  private:
    std::string path_;
};

} // namespace test
