// Keeping a file as evidence from the terminal: the file first, its digest in the books then, as
// the API does it. The same file again answers the first receipt.
#include "daifu/verbs.hpp"

#include "ledger/seal.hpp"
#include "registers/row_reader.hpp"
#include "store/evidence_files.hpp"
#include "wire/answers.hpp"
#include "wire/commands.hpp"

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace daifu {

namespace {

using ledger::Refusal;
using ledger::Refused;
using ledger::Result;

constexpr std::string_view actor = "operator";

/// Refuses file_not_readable, body_too_large, evidence_type_wrong.
Result<std::string> bytes_of(std::string const& path)
{
    std::error_code unreadable;
    auto const size = std::filesystem::file_size(path, unreadable);
    if (!unreadable && size > ledger::evidence_bytes_limit) {
        return ledger::refuse(Refusal::body_too_large, path,
                              std::to_string(ledger::evidence_bytes_limit));
    }
    std::ifstream in{path, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (unreadable || !in) throw FileFault{Refusal::file_not_readable, path};
    if (!ledger::media_type_of(bytes)) {
        return ledger::refuse(Refusal::evidence_type_wrong, path,
                              "image/jpeg, image/png, application/pdf");
    }
    return bytes;
}

Result<store::Envelope> envelope_of(Books const& books, EvidenceArguments const& arguments,
                                    std::string_view bytes)
{
    ledger::EvidenceKept file;
    file.digest = ledger::hex(ledger::file_digest(bytes));
    file.media_type = *ledger::media_type_of(bytes);
    file.bytes = static_cast<int>(bytes.size());
    std::string const key = "evidence:" + file.digest;
    boost::json::object fields{{"place", arguments.place}};
    if (!arguments.taken_on.empty()) fields["taken_on"] = arguments.taken_on;
    if (!arguments.description.empty()) fields["description"] = arguments.description;
    std::string const said = key + "\n" + boost::json::serialize(fields);
    auto command = wire::evidence_from(fields, std::move(file), business_day());
    if (!command) return std::unexpected{command.error()};
    return store::Envelope{.county = books.county(),
                           .idempotency_key = key,
                           .body_digest = registers::content_digest(said),
                           .actor = std::string{actor},
                           .booked_on = business_day(),
                           .command = *std::move(command)};
}

} // namespace

Exit keep_evidence(Settings const& settings, EvidenceArguments const& arguments)
{
    Books books{settings};
    if (auto const county = books.status(); !county) {
        return refuse_aloud(county.error(), settings.json);
    }
    auto const bytes = bytes_of(arguments.file);
    if (!bytes) return refuse_aloud(bytes.error(), settings.json);
    auto const envelope = envelope_of(books, arguments, *bytes);
    if (!envelope) return refuse_aloud(envelope.error(), settings.json);
    auto const digest = store::EvidenceFiles{arguments.directory}.keep(books.county(), *bytes);
    auto const outcomes = store::execute(books.app(), {&*envelope, 1});
    auto const& answer = outcomes.front().answer;
    if (auto const* refused = std::get_if<Refused>(&answer)) {
        return refuse_aloud(*refused, settings.json);
    }
    if (settings.json) {
        print(wire::to_json(std::get<store::Receipt>(answer)));
    } else {
        print("已留存佐证 kept as evidence  " + digest + "\n");
    }
    return Exit::done;
}

} // namespace daifu
