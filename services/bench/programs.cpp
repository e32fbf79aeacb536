#include "bench/programs.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace bench {

std::string shell_quoted(std::string const& text)
{
    std::string shell = "'";
    for (char const c : text) shell += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return shell + "'";
}

std::string output_of(std::string const& command)
{
    FILE* const pipe = popen(command.c_str(), "re");
    if (pipe == nullptr) throw ProgramFailed{"no shell: " + command};
    std::string text;
    std::array<char, 4096> piece{};
    while (fgets(piece.data(), piece.size(), pipe) != nullptr) text += piece.data();
    int const status = pclose(pipe);
    constexpr std::size_t shown = 2'000;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        auto const end = text.size() > shown ? text.substr(text.size() - shown) : text;
        throw ProgramFailed{command.substr(0, command.find(' ')) + " failed: " + end};
    }
    return text;
}

bool is_installed(std::string const& program)
{
    return std::system(("command -v " + shell_quoted(program) + " >/dev/null 2>&1").c_str()) == 0;
}

std::string pgbench_program()
{
    for (int version = 20; version >= 13; --version) {
        auto const path = "/usr/lib/postgresql/" + std::to_string(version) + "/bin/pgbench";
        if (std::filesystem::exists(path)) return path;
    }
    return "pgbench";
}

std::string program_beside(std::string const& name)
{
    std::error_code unknown;
    auto const own = std::filesystem::read_symlink("/proc/self/exe", unknown);
    auto const beside = own.parent_path() / name;
    return !unknown && std::filesystem::exists(beside) ? beside.string() : std::string{};
}

std::string ask(std::string const& database, std::string const& statements)
{
    Folder const folder;
    auto const file = folder.file("ask.sql", statements);
    auto text = output_of("psql -X -q -A -t -v ON_ERROR_STOP=1 -f " + shell_quoted(file) + " " +
                          shell_quoted(database) + " 2>&1");
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    auto const last_line = text.rfind('\n');
    return last_line == std::string::npos ? text : text.substr(last_line + 1);
}

Folder::Folder()
{
    std::string pattern = std::filesystem::temp_directory_path() / "daifu-bench-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) throw ProgramFailed{"no temporary folder"};
    path_ = pattern;
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string Folder::file(std::string const& name, std::string const& text) const
{
    auto const path = path_ / name;
    std::ofstream{path} << text;
    return path;
}

} // namespace bench
