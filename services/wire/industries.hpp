// The industries that a loan may be for: one list of codes with their Chinese names, for the API,
// the registers and their templates. A code that was published never changes; a new industry is a
// row here and in services/api/openapi.yaml.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace wire {

struct Industry {
    std::string_view code;
    std::string_view chinese;
};

std::span<Industry const> all_industries();
bool is_industry(std::string_view code);
/// "茶叶"; of another code itself.
std::string_view industry_name(std::string_view code);
/// "tea, walnut, …" and "茶叶, 核桃, …", for the sentence of a refusal.
std::string industry_codes();
std::string industry_names();

} // namespace wire
