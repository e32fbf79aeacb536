// The files of sql/ as they were when this binary was built. Written by cmake/embed_sql.cmake.
#pragma once

#include <string_view>
#include <vector>

namespace store {

struct EmbeddedFile {
    std::string_view name; ///< below sql/: "migrations/0001_books.sql"
    std::string_view text;
};

/// All of them, in order of name.
std::vector<EmbeddedFile> const& embedded_sql();

} // namespace store
