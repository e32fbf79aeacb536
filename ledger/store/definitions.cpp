// Reads the catalogue with sql/definitions.sql and compares by name. Judges no difference: what is
// not as this program makes it is named.
#include "ledger/store/definitions.hpp"

#include "ledger/store/embedded_sql.hpp"
#include "store/database.hpp"

#include <sstream>

namespace store {

Definitions definitions_in(pqxx::transaction_base& transaction)
{
    Definitions found;
    for (auto const& row : transaction.exec(std::string{embedded_text("definitions.sql")}))
        found.emplace(row[0].c_str(), row[1].c_str());
    return found;
}

Definitions expected_definitions()
{
    Definitions expected;
    std::istringstream lines{std::string{embedded_text("definitions.golden")}};
    for (std::string line; std::getline(lines, line);) {
        auto const space = line.find(' ');
        if (space == std::string::npos)
            throw IntegrityFault{"sql/definitions.golden has a line without a name"};
        expected.emplace(line.substr(space + 1), line.substr(0, space));
    }
    return expected;
}

std::vector<std::string> differences(Definitions const& found, Definitions const& expected)
{
    std::vector<std::string> sentences;
    for (auto const& [name, digest] : expected) {
        auto const there = found.find(name);
        if (there == found.end())
            sentences.push_back(name + ": it is missing");
        else if (there->second != digest)
            sentences.push_back(name + ": it is not as this program defines it");
    }
    for (auto const& [name, digest] : found)
        if (!expected.contains(name)) sentences.push_back(name + ": this program has none");
    return sentences;
}

std::string text_of(Definitions const& definitions)
{
    std::string text;
    for (auto const& [name, digest] : definitions) text += digest + " " + name + "\n";
    return text;
}

} // namespace store
