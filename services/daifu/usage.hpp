// What is said when the arguments cannot be understood: one refusal with a stable code, in both
// languages, instead of the parser's own English. The parser finds the fault; this names it.
#pragma once

#include "daifu/console.hpp"

#include <CLI/CLI.hpp>

namespace daifu {

/// The verb or option that is to blame as the field, the choices as the limit.
ledger::Refused why_not_understood(CLI::App const&, CLI::ParseError const&);

/// "帮助 help: daifu loan --help", of the verb that was understood.
std::string where_help_is(CLI::App const&);

/// Throws UsageFault: file_not_found.
CLI::Validator existing_file();
/// Throws UsageFault: choice_unknown.
CLI::Validator one_of(std::vector<std::string> choices);

} // namespace daifu
