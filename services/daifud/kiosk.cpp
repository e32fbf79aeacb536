#include "daifud/kiosk.hpp"

#include "daifud/access_answers.hpp"
#include "daifud/adapt.hpp"
#include "daifud/command_request.hpp"
#include "daifud/hand_on.hpp"
#include "daifud/handlers.hpp"

#include "secrets/secrets.hpp"
#include "store/kiosk.hpp"
#include "store/personal.hpp"
#include "wire/answers.hpp"
#include "wire/json.hpp"

#include <boost/json.hpp>

namespace daifud {

namespace json = boost::json;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;

namespace {

constexpr int code_limit = 32; ///< characters
constexpr int name_limit = 60;
constexpr int card_limit = 32;

/// A call of a terminal: no person of the staff asks.
struct KioskCall {
    Service& service;
    store::Database& kiosk;
    http::Request const& request;
    ledger::CountyCode const& county;
    store::KioskAsked asked;
};
using KioskHandler = Result<http::Response> (*)(KioskCall const&);

std::string_view token_in(http::Request const& request, char const* name, std::string_view scheme)
{
    auto const* const header = request.header(name);
    if (header == nullptr || !header->starts_with(scheme)) return {};
    return std::string_view{*header}.substr(scheme.size());
}

http::Handler at_terminal(Service& service, KioskHandler handler)
{
    return [&service, handler](Asked asked, http::Respond respond) {
        auto const county = county_of(service, *asked);
        if (!county) return respond(http::refusal(county.error()));
        auto const terminal = token_in(*asked, "Authorization", "Terminal ");
        if (terminal.empty()) return respond(http::refusal(Refusal::terminal_unknown));
        store::KioskAsked const who{.terminal = secrets::digest_of(terminal),
                                    .session =
                                        secrets::digest_of(token_in(*asked, "Daifu-Session", "")),
                                    .address = asked->address,
                                    .request_id = asked->request_id};
        hand_on(service.kiosk, asked, std::make_shared<http::Respond>(std::move(respond)),
                [&service, handler, asked, who, county = *county](store::Database& kiosk) {
                    auto answer = handler({service, kiosk, *asked, county, who});
                    return answer ? *std::move(answer) : http::refusal(answer.error());
                });
    };
}

struct Given {
    std::string card;
    Result<ledger::KioskSecret> secret;
};

Result<Given> given_in(http::Request const& request)
{
    auto const body = body_of(request);
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    Given given{from.text("card", card_limit), refuse(Refusal::kiosk_secret_malformed, "pin")};
    auto const pin = from.text_or_nothing("pin", static_cast<int>(ledger::kiosk_pin_digits));
    std::vector<std::string> pictures;
    if (from.has("pictures"))
        pictures = from.texts("pictures", static_cast<int>(ledger::kiosk_pictures_chosen),
                              static_cast<int>(ledger::kiosk_pictures_chosen));
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    given.secret = pictures.empty() ? ledger::KioskSecret::of_pin(pin)
                                    : ledger::KioskSecret::of_pictures(pictures);
    if (!given.secret) return std::unexpected{given.secret.error()};
    return given;
}

std::string proof_of(Service const& service, ledger::KioskSecret const& secret,
                     std::string const& salt)
{
    return service.keys->peppered(secrets::stretched(secret.reveal(), salt));
}

json::value text_or_null(json::value const& value)
{
    return value.is_null() ? json::value{} : value;
}

std::string yuan(json::object const& row, char const* column)
{
    return ledger::Money::fen(row.at(column).to_number<std::int64_t>()).text();
}

/// What the database says of the person, with amounts in yuan and no whole name.
json::object person_json(std::string const& text)
{
    json::value const found = json::parse(text);
    auto const& person = found.as_object();
    json::array loans, payments;
    for (auto const& each : person.at("loans").as_array()) {
        auto const& loan = each.as_object();
        loans.push_back(json::object{{"loan", loan.at("loan")},
                                     {"purpose", loan.at("purpose")},
                                     {"status", loan.at("status")},
                                     {"principal", yuan(loan, "principal_fen")},
                                     {"outstanding", yuan(loan, "outstanding_fen")},
                                     {"overdue", yuan(loan, "overdue_fen")},
                                     {"next_due_on", text_or_null(loan.at("next_due_on"))}});
    }
    for (auto const& each : person.at("payments").as_array()) {
        auto const& payment = each.as_object();
        payments.push_back(json::object{{"loan", payment.at("loan")},
                                        {"paid_on", payment.at("paid_on")},
                                        {"amount", yuan(payment, "amount_fen")},
                                        {"entry", payment.at("entry")}});
    }
    return {{"name", ledger::masked_name(std::string_view{person.at("name").as_string()})},
            {"loans", std::move(loans)},
            {"payments", std::move(payments)}};
}

Result<http::Response> open_session(KioskCall const& call)
{
    auto const given = given_in(call.request);
    if (!given) return std::unexpected{given.error()};
    // What is no number at all is tried like one that nobody has.
    auto const card = ledger::ResidentId::parse(given->card);
    if (!card) return std::unexpected{card.error()};
    auto const challenge =
        store::kiosk_challenge(call.kiosk, call.county, call.asked.terminal, *card);
    if (!challenge.is_enrolled) return refuse(Refusal::terminal_unknown);
    if (challenge.locked_s > 0)
        return refuse(Refusal::kiosk_locked, {}, std::to_string(challenge.locked_s));
    auto const token = secrets::random_token();
    auto asked = call.asked;
    asked.session = secrets::digest_of(token);
    auto const person = store::kiosk_open(call.kiosk, call.county, asked, *card,
                                          proof_of(call.service, *given->secret, challenge.salt));
    if (!person) return refuse(Refusal::kiosk_refused);
    auto body = person_json(*person);
    body["session"] = token;
    return http::created(wire::text_of(body));
}

Result<http::Response> read_session(KioskCall const& call)
{
    auto const person = store::kiosk_read(call.kiosk, call.county, call.asked);
    if (!person) return refuse(Refusal::kiosk_session_ended);
    return http::ok(wire::text_of(person_json(*person)));
}

Result<http::Response> end_session(KioskCall const& call)
{
    store::kiosk_end(call.kiosk, call.county, call.asked);
    return http::ok("{}");
}

/// At the counter: the borrower lays his card on the reader and chooses; the officer is signed in.
Answer set_secret(Service& service, Reading const& reading)
{
    auto const number = reading.path<ledger::BorrowerNumber>("borrower");
    if (!number) return std::unexpected{number.error()};
    auto const given = given_in(reading.request);
    if (!given) return std::unexpected{given.error()};
    auto const card = ledger::ResidentId::parse(given->card);
    if (!card) return std::unexpected{card.error()};
    auto const found = store::find_borrowers(reading.database, reading.county, card->reveal());
    if (!found) return std::unexpected{found.error()};
    if (found->size() != 1 || found->front().number != number->text())
        return refuse(Refusal::borrower_not_found, "card");
    if (auto const good = ledger::check_kiosk_secret(*given->secret, *card); !good)
        return std::unexpected{good.error()};
    auto const salt = secrets::random_bytes(secrets::salt_bytes);
    auto const verifier = secrets::digest_of(proof_of(service, *given->secret, salt));
    if (auto const set = store::set_kiosk_secret(
            reading.database, reading.county, caller_of(reading.request).confined_to, *number,
            given->secret->kind(), salt, verifier, trail_of(reading.request));
        !set)
    {
        return std::unexpected{set.error()};
    }
    return json::object{{"borrower", number->text()}, {"kind", code_of(given->secret->kind())}};
}

Answer lock_list(Reading const& reading)
{
    auto const township = reading.query<ledger::UnitCode>("township");
    if (!township) return std::unexpected{township.error()};
    json::array list;
    for (store::KioskLock const& lock : store::kiosk_locks(reading.database, reading.county)) {
        if (!ledger::check_place(*township, lock.village)) continue;
        list.push_back(json::object{{"borrower", lock.borrower},
                                    {"terminal", lock.terminal},
                                    {"tries", lock.failures},
                                    {"until", wire::rfc3339(lock.until)}});
    }
    return json::object{{"locks", std::move(list)}};
}

Answer picture_wall(Reading const&)
{
    json::array list;
    for (auto const& picture : ledger::kiosk_pictures())
        list.push_back(json::object{{"picture", picture.code}, {"name", picture.chinese}});
    return json::object{{"pictures", std::move(list)}};
}

Result<http::Response> terminal_list(AccessCall const& call)
{
    json::array list;
    for (store::Terminal const& one : store::terminals(call.access, call.county))
        list.push_back(json::object{
            {"terminal", one.code},
            {"name", one.name},
            {"is_enrolled", one.is_enrolled},
            {"enrolled_at", wire::rfc3339(one.enrolled_at)},
            {"seen_at", one.seen_at ? json::value(wire::rfc3339(*one.seen_at)) : json::value{}}});
    return http::ok(wire::text_of({{"terminals", std::move(list)}}));
}

Result<http::Response> enrol(AccessCall const& call)
{
    auto const body = call.body();
    if (!body) return std::unexpected{body.error()};
    wire::ObjectReader from{*body};
    auto const code = from.id<ledger::Id<struct TerminalTag>>("terminal");
    auto const name = from.text("name", name_limit);
    if (auto const read = from.finish(); !read) return std::unexpected{read.error()};
    if (code.text().size() > std::size_t{code_limit})
        return refuse(Refusal::text_too_long, "terminal", std::to_string(code_limit));
    auto const token = secrets::random_token();
    store::enrol_terminal(call.access, call.county, code.text(), name, secrets::digest_of(token),
                          call.trail());
    return http::created(wire::text_of({{"terminal", code.text()}, {"token", token}}));
}

Result<http::Response> end_one(AccessCall const& call)
{
    return done(store::end_terminal(call.access, call.county,
                                    call.request.parameters.at("terminal"), call.trail()));
}

} // namespace

std::vector<http::Route> kiosk_routes(Service& s)
{
    // clang-format off
    return {
        {"POST",   "/v1/kiosk/sessions",       "kiosk",            {}, at_terminal(s, open_session)},
        {"GET",    "/v1/kiosk/session",        "kiosk",            {}, at_terminal(s, read_session)},
        {"DELETE", "/v1/kiosk/session",        "kiosk",            {}, at_terminal(s, end_session)},
        {"GET",    "/v1/kiosk/pictures",       "open",             {}, read(s, picture_wall)},
        {"GET",    "/v1/kiosk/locks",          "read_kiosk_locks", {"township"}, at_desk(s, lock_list)},
        {"POST",   "/v1/borrowers/{borrower}/kiosk-secret", "set_kiosk_secret", {},
                                                at_desk(s, [&s](Reading const& reading) {
                                                    return set_secret(s, reading);
                                                })},
        {"GET",    "/v1/terminals",            "manage_terminals", {}, with_access(s, terminal_list)},
        {"POST",   "/v1/terminals",            "manage_terminals", {}, with_access(s, enrol)},
        {"DELETE", "/v1/terminals/{terminal}", "manage_terminals", {}, with_access(s, end_one)},
    };
    // clang-format on
}

} // namespace daifud
