// fork and exec, with files for the three streams, so that no pipe can fill up.
#include "tests/cli/command.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/keys.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace test {

namespace {

void redirect(std::string const& path, int flags, int descriptor)
{
    int const file = open(path.c_str(), flags, 0600);
    if (file < 0 || dup2(file, descriptor) < 0) _exit(126);
}

} // namespace

Said daifu(std::vector<std::string> const& arguments, std::string const& database,
           std::string const& input, std::string const& out)
{
    Folder const folder;
    std::string const in = folder.file("in", input);
    std::string const binary = std::string{DAIFU_BINARY_DIR} + "/daifu";
    std::vector<char*> argv{const_cast<char*>(binary.c_str())};
    for (std::string const& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));
    }
    argv.push_back(nullptr);
    std::string const& keys = key_file(); // made here, once: each child would make its own
    pid_t const child = fork();
    if (child < 0) throw std::runtime_error{"fork failed"};
    if (child == 0) {
        redirect(in, O_RDONLY, STDIN_FILENO);
        redirect(out.empty() ? folder.path("out") : out, O_WRONLY | O_CREAT, STDOUT_FILENO);
        redirect(folder.path("err"), O_WRONLY | O_CREAT, STDERR_FILENO);
        if (database.empty()) {
            unsetenv("DAIFU_DATABASE");
        } else {
            setenv("DAIFU_DATABASE", database.c_str(), 1);
        }
        setenv("DAIFU_KEY_FILE", keys.c_str(), 1);
        execv(binary.c_str(), argv.data());
        _exit(127);
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child) throw std::runtime_error{"waitpid failed"};
    int const code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, folder.read("out"), folder.read("err")};
}

std::string const& demo_books()
{
    static std::string const database = [] {
        std::string const fresh = fresh_books();
        Folder const folder;
        Said const said = daifu({"demo", "--directory", folder.path("demo")}, fresh);
        INFO(said.out << said.err);
        REQUIRE(said.exit == 0);
        return fresh;
    }();
    return database;
}

Folder::Folder()
{
    std::string name = (std::filesystem::temp_directory_path() / "daifu-cli.XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary directory"};
    path_ = name;
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string Folder::file(std::string const& name, std::string const& bytes) const
{
    std::ofstream{path(name), std::ios::binary} << bytes;
    return path(name);
}

std::string Folder::read(std::string const& name) const
{
    std::ifstream in{path(name), std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

} // namespace test
