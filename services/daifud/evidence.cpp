// Only the form is judged here; whether the file was kept before is the ledger's to say.
#include "daifud/evidence.hpp"

#include "daifud/command_request.hpp"
#include "daifud/gate.hpp"
#include "daifud/handlers.hpp"

#include "ledger/seal.hpp"
#include "wire/commands.hpp"
#include "wire/register_answers.hpp"

#include <boost/json/object.hpp>

namespace daifud {

using ledger::MediaType;
using ledger::Refusal;
using ledger::refuse;
using ledger::Result;

namespace {

constexpr char const* types = "image/jpeg, image/png, application/pdf";

/// What the bytes are, if the header says the same.
Result<MediaType> type_of(http::Request const& request)
{
    auto const type = ledger::media_type_of(request.body);
    auto const* const said = request.header("Content-Type");
    bool const agrees = type && said != nullptr && request.count("Content-Type") == 1 &&
                        http::equal_without_case(*said, ledger::code_of(*type));
    if (!agrees) return refuse(Refusal::evidence_type_wrong, "Content-Type", types);
    return *type;
}

/// The query as the object that a command's fields are read from.
boost::json::object fields_of(http::Request const& request)
{
    boost::json::object fields;
    for (auto const& [name, value] : request.query_values) fields[name] = value;
    return fields;
}

} // namespace

Result<store::Envelope> evidence_envelope(Service const& service, http::Request const& request)
{
    auto county = county_of(service, request);
    if (!county) return std::unexpected{county.error()};
    auto key = key_of(request);
    if (!key) return std::unexpected{key.error()};
    auto const type = type_of(request);
    if (!type) return std::unexpected{type.error()};
    ledger::EvidenceKept file;
    file.digest = ledger::hex(ledger::file_digest(request.body));
    file.media_type = *type;
    file.bytes = static_cast<int>(request.body.size());
    auto const today = service.business_day();
    auto command = wire::evidence_from(fields_of(request), std::move(file), today);
    if (!command) return std::unexpected{command.error()};
    return store::Envelope{.county = *std::move(county),
                           .idempotency_key = *std::move(key),
                           .body_digest = request_digest(request),
                           .actor = caller_of(request).admitted.who.user.text(),
                           .booked_on = today,
                           .command = *std::move(command)};
}

Result<Document> evidence_file(Reading const& reading, store::EvidenceFiles const& files)
{
    auto const& digest = reading.request.parameters.at("digest");
    auto const line = ledger::is_file_digest(digest)
                          ? store::evidence_of(reading.database, reading.county, digest)
                          : std::nullopt;
    if (!line) {
        bool const is_on_paper = store::is_evidence_named(reading.database, reading.county, digest);
        return refuse(is_on_paper ? Refusal::evidence_on_paper : Refusal::evidence_not_found,
                      "digest");
    }
    auto bytes = files.read(reading.county, digest);
    if (!bytes) return std::unexpected{bytes.error()};
    auto const type = ledger::media_type_of(*bytes);
    LEDGER_ASSERT(type.has_value());
    return Document{*std::move(bytes), ledger::code_of(*type), {}};
}

Answer evidence_list(Reading const& reading)
{
    auto const after = reading.query<ledger::SubjectName>("after");
    if (!after) return std::unexpected{after.error()};
    constexpr int usual = 50;
    auto const limit = reading.number_or("limit", 1, store::page_limit, usual);
    if (!limit) return std::unexpected{limit.error()};
    auto const lines = store::evidence(reading.database, reading.county, after->text(), *limit);
    return wire::evidence_json(lines, *limit);
}

} // namespace daifud
