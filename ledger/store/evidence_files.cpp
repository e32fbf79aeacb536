// Write beside it, sync, rename, sync the directory: a file is there whole or not at all.
#include "store/evidence_files.hpp"

#include "ledger/seal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace store {

namespace fs = std::filesystem;

using ledger::CountyCode;
using ledger::Refusal;

namespace {

[[noreturn]] void fail(char const* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

/// A descriptor that is closed whatever happens.
class Descriptor {
  public:
    Descriptor(fs::path const& path, int flags, mode_t mode = 0)
        : number_{::open(path.c_str(), flags | O_CLOEXEC, mode)}
    {
        if (number_ < 0) fail("evidence cannot be opened");
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() { ::close(number_); }

    void write(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            auto const count = ::write(number_, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail("evidence cannot be written");
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void sync() const
    {
        if (::fsync(number_) != 0) fail("evidence cannot be synced");
    }

  private:
    int number_;
};

/// Makes the directory, and syncs each that holds a new one.
void make_directories(fs::path const& directory)
{
    if (fs::exists(directory)) return;
    auto const parent = directory.parent_path();
    if (!parent.empty()) make_directories(parent);
    std::error_code ignored; // another request may have made it in the same moment
    fs::create_directory(directory, ignored);
    fs::permissions(directory, fs::perms::owner_all);
    if (!parent.empty()) Descriptor{parent, O_RDONLY | O_DIRECTORY}.sync();
}

/// Whole, or nothing when it cannot be read.
std::string content_of(fs::path const& path)
{
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

} // namespace

EvidenceFiles::EvidenceFiles(fs::path directory)
    : directory_{std::move(directory)}
{
}

fs::path EvidenceFiles::path_of(CountyCode const& county, std::string const& digest) const
{
    LEDGER_ASSERT(digest.size() == 2 * ledger::Digest{}.size());
    return directory_ / county.text() / digest.substr(0, 2) / digest;
}

std::string EvidenceFiles::keep(CountyCode const& county, std::string_view bytes) const
{
    std::string const digest = ledger::hex(ledger::file_digest(bytes));
    fs::path const path = path_of(county, digest);
    make_directories(path.parent_path());
    if (content_of(path) != bytes) {
        // A name of this call's own: two may keep the same file in the same moment.
        std::string beside = path.string() + ".XXXXXX";
        int const made = ::mkstemp(beside.data());
        if (made < 0) fail("evidence cannot be created");
        ::close(made);
        try {
            Descriptor const file{beside, O_WRONLY};
            file.write(bytes);
            file.sync();
            fs::rename(beside, path);
        } catch (...) {
            std::error_code ignored;
            fs::remove(beside, ignored);
            throw;
        }
    }
    Descriptor{path.parent_path(), O_RDONLY | O_DIRECTORY}.sync();
    return digest;
}

ledger::Result<std::string> EvidenceFiles::read(CountyCode const& county,
                                                std::string const& digest) const
{
    std::string bytes = content_of(path_of(county, digest));
    if (ledger::hex(ledger::file_digest(bytes)) == digest) return bytes;
    return ledger::refuse(Refusal::evidence_damaged, "digest", digest);
}

} // namespace store
