// Every story in this folder is told again and must say what stands below its line.
// LEDGER_ACCEPT=1 rewrites that part instead.
#include "tests/golden/story.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
constexpr char const* line_of_dashes = "\n----\n";

std::string text_of(fs::path const& path)
{
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    REQUIRE(file.good());
    return text.str();
}

std::set<fs::path> stories()
{
    std::set<fs::path> found;
    for (auto const& entry : fs::directory_iterator{DAIFU_SOURCE_DIR "/tests/golden"}) {
        if (entry.path().extension() == ".story") found.insert(entry.path());
    }
    return found;
}

} // namespace

TEST_CASE("Every story is told as it stands in its file")
{
    REQUIRE(stories().size() >= 44);
    for (fs::path const& path : stories()) {
        std::string const text = text_of(path);
        auto const line = text.find(line_of_dashes);
        INFO(path.filename().string());
        REQUIRE(line != std::string::npos);
        std::string const commands = text.substr(0, line + 1);
        std::string const now = ledger::test::told(commands);
        if (std::getenv("LEDGER_ACCEPT")) {
            std::ofstream{path} << commands << "----\n" << now;
        } else {
            CHECK(text.substr(line + 6) == now);
        }
    }
}

TEST_CASE("A story that tells something else than its file is noticed")
{
    CHECK(ledger::test::told("rules cap 1 term 1 margin 0 order interest_first\n"
                             "2016-01-01 fund F open\n") !=
          ledger::test::told("rules cap 1 term 1 margin 0 order interest_first\n"
                             "2016-01-02 fund F open\n"));
}
