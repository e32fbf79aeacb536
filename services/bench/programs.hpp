// Programs of PostgreSQL and of others that a measurement runs beside ours: psql, pgbench, wrk.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace bench {

/// A program is missing or ended with a failure; the text holds the end of what it said.
class ProgramFailed : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// "it's" as the shell reads it again.
std::string shell_quoted(std::string const& text);

/// Standard output of a shell command. Throws ProgramFailed.
std::string output_of(std::string const& command);

bool is_installed(std::string const& program);

/// pgbench of the newest PostgreSQL that is installed, which Debian keeps out of the PATH.
std::string pgbench_program();

/// The program of that name in the folder of the one that runs; empty: there is none.
std::string program_beside(std::string const& name);

/// Statements on a connection of psql; what the last one answered, without blanks around it.
std::string ask(std::string const& database, std::string const& statements);

/// A folder for scripts, gone with its owner.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    /// The path of the new file.
    std::string file(std::string const& name, std::string const& text) const;
    std::string path() const { return path_; }

  private:
    std::filesystem::path path_;
};

} // namespace bench
