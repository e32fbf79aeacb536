// Reads the shared tables. A file that is missing, malformed or empty fails the test that asked.
#include "tests/support/vectors.hpp"

#include <boost/json.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace ledger::test {

std::string const& Vector::operator[](std::string_view column) const
{
    auto const cell = cells_.find(column);
    if (cell == cells_.end()) throw std::runtime_error{"no column " + std::string{column}};
    return cell->second;
}

std::string const& Vector::expected(std::string_view column) const
{
    return has("refusal") ? (*this)["refusal"] : (*this)[column];
}

std::vector<Vector> vectors(std::string_view file, std::string_view table)
{
    std::string const path =
        std::string{DAIFU_SOURCE_DIR "/tests/vectors/"} + std::string{file} + ".json";
    std::ifstream stream{path};
    if (!stream) throw std::runtime_error{"cannot read " + path};
    std::string const text{std::istreambuf_iterator<char>{stream}, {}};
    boost::json::value const whole = boost::json::parse(text);

    std::vector<Vector> rows;
    for (boost::json::value const& row : whole.as_object().at(table).as_array()) {
        std::map<std::string, std::string, std::less<>> cells;
        for (auto const& [column, cell] : row.as_object()) {
            cells.emplace(std::string{column}, std::string{cell.as_string()});
        }
        rows.emplace_back(std::move(cells));
    }
    if (rows.empty()) throw std::runtime_error{path + ": the table is empty"};
    return rows;
}

} // namespace ledger::test
