// What waits for a second person, as JSON; and what a command would book, so that it can be held
// against what it would book later.
#pragma once

#include "daifud/reading.hpp"

#include "store/pending.hpp"

#include <boost/json/fwd.hpp>

namespace daifud {

struct EffectOf {
    std::string text;       ///< JSON: the loan or the household before and after, the entry
    std::string subject;    ///< whose number it is
    ledger::UnitCode place; ///< empty: the county
};
/// As the books are now. Refuses what the command refuses.
ledger::Result<EffectOf> effect_of(store::Database& app, ledger::CountyCode const&,
                                   ledger::Command const&, ledger::Date booked_on,
                                   ledger::UnitCode const& confined_to);
/// The same postings, the same uses of earlier payments, the same warnings: the day on which it is
/// booked and what time alone has changed since are left out.
bool is_same_effect(std::string const& then, std::string const& now);
/// SHA-256 of it, in hex: what a checker says that he saw.
std::string effect_digest(store::PendingLine const&);

boost::json::object pending_json(store::PendingLine const&);
/// GET /v1/pending.
ledger::Result<boost::json::object> pending_page(Reading const&);

} // namespace daifud
