// One reader a command. A row of the table below is all that a new command needs.
#include "wire/commands.hpp"

#include "wire/industries.hpp"
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
        auto const found = path.find(name);
        if (found == path.end()) {
            body.blame(Refusal::field_missing, name);
            return {};
        }
        auto parsed = Name::parse(found->second);
        if (parsed) return *std::move(parsed);
        body.blame(parsed.error().code, name, parsed.error().limit);
        return {};
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

Command pay_into_fund(Source const& from)
{
    PayIntoFund command;
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
    if (auto read = terms_from(terms)) command.terms = *std::move(read);
    return command;
}

/// The three commands that are a loan, an amount and a day.
template <class Payment> Command payment(Source const& from)
{
    Payment command;
    command.loan = from.part<LoanNumber>("loan");
    command.amount = from.body.positive_money("amount");
    command.value_on = from.day("value_on");
    return command;
}

Command reverse(Source const& from)
{
    Reverse command;
    command.loan = from.part<LoanNumber>("loan");
    command.sequence = from.body.integer("sequence", 1, events_per_loan_limit);
    command.reason = from.body.text("reason", reason_limit);
    return command;
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

constexpr std::array<Row, std::variant_size_v<Command>> readers{{
    {"register_borrower", register_borrower},
    {"open_fund", open_fund},
    {"pay_into_fund", pay_into_fund},
    {"propose_loan", propose_loan},
    {"approve_loan", payment<ApproveLoan>},
    {"disburse", payment<Disburse>},
    {"repay", payment<Repay>},
    {"reverse", reverse},
    {"accrue", accrue},
    {"open_books", open_books},
    {"close_day", close_day},
}};

std::string all_command_codes()
{
    std::string codes;
    for (Row const& row : readers) {
        if (!codes.empty()) codes += ", ";
        codes += row.code;
    }
    return codes;
}

} // namespace

Result<Command> command_from(std::string_view command_code, boost::json::object const& body,
                             Path const& path, Date business_day)
{
    for (Row const& row : readers) {
        if (row.code != command_code) continue;
        ObjectReader reader{body};
        Command command = row.read({reader, path, business_day});
        if (auto const finished = reader.finish(); !finished) {
            return std::unexpected{finished.error()};
        }
        return command;
    }
    return refuse(Refusal::choice_unknown, "command", all_command_codes());
}

} // namespace wire
