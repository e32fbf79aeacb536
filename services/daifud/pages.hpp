// The text of the reference pages. They are made from the tables of the program where there is one
// (the refusals), so that they cannot fall behind it.
#pragma once

#include <string>

namespace daifud {

/// /docs: how to use the API at this address ("http://127.0.0.1:8080"), then Swagger UI when its
/// files are there.
std::string reference_html(std::string const& address, bool has_swagger);
/// /docs/problems: every refusal; a problem's `type` points at its row.
std::string problems_html();
/// The script that starts Swagger UI.
std::string swagger_start();

} // namespace daifud
