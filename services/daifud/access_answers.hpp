// What a handler of sign-in gets and gives: the connection of the role `access`, who asks, and
// JSON.
#pragma once

#include "daifud/gate.hpp"
#include "daifud/service.hpp"

#include "http/problem.hpp"
#include "store/access.hpp"

#include <boost/json/fwd.hpp>

#include <memory>

namespace daifud {

struct AccessCall {
    Service& service;
    store::Database& access;
    http::Request const& request;
    ledger::CountyCode const& county;

    /// Of a request that the gate let in.
    store::Admitted const& caller() const { return caller_of(request).admitted; }
    /// Refuses sign_in_needed of a token: what proves a person is changed by himself.
    ledger::Result<void> person() const;
    store::TrailRecord trail() const { return trail_of(request); }
    ledger::Result<boost::json::object> body() const;
};
using AccessHandler = ledger::Result<http::Response> (*)(AccessCall const&);

/// Runs it on the thread for people. Refuses service_busy.
http::Handler with_access(Service&, AccessHandler);
/// Runs it on the one thread that hashes passwords. Refuses sign_ins_queue_full.
http::Handler with_hashing(Service&, AccessHandler);

/// {} of what went well.
ledger::Result<http::Response> done(ledger::Result<void> const&);

boost::json::object staff_json(store::Staff const&);

// access_answers.cpp
ledger::Result<http::Response> own_sessions(AccessCall const&);
ledger::Result<http::Response> end_own_session(AccessCall const&);
ledger::Result<http::Response> own_card(AccessCall const&);
ledger::Result<http::Response> own_trail(AccessCall const&);
ledger::Result<http::Response> own_tokens(AccessCall const&);
ledger::Result<http::Response> make_own_token(AccessCall const&);
ledger::Result<http::Response> end_own_token(AccessCall const&);
ledger::Result<http::Response> permission_table(AccessCall const&);
ledger::Result<http::Response> whole_trail(AccessCall const&);
// users.cpp
ledger::Result<http::Response> user_list(AccessCall const&);
ledger::Result<http::Response> add_user(AccessCall const&);
ledger::Result<http::Response> change_rights(AccessCall const&);
ledger::Result<http::Response> reset_password(AccessCall const&);
ledger::Result<http::Response> forget_second_factor(AccessCall const&);
// changes.cpp
ledger::Result<http::Response> change_list(AccessCall const&);
ledger::Result<http::Response> approve_change(AccessCall const&);
ledger::Result<http::Response> refuse_change(AccessCall const&);
// rules.cpp
ledger::Result<http::Response> ask_rule_change(AccessCall const&);

} // namespace daifud
