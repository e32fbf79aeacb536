#include "tests/support/keys.hpp"

#include "secrets/key_ring.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace test {

namespace {

struct KeyFolder {
    std::filesystem::path path;

    KeyFolder()
    {
        std::string pattern = std::filesystem::temp_directory_path() / "daifu-keys-XXXXXX";
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
        path = pattern;
    }
    ~KeyFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

} // namespace

std::string const& key_file()
{
    static KeyFolder const folder;
    static std::string const file = folder.path / "daifu.key";
    return file;
}

std::shared_ptr<store::Sealing const> sealing()
{
    static auto const ring = std::make_shared<secrets::KeyRing>(key_file());
    return ring;
}

} // namespace test
