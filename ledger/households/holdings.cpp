// Where a household's unit and its persons stand in the journal. A household that is registered
// holds one whole household and all its persons, divided between those who lead it and nobody; a
// share of a household takes the same share of each of its persons, which is exact in 1/10 000.
#include "ledger/household.hpp"

#include <set>

namespace ledger {

namespace {

AccountName account(char const* control, Standing standing, std::string subkey)
{
    auto code = AccountCode::parse(std::string{control} + ".0" +
                                   std::to_string(static_cast<int>(standing)));
    LEDGER_ASSERT(code.has_value());
    return {*std::move(code), std::move(subkey)};
}

AccountName issued()
{
    return {*AccountCode::parse("9199"), {}};
}

void hold(Holdings& held, AccountName const& where, Share share, int persons)
{
    if (share == 0) return;
    held[{where, Unit::household}] += share;
    held[{where, Unit::person}] += std::int64_t{share} * persons;
}

} // namespace

AccountName unled_account(Standing standing, UnitCode const& village)
{
    return account("9101", standing, village.text());
}

AccountName led_account(Standing standing, Claim const& claim)
{
    return account(claim.verified_on ? "9103" : "9102", standing, claim.borrower.text());
}

Holdings holdings(HouseholdState const& state)
{
    Holdings held;
    if (!state.is_registered || state.is_dissolved()) return held;
    hold(held, unled_account(state.standing, state.village), state.unled(), state.persons);
    for (Claim const& claim : state.claims) {
        if (!claim.is_in_force()) continue;
        hold(held, led_account(state.standing, claim), claim.share, state.persons);
    }
    hold(held, issued(), whole_household, state.persons);
    return held;
}

std::optional<JournalEntry> entry_between(Holdings const& before, Holdings const& after,
                                          Cause cause, Date value_on, Date booked_on,
                                          std::string narrative)
{
    std::set<std::pair<AccountName, Unit>> touched;
    for (auto const& [where, units] : before) touched.insert(where);
    for (auto const& [where, units] : after) touched.insert(where);
    std::vector<Posting> postings;
    for (auto const& where : touched) {
        auto const held = [&where](Holdings const& holdings) {
            auto const found = holdings.find(where);
            return found == holdings.end() ? 0 : found->second;
        };
        std::int64_t const change = held(after) - held(before);
        if (change == 0) continue;
        Side const normal = where.first == issued() ? Side::credit : Side::debit;
        postings.push_back({where.first, change > 0 ? normal : opposite(normal), where.second,
                            change > 0 ? change : -change});
    }
    if (postings.empty()) return std::nullopt;
    return JournalEntry::balanced(cause, value_on, booked_on, std::move(narrative),
                                  std::move(postings));
}

} // namespace ledger
