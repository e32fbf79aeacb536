// The API's description (OpenAPI 3.1), compiled in so that a binary describes itself.
#pragma once

#include <string_view>

namespace daifud {

/// services/api/openapi.yaml, whole.
std::string_view api_description();

} // namespace daifud
