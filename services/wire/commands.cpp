// One reader a command; whatever happens to a loan or a household and every fact of the registers
// is read by the table of its kinds. A row is all that a new command needs.
#include "wire/commands.hpp"

#include "wire/happenings.hpp"
#include "wire/household_happenings.hpp"
#include "wire/industries.hpp"
#include "wire/register_facts.hpp"
#include "wire/terms.hpp"

#include <boost/json.hpp>

#include <array>

namespace wire {

namespace {

using namespace ledger;

/// What a command is read from. Parts of the path are refused under their own names.
struct Source {
    ObjectReader& body;
    Path const& path;
    Date business_day;

    template <class Name> Name part(std::string_view name) const
    {
        return part_of<Name>(path, name, body);
    }
    Date day(std::string_view key) const { return body.date_or(key, business_day); }
};

Command register_borrower(Source const& from)
{
    RegisterBorrower command;
    command.borrower = from.body.id<BorrowerNumber>("borrower");
    command.name = from.body.text("name", name_limit);
    command.resident_id = from.body.resident_id("resident_id");
    command.household = from.body.id<HouseholdNumber>("household");
    command.village = from.body.id<UnitCode>("village");
    command.party_branch = from.body.text("party_branch", party_branch_limit);
    return command;
}

Command open_fund(Source const& from)
{
    OpenFund command;
    command.fund = from.body.id<FundCode>("fund");
    command.name = from.body.text("name", name_limit);
    command.document = from.body.text("document", document_limit);
    return command;
}

/// Into the fund itself, or into the risk-compensation fund that stands behind it.
template <class Payment> Command payment(Source const& from)
{
    Payment command;
    command.fund = from.part<FundCode>("fund");
    command.amount = from.body.positive_money("amount");
    command.value_on = from.day("value_on");
    command.document = from.body.text("document", document_limit);
    return command;
}

std::string industry(ObjectReader& from)
{
    std::string code = from.text("industry", industry_limit);
    if (from.is_good() && !is_industry(code)) {
        from.blame(Refusal::choice_unknown, "industry", industry_codes());
    }
    return code;
}

Command propose_loan(Source const& from)
{
    ProposeLoan command;
    command.loan = from.body.id<LoanNumber>("loan");
    command.borrower = from.body.id<BorrowerNumber>("borrower");
    command.fund = from.body.id<FundCode>("fund");
    command.proposed_on = from.day("proposed_on");
    command.purpose = from.body.text("purpose", purpose_limit);
    command.industry = industry(from.body);
    ObjectReader terms = from.body.object("terms");
    if (auto read = loan_terms_from(terms)) command.terms = *std::move(read);
    if (from.body.has("renews")) command.renews = from.body.id<LoanNumber>("renews");
    return command;
}

/// Whatever happens to a loan: the fields of its kind, and when, why and by which paper.
Command event(Source const& from, EventKind const& kind)
{
    auto const loan = from.part<LoanNumber>("loan");
    Happening what = kind.read(from.body);
    if (auto const* const reversed = std::get_if<Reversed>(&what)) {
        return Reverse{loan, reversed->sequence, from.body.text("reason", reason_limit)};
    }
    RecordEvent command{loan, from.day("value_on"), std::move(what), {}, {}};
    command.document = from.body.text_or_nothing("document", document_limit);
    command.reason = from.body.text_or_nothing("reason", reason_limit);
    return command;
}

/// Whatever happens to a household. Its number stands in the address, of a registration in the
/// body.
Command household_event(Source const& from, HouseholdEventKind const& kind)
{
    auto const household = kind.resource.empty() ? from.body.id<HouseholdNumber>("household")
                                                 : from.part<HouseholdNumber>("household");
    HouseholdHappening what = kind.read(from.body);
    if (auto const* const reversed = std::get_if<Reversed>(&what)) {
        return ReverseHouseholdEvent{household, reversed->sequence,
                                     from.body.text("reason", reason_limit)};
    }
    RecordHouseholdEvent command{household, from.day("value_on"), std::move(what), {}, {}};
    command.document = from.body.text_or_nothing("document", document_limit);
    command.reason = from.body.text_or_nothing("reason", reason_limit);
    return command;
}

/// A fact of the registers: the fields of its kind, and when, why and by which paper.
Command fact(Source const& from, FactKind const& kind)
{
    RegisterFact what = kind.read(from.body, from.path);
    RecordFact command{from.day("value_on"), std::move(what), {}, {}};
    command.document = from.body.text_or_nothing("document", document_limit);
    command.reason = from.body.text_or_nothing("reason", reason_limit);
    return command;
}

Command reversal_of_fact(Source const& from)
{
    return fact_reversal(from.body);
}

Command accrue(Source const& from)
{
    Accrue command;
    command.loan = from.part<LoanNumber>("loan");
    command.through_on = from.day("through_on");
    return command;
}

Command open_books(Source const& from)
{
    return OpenBooks{from.day("open_on")};
}

Command close_day(Source const& from)
{
    return CloseDay{from.part<Date>("date")};
}

struct Row {
    std::string_view code;
    Command (*read)(Source const&);
};

constexpr std::array<Row, 9> readers{{
    {"register_borrower", register_borrower},
    {"open_fund", open_fund},
    {"pay_into_fund", payment<PayIntoFund>},
    {"pay_into_risk_fund", payment<PayIntoRiskFund>},
    {"propose_loan", propose_loan},
    {"accrue", accrue},
    {fact_reversal_command, reversal_of_fact},
    {"open_books", open_books},
    {"close_day", close_day},
}};
// All commands but those of events and their reversals and of facts, which are the kinds of each.
static_assert(readers.size() + 5 == std::variant_size_v<Command>);

std::string all_command_codes()
{
    std::string codes;
    auto const add = [&codes](std::string_view code) {
        if (!codes.empty()) codes += ", ";
        codes += code;
    };
    for (Row const& row : readers) add(row.code);
    for (EventKind const& kind : event_kinds()) add(kind.command);
    for (HouseholdEventKind const& kind : household_event_kinds()) add(kind.command);
    for (FactKind const& kind : fact_kinds()) add(kind.command);
    return codes;
}

/// Reads the command; nothing when there is none of that code.
std::optional<Command> read_command(std::string_view code, Source const& from)
{
    for (Row const& row : readers) {
        if (row.code == code) return row.read(from);
    }
    if (EventKind const* const kind = event_kind_of_command(code)) return event(from, *kind);
    if (HouseholdEventKind const* const kind = household_event_kind_of_command(code)) {
        return household_event(from, *kind);
    }
    if (FactKind const* const kind = fact_kind_of_command(code)) return fact(from, *kind);
    return std::nullopt;
}

} // namespace

Result<Command> command_from(std::string_view command_code, boost::json::object const& body,
                             Path const& path, Date business_day)
{
    ObjectReader reader{body};
    auto command = read_command(command_code, {reader, path, business_day});
    if (!command) return refuse(Refusal::choice_unknown, "command", all_command_codes());
    if (auto const finished = reader.finish(); !finished) return std::unexpected{finished.error()};
    return *std::move(command);
}

Result<Command> evidence_from(boost::json::object const& fields, EvidenceKept file,
                              Date business_day)
{
    ObjectReader reader{fields};
    Date const taken_on = reader.date_or("taken_on", business_day);
    file.place = reader.text("place", document_limit);
    file.description = reader.text("description", reason_limit);
    if (auto const finished = reader.finish(); !finished) return std::unexpected{finished.error()};
    return RecordFact{taken_on, std::move(file), {}, {}};
}

} // namespace wire
