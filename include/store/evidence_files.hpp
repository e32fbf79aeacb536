// The files that are evidence, as plain files: DIRECTORY/COUNTY/first two digits/digest. The books
// know their digests; a file is only what its digest says, and that is seen each time it is read.
#pragma once

#include "ledger/identity.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace store {

class EvidenceFiles {
  public:
    /// The directory is made when the first file is kept.
    explicit EvidenceFiles(std::filesystem::path directory);

    /// Keeps the bytes under their digest, which it returns; once this returns they survive a power
    /// cut. Keeping them again changes nothing, and mends a file that was damaged. Throws
    /// std::system_error when the disk is full or may not be written.
    std::string keep(ledger::CountyCode const&, std::string_view bytes) const;

    /// The bytes under a digest. Refuses evidence_damaged when the file is lost or has another
    /// digest.
    ledger::Result<std::string> read(ledger::CountyCode const&, std::string const& digest) const;

  private:
    std::filesystem::path path_of(ledger::CountyCode const&, std::string const& digest) const;

    std::filesystem::path directory_;
};

} // namespace store
