// The one gate before every route: who asks, and may he. It looks at the route's operation in the
// table of permissions; what a route does not say, nobody may.
#pragma once

#include "daifud/service.hpp"

#include "http/server.hpp"

#include <memory>
#include <string>

namespace daifud {

inline constexpr std::string_view session_cookie = "__Host-daifu";

/// Who asks, as the gate found him.
struct Caller {
    store::Admitted admitted;
    ledger::UnitCode confined_to; ///< empty: his right reaches everywhere
};
/// Of a request that the gate let in; asserts that it did.
Caller const& caller_of(http::Request const&);

/// In this order: sign_in_needed (no session and no token, or an ended one), origin_refused (a
/// change by cookie from another site), password_must_change, second_factor_not_set_up,
/// scope_missing, right_missing, not_own_township (a reading outside of his township, as far as the
/// address tells it). Refused rights are in the trail.
http::Gate gate(Service&);

/// What confirms asks for a proof of lately. Refuses proof_needed of a session, scope_missing of a
/// token that was not made to confirm.
ledger::Result<void> check_proof(store::Admitted const&);

/// The token of our cookie; empty where it is not there.
std::string_view cookie_of(http::Request const&);

/// His right to it reaches the whole county.
bool reads_everywhere(ledger::Principal const&, std::string_view operation);

/// The trail's record of somebody's request, without event and subject.
store::TrailRecord trail_of(http::Request const&);

} // namespace daifud
