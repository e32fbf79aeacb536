#include "daifud/pending.hpp"

#include "daifud/adapt.hpp"
#include "daifud/command_request.hpp"
#include "daifud/confinement.hpp"
#include "daifud/hand_on.hpp"
#include "daifud/pending_answers.hpp"

#include "http/problem.hpp"
#include "ledger/four_eyes.hpp"
#include "wire/answers.hpp"
#include "wire/commands.hpp"
#include "wire/json.hpp"

#include <boost/json.hpp>

namespace daifud {

namespace json = boost::json;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;

namespace {

constexpr int reason_limit = 200;

std::string path_text(http::Request const& request)
{
    json::object path;
    for (auto const& [name, value] : request.parameters) path[name] = value;
    return json::serialize(path);
}

/// Books it, as a command that nobody has to confirm.
void book(Service& service, store::Envelope envelope, std::string const& command,
          Asked const& asked, Back const& back)
{
    bool const is_taken = service.writer.submit(
        std::move(envelope), [asked, back, command](store::Outcome const& outcome) {
            (*back)(*guarded(*asked, [&] { return answer_of(outcome, command); }));
        });
    if (!is_taken) (*back)(busy());
}

http::Response waits(store::PendingLine const& line, bool is_replay)
{
    auto response = http::accepted(wire::text_of(pending_json(line)));
    if (is_replay) response.headers.push_back({"Idempotent-Replay", "true"});
    response.event = line.what.command + (is_replay ? ".waits_replayed" : ".waits");
    response.log.push_back({"pending", line.number});
    return response;
}

/// The key was used for something that waits, or waited.
Later seen_before(store::Envelope const& envelope, store::PendingLine const& known)
{
    if (known.what.body_digest != envelope.body_digest)
        return http::refusal({Refusal::idempotency_key_reused, "Idempotency-Key", {}});
    bool const is_open = known.status == store::PendingStatus::waiting ||
                         known.status == store::PendingStatus::approved ||
                         known.status == store::PendingStatus::booked; // just now
    if (is_open) return waits(known, true);
    return http::refusal({Refusal::pending_settled, {}, std::string{code_of(known.status)}});
}

Later submitted(Service& service, Asked const& asked, store::Envelope const& envelope,
                std::string const& code, store::Database& app, Back const& back)
{
    auto const& county = envelope.county;
    if (store::answered_key(app, county, envelope.idempotency_key)) {
        book(service, envelope, code, asked,
             back); // the first answer again, or idempotency_key_reused
        return std::nullopt;
    }
    auto const known = store::pending_by_key(app, county, envelope.idempotency_key);
    if (known) return seen_before(envelope, *known);
    auto const effect =
        effect_of(app, county, envelope.command, envelope.booked_on, envelope.confined_to);
    if (!effect) return http::refusal(effect.error());
    store::Pending const waiting{.idempotency_key = envelope.idempotency_key,
                                 .body_digest = envelope.body_digest,
                                 .command = code,
                                 .path = path_text(*asked),
                                 .body = asked->body,
                                 .subject = effect->subject,
                                 .place = effect->place,
                                 .maker = envelope.actor,
                                 .confined_to = envelope.confined_to,
                                 .business_day = envelope.booked_on,
                                 .effect = effect->text,
                                 .amount = ledger::banded_amount(envelope.command)};
    auto const number = store::submit_pending(app, county, waiting);
    auto const line = store::pending_by_key(app, county, envelope.idempotency_key);
    LEDGER_ASSERT(line.has_value());
    return number ? waits(*line, false) : seen_before(envelope, *line);
}

} // namespace

http::Handler checked(Service& service, std::string_view command_code)
{
    return [&service, code = std::string{command_code}](Asked asked, http::Respond respond) {
        auto envelope = envelope_of(service, *asked, code);
        if (!envelope) return respond(http::refusal(envelope.error()));
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        if (!ledger::wants_checker(envelope->command))
            return book(service, *std::move(envelope), code, asked, back);
        hand_on(
            service.desk, asked, back,
            [&service, asked, back, code, envelope = *std::move(envelope)](store::Database& app) {
                if (!service.counties.holds(app, envelope.county))
                    return Later{http::refusal({Refusal::county_not_found, "Daifu-County", {}})};
                return submitted(service, asked, envelope, code, app, back);
            });
    };
}

namespace {

/// The line of the address, where its asker may see it: his own, or in his township.
Result<store::PendingLine> line_of(http::Request const& request, store::Database& app,
                                   ledger::CountyCode const& county, ledger::Date today)
{
    auto const number = Reading{request, app, county, today}.path_number("pending");
    if (!number) return std::unexpected{number.error()};
    auto line = store::pending(app, county, *number);
    if (!line) return refuse(Refusal::pending_not_found, "pending");
    auto const& caller = caller_of(request);
    bool const is_own = line->what.maker == caller.admitted.who.user.text();
    if (is_own) return *std::move(line);
    if (auto const own = ledger::check_place(caller.confined_to, line->what.place); !own)
        return std::unexpected{own.error()};
    return *std::move(line);
}

/// Whether its maker still may, as he might now. Asks with the role `access`.
bool still_may(store::Database& access, ledger::CountyCode const& county,
               store::PendingLine const& line)
{
    auto const user = ledger::UserName::parse(line.what.maker);
    auto const maker = user ? store::staff(access, county, *user) : std::nullopt;
    if (!maker || !maker->is_enabled) return false;
    auto const confined_to = confinement_of(maker->who, line.what.command);
    return confined_to && ledger::check_place(*confined_to, line.what.place).has_value();
}

std::optional<ledger::Refused> obstacle(http::Request const& request,
                                        store::PendingLine const& line, ledger::Date today)
{
    using store::PendingStatus;
    auto const& who = caller_of(request).admitted.who.user;
    if (line.status != PendingStatus::waiting && line.status != PendingStatus::approved)
        return ledger::Refused{Refusal::pending_settled, {}, std::string{code_of(line.status)}};
    if (line.what.maker == who.text()) return ledger::Refused{Refusal::same_person, {}, {}};
    if (line.what.business_day.plus_days(ledger::pending_days_limit) < today)
        return ledger::Refused{
            Refusal::pending_expired, {}, std::to_string(ledger::pending_days_limit)};
    return std::nullopt;
}

struct Approval {
    Service& service;
    Asked asked;
    Back back;
    ledger::CountyCode county;
    store::PendingLine line;

    store::PendingStep step(std::string outcome) const
    {
        return {.outcome = std::move(outcome), .actor = caller_of(*asked).admitted.who.user.text()};
    }
};

Result<ledger::Command> command_in(store::Pending const& what)
{
    wire::Path path;
    json::value const named = json::parse(what.path);
    for (auto const& part : named.as_object())
        path.emplace(std::string{part.key()}, std::string{part.value().as_string()});
    auto const body = wire::parse_object(what.body);
    if (!body) return std::unexpected{body.error()};
    return wire::command_from(what.command, *body, path, what.business_day);
}

http::Response settled(Approval const& approval, store::Database& app)
{
    auto const line = store::pending(app, approval.county, approval.line.number);
    LEDGER_ASSERT(line.has_value());
    return http::refusal({Refusal::pending_settled, {}, std::string{code_of(line->status)}});
}

/// Finds anew what it would book; where that is the same, one more has confirmed, and it is booked
/// when they are enough.
Later confirmed(Approval const& approval, store::Database& app)
{
    auto const& line = approval.line;
    auto command = command_in(line.what);
    if (!command) return http::refusal(command.error());
    auto const today = approval.service.business_day();
    auto const now = effect_of(app, approval.county, *command, today, line.what.confined_to);
    if (!now || !is_same_effect(line.what.effect, now->text)) {
        auto step = approval.step("sent_back");
        step.reason = now ? "" : std::string{name_of(now.error().code)};
        step.effect_now = now ? now->text : std::string{};
        if (!store::step_pending(app, approval.county, line.number, step))
            return settled(approval, app); // another one was faster
        return http::refusal(now ? ledger::Refused{Refusal::pending_effect_changed, {}, {}}
                                 : now.error());
    }
    int approvals = line.approvals;
    if (line.status == store::PendingStatus::waiting) {
        auto const counted =
            store::step_pending(app, approval.county, line.number, approval.step("approved"));
        if (!counted) return settled(approval, app);
        approvals = *counted;
    }
    if (approvals < line.checkers) {
        auto const after = store::pending(app, approval.county, line.number);
        LEDGER_ASSERT(after.has_value());
        return waits(*after, false);
    }
    book(approval.service,
         store::Envelope{.county = approval.county,
                         .idempotency_key = line.what.idempotency_key,
                         .body_digest = line.what.body_digest,
                         .actor = line.what.maker,
                         .booked_on = today,
                         .command = *std::move(command),
                         .confined_to = line.what.confined_to},
         line.what.command, approval.asked, approval.back);
    return std::nullopt;
}

/// First who may, with the role `access`, then what it books, with the role `app`.
void approve(Approval approval)
{
    auto& service = approval.service;
    auto const asked = approval.asked;
    auto const back = approval.back;
    hand_on(service.people, asked, back,
            [&service, asked, back, approval = std::move(approval)](store::Database& access) {
                if (!still_may(access, approval.county, approval.line))
                    return Later{http::refusal(Refusal::pending_maker_gone)};
                hand_on(service.desk, asked, back,
                        [approval](store::Database& app) { return confirmed(approval, app); });
                return Later{};
            });
}

using Act = Later (*)(Approval const&, store::Database& app);

/// A handler on one line that waits.
http::Handler on_pending(Service& service, Act act)
{
    return [&service, act](Asked asked, http::Respond respond) {
        auto const county = county_of(service, *asked);
        if (!county) return respond(http::refusal(county.error()));
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        hand_on(service.desk, asked, back,
                [&service, act, asked, back, county = *county](store::Database& app) -> Later {
                    auto line = line_of(*asked, app, county, service.business_day());
                    if (!line) return http::refusal(line.error());
                    return act({service, asked, back, county, *std::move(line)}, app);
                });
    };
}

Later show(Approval const& call, store::Database&)
{
    return http::ok(wire::text_of(pending_json(call.line)));
}

Later act_approve(Approval const& call, store::Database&)
{
    auto const body = body_of(*call.asked);
    if (!body) return http::refusal(body.error());
    wire::ObjectReader from{*body};
    auto const seen = from.text("effect_digest", wire::digest_characters);
    if (auto const read = from.finish(); !read) return http::refusal(read.error());
    if (auto const no = obstacle(*call.asked, call.line, call.service.business_day()))
        return http::refusal(*no);
    if (auto const proved = check_proof(caller_of(*call.asked).admitted); !proved)
        return http::refusal(proved.error());
    // What he saw is what he confirms.
    if (seen != effect_digest(call.line)) return http::refusal(Refusal::pending_effect_changed);
    approve(call);
    return std::nullopt;
}

Later settle(Approval const& call, store::Database& app, std::string const& outcome)
{
    auto const body = body_of(*call.asked);
    if (!body) return http::refusal(body.error());
    wire::ObjectReader from{*body};
    auto step = call.step(outcome);
    step.reason = outcome == "refused" ? from.text("reason", reason_limit)
                                       : from.text_or_nothing("reason", reason_limit);
    if (auto const read = from.finish(); !read) return http::refusal(read.error());
    bool const is_open = call.line.status == store::PendingStatus::waiting ||
                         call.line.status == store::PendingStatus::approved;
    if (!is_open)
        return http::refusal(
            {Refusal::pending_settled, {}, std::string{code_of(call.line.status)}});
    if (!store::step_pending(app, call.county, call.line.number, step)) return settled(call, app);
    auto const after = store::pending(app, call.county, call.line.number);
    LEDGER_ASSERT(after.has_value());
    return http::ok(wire::text_of(pending_json(*after)));
}

Later act_refuse(Approval const& call, store::Database& app)
{
    if (call.line.what.maker == caller_of(*call.asked).admitted.who.user.text())
        return http::refusal(Refusal::same_person);
    return settle(call, app, "refused");
}

Later act_withdraw(Approval const& call, store::Database& app)
{
    if (call.line.what.maker != caller_of(*call.asked).admitted.who.user.text())
        return http::refusal({Refusal::pending_not_found, "pending", {}});
    return settle(call, app, "withdrawn");
}

} // namespace

std::vector<http::Route> pending_routes(Service& s)
{
    // clang-format off
    return {
        {"GET",  "/v1/pending", "read_pending", {"status", "maker", "township", "after", "limit"},
                                                                     read(s, pending_page)},
        {"GET",  "/v1/pending/{pending}",            "read_pending",     {}, on_pending(s, show)},
        {"POST", "/v1/pending/{pending}/approval",   "check_commands",   {}, on_pending(s, act_approve)},
        {"POST", "/v1/pending/{pending}/refusal",    "check_commands",   {}, on_pending(s, act_refuse)},
        {"POST", "/v1/pending/{pending}/withdrawal", "withdraw_pending", {}, on_pending(s, act_withdraw)},
    };
    // clang-format on
}

} // namespace daifud
