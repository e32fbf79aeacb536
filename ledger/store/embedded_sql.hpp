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

/// The text of one. Throws IntegrityFault when there is none of that name.
std::string_view embedded_text(std::string_view name);

} // namespace store
