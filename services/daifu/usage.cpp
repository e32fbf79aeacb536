// CLI11's exceptions carry sentences only, so what is missing or unknown is read off the parsed
// verbs and what was left over; an option's name is the first word of the sentence.
#include "daifu/usage.hpp"

#include <algorithm>
#include <filesystem>

namespace daifu {

using ledger::Refusal;
using ledger::Refused;

namespace {

CLI::App const& deepest_verb(CLI::App const& app)
{
    auto const called = app.get_subcommands();
    return called.empty() ? app : deepest_verb(*called.back());
}

std::string verbs_of(CLI::App const& app)
{
    std::string names;
    for (CLI::App const* const verb : app.get_subcommands([](CLI::App const*) { return true; })) {
        names += (names.empty() ? "" : ", ") + verb->get_name();
    }
    return names;
}

/// "--date" of "--date: 1 required TEXT missing", else the first word.
std::string name_in(std::string const& sentence)
{
    std::size_t const dashes = sentence.find("--");
    std::string const from = sentence.substr(dashes == std::string::npos ? 0 : dashes);
    return from.substr(0, from.find_first_of(" :,="));
}

} // namespace

Refused why_not_understood(CLI::App const& app, CLI::ParseError const& error)
{
    CLI::App const* verb = &app;
    while (verb->remaining().empty() && !verb->get_subcommands().empty()) {
        verb = verb->get_subcommands().back();
    }
    std::string const verbs = verbs_of(*verb);
    auto left = verb->remaining();
    std::erase(left, "--json"); // known, but a verb's
    if (left.empty() && !verbs.empty()) return {Refusal::verb_missing, {}, verbs};
    if (left.empty()) {
        bool const is_missing = dynamic_cast<CLI::RequiredError const*>(&error) != nullptr ||
                                dynamic_cast<CLI::ArgumentMismatch const*>(&error) != nullptr;
        return {is_missing ? Refusal::argument_missing : Refusal::argument_malformed,
                name_in(error.what()),
                {}};
    }
    auto const option =
        std::ranges::find_if(left, [](auto const& one) { return one.starts_with('-'); });
    if (option == left.begin()) return {Refusal::option_unknown, *option, {}};
    if (!verbs.empty()) return {Refusal::verb_unknown, left.front(), verbs};
    if (option != left.end()) return {Refusal::option_unknown, *option, {}};
    return {Refusal::argument_not_wanted, left.front(), {}};
}

std::string where_help_is(CLI::App const& app)
{
    std::string command;
    for (CLI::App const* verb = &deepest_verb(app); verb != nullptr; verb = verb->get_parent()) {
        command = verb->get_name() + " " + command;
    }
    return "帮助 help: " + command + "--help";
}

CLI::Validator existing_file()
{
    return {[](std::string& name) -> std::string {
                std::error_code unreadable;
                if (std::filesystem::exists(name, unreadable) &&
                    !std::filesystem::is_directory(name, unreadable))
                {
                    return {};
                }
                throw UsageFault{{Refusal::file_not_found, name, {}}};
            },
            ""};
}

CLI::Validator one_of(std::vector<std::string> choices)
{
    return {[choices = std::move(choices)](std::string& choice) -> std::string {
                if (std::ranges::find(choices, choice) != choices.end()) return {};
                std::string names;
                for (std::string const& one : choices) names += (names.empty() ? "" : ", ") + one;
                throw UsageFault{{Refusal::choice_unknown, choice, names}};
            },
            ""};
}

} // namespace daifu
