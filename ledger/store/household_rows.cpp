// Rows of what happened to a household, and of where it stood. Each kind of event fills its own
// columns and leaves the others null; the constraints of ledger.household_event say the same list.
#include "ledger/store/columns.hpp"
#include "ledger/store/rows.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;

using ledger::Date;
using ledger::Household;

namespace {

/// The columns of a kind, beside those of every event.
struct Fill {
    json::object& row;

    void operator()(ledger::HouseholdRegistered const& what) const
    {
        row["head"] = what.head;
        row["village_code"] = what.village.text();
        row["standing"] = ledger::code_of(what.standing);
        row["persons"] = what.persons;
    }
    void operator()(ledger::HouseholdMoved const& what) const
    {
        if (!what.head.empty()) row["head"] = what.head;
        if (!what.village.is_empty()) row["village_code"] = what.village.text();
    }
    void operator()(ledger::PersonsCounted const& what) const { row["persons"] = what.persons; }
    void operator()(ledger::StandingRecorded const& what) const
    {
        row["standing"] = ledger::code_of(what.standing);
    }
    void operator()(ledger::HouseholdDissolved const&) const {}
    void operator()(ledger::LeadingClaimed const& what) const
    {
        row["loan_number"] = what.loan.text();
        row["borrower_number"] = what.borrower.text();
        row["way"] = ledger::code_of(what.way);
        row["share"] = what.share;
        row["promised_fen"] = what.promised.fen();
        row["is_relative"] = what.is_relative;
    }
    void operator()(ledger::LeadingVerified const& what) const
    {
        row["claim"] = what.claim;
        row["officer"] = what.officer;
        row["witness"] = what.witness;
        row["place"] = what.place;
        row["evidence"] = what.evidence;
    }
    void operator()(ledger::ClaimWithdrawn const& what) const { row["claim"] = what.claim; }
    void operator()(ledger::SupportEnded const& what) const { row["claim"] = what.claim; }
    void operator()(ledger::SharesAgreed const& what) const
    {
        json::array claims, shares;
        for (auto const& [claim, share] : what.shares) {
            claims.emplace_back(claim);
            shares.emplace_back(share);
        }
        row["shared_claim"] = std::move(claims);
        row["shared_share"] = std::move(shares);
    }
    void operator()(ledger::BenefitBrought const& what) const
    {
        row["claim"] = what.claim;
        row["amount_fen"] = what.amount.fen();
        row["evidence"] = what.evidence;
    }
    void operator()(ledger::ExitStepTaken const& what) const
    {
        row["step"] = ledger::code_of(what.step);
        row["person"] = what.person;
        row["until_on"] = date_or_null(what.until);
        row["income_year"] = what.income_year;
        row["evidence"] = what.evidence;
    }
    void operator()(ledger::Relapsed const&) const {}
    void operator()(ledger::IncomeRecorded const& what) const
    {
        row["income_year"] = what.income.year;
        row["wages_fen"] = what.income.wages.fen();
        row["production_fen"] = what.income.production.fen();
        row["property_fen"] = what.income.property.fen();
        row["transfers_fen"] = what.income.transfers.fen();
    }
    void operator()(ledger::Surveyed const& what) const
    {
        json::array causes;
        for (auto const cause : what.survey.causes) causes.emplace_back(ledger::code_of(cause));
        row["causes"] = std::move(causes);
        auto const put = [this](char const* column, auto const& found) {
            row[column] = value_or_null(found, [](auto value) { return value; });
        };
        put("labour", what.survey.labour);
        put("has_safe_housing", what.survey.has_safe_housing);
        put("has_schooling", what.survey.has_schooling);
        put("has_medical_care", what.survey.has_medical_care);
        row["official"] = what.survey.official;
    }
    void operator()(ledger::Reversed const& what) const { row["target_sequence"] = what.sequence; }
};

// --- reading back

using Read = ledger::HouseholdHappening (*)(json::object const&);

std::string text_or_empty(json::object const& row, std::string_view column)
{
    return is_null_at(row, column) ? std::string{} : std::string{text_at(row, column)};
}

template <class Name> Name name_at(json::object const& row, std::string_view column)
{
    return stored<Name>(text_at(row, column));
}

template <class What> ledger::HouseholdHappening of_nothing(json::object const&)
{
    return What{};
}

template <class What> ledger::HouseholdHappening of_claim(json::object const& row)
{
    return What{int_at(row, "claim")};
}

ledger::HouseholdHappening registered(json::object const& row)
{
    return ledger::HouseholdRegistered{
        std::string{text_at(row, "head")}, name_at<ledger::UnitCode>(row, "village_code"),
        enum_at<ledger::Standing>(row, "standing"), int_at(row, "persons")};
}

ledger::HouseholdHappening moved(json::object const& row)
{
    ledger::HouseholdMoved what;
    what.head = text_or_empty(row, "head");
    if (!is_null_at(row, "village_code"))
        what.village = name_at<ledger::UnitCode>(row, "village_code");
    return what;
}

ledger::HouseholdHappening counted(json::object const& row)
{
    return ledger::PersonsCounted{int_at(row, "persons")};
}

ledger::HouseholdHappening standing_recorded(json::object const& row)
{
    return ledger::StandingRecorded{enum_at<ledger::Standing>(row, "standing")};
}

ledger::HouseholdHappening claimed(json::object const& row)
{
    return ledger::LeadingClaimed{name_at<ledger::LoanNumber>(row, "loan_number"),
                                  name_at<ledger::BorrowerNumber>(row, "borrower_number"),
                                  enum_at<ledger::Way>(row, "way"),
                                  int_at(row, "share"),
                                  fen_at(row, "promised_fen"),
                                  row.at("is_relative").as_bool()};
}

ledger::HouseholdHappening verified(json::object const& row)
{
    return ledger::LeadingVerified{int_at(row, "claim"), std::string{text_at(row, "officer")},
                                   std::string{text_at(row, "witness")},
                                   std::string{text_at(row, "place")},
                                   std::string{text_at(row, "evidence")}};
}

ledger::HouseholdHappening shares_agreed(json::object const& row)
{
    ledger::SharesAgreed what;
    auto const& claims = row.at("shared_claim").as_array();
    auto const& shares = row.at("shared_share").as_array();
    for (std::size_t n = 0; n < claims.size(); ++n) {
        what.shares.emplace_back(static_cast<int>(claims[n].as_int64()),
                                 static_cast<int>(shares.at(n).as_int64()));
    }
    return what;
}

ledger::HouseholdHappening brought(json::object const& row)
{
    return ledger::BenefitBrought{int_at(row, "claim"), fen_at(row, "amount_fen"),
                                  std::string{text_at(row, "evidence")}};
}

ledger::HouseholdHappening step_taken(json::object const& row)
{
    return ledger::ExitStepTaken{enum_at<ledger::ExitStep>(row, "step"),
                                 std::string{text_at(row, "person")},
                                 at_if_any(row, "until_on", day_at), int_at(row, "income_year"),
                                 std::string{text_at(row, "evidence")}};
}

ledger::HouseholdHappening income_recorded(json::object const& row)
{
    return ledger::IncomeRecorded{{int_at(row, "income_year"), fen_at(row, "wages_fen"),
                                   fen_at(row, "production_fen"), fen_at(row, "property_fen"),
                                   fen_at(row, "transfers_fen")}};
}

bool truth_at(json::object const& row, std::string_view column)
{
    return row.at(column).as_bool();
}

ledger::HouseholdHappening surveyed(json::object const& row)
{
    ledger::Survey survey;
    for (auto const& cause : row.at("causes").as_array())
        survey.causes.push_back(enum_from<ledger::PovertyCause>(cause.as_string()));
    survey.labour = at_if_any(row, "labour", int_at);
    survey.has_safe_housing = at_if_any(row, "has_safe_housing", truth_at);
    survey.has_schooling = at_if_any(row, "has_schooling", truth_at);
    survey.has_medical_care = at_if_any(row, "has_medical_care", truth_at);
    survey.official = text_at(row, "official");
    return ledger::Surveyed{std::move(survey)};
}

ledger::HouseholdHappening reversed(json::object const& row)
{
    return ledger::Reversed{int_at(row, "target_sequence")};
}

constexpr std::pair<std::string_view, Read> readers[] = {
    {"household_registered", registered},
    {"household_moved", moved},
    {"persons_counted", counted},
    {"standing_recorded", standing_recorded},
    {"household_dissolved", of_nothing<ledger::HouseholdDissolved>},
    {"leading_claimed", claimed},
    {"leading_verified", verified},
    {"claim_withdrawn", of_claim<ledger::ClaimWithdrawn>},
    {"support_ended", of_claim<ledger::SupportEnded>},
    {"shares_agreed", shares_agreed},
    {"benefit_brought", brought},
    {"exit_step_taken", step_taken},
    {"relapsed", of_nothing<ledger::Relapsed>},
    {"income_recorded", income_recorded},
    {"surveyed", surveyed},
    {"reversed", reversed},
};
static_assert(std::size(readers) == std::variant_size_v<ledger::HouseholdHappening>);

ledger::HouseholdHappening happening_from(json::object const& row)
{
    auto const kind = text_at(row, "kind");
    for (auto const& [name, read] : readers)
        if (name == kind) return read(row);
    throw IntegrityFault{"the books hold an unknown kind of household event"};
}

// --- where it stood

json::object claim_row(ledger::Claim const& claim)
{
    return {{"claim", claim.sequence},
            {"loan", claim.loan.text()},
            {"borrower", claim.borrower.text()},
            {"way", ledger::code_of(claim.way)},
            {"share", claim.share},
            {"since", claim.since.text()},
            {"verified_on", date_or_null(claim.verified_on)},
            {"until_on", date_or_null(claim.until)},
            {"is_withdrawn", claim.is_withdrawn},
            {"was_poor", claim.was_poor()},
            {"exited_on", date_or_null(claim.exited_on)},
            {"relapsed_on", date_or_null(claim.relapsed_on)},
            {"brought_fen", claim.brought.fen()}};
}

} // namespace

json::object row_of(ledger::HouseholdNumber const& household, ledger::HouseholdEvent const& event)
{
    json::object row{{"household_number", household.text()},
                     {"sequence", event.sequence},
                     {"kind", ledger::code_of(event.what)},
                     {"value_on", event.value_on.text()},
                     {"booked_on", event.booked_on.text()},
                     {"document", event.document},
                     {"reason", event.reason}};
    std::visit(Fill{row}, event.what);
    return row;
}

Household household_from(json::object const& body)
{
    Household household;
    household.number = stored<ledger::HouseholdNumber>(text_at(body, "household_number"));
    for (auto const& value : body.at("events").as_array()) {
        auto const& row = value.as_object();
        household.events.push_back({int_at(row, "sequence"), day_at(row, "value_on"),
                                    day_at(row, "booked_on"), happening_from(row),
                                    std::string{text_at(row, "document")},
                                    std::string{text_at(row, "reason")}});
    }
    return household;
}

json::object standing_row(Household const& household, Date day, int sequence)
{
    auto const state = ledger::fold(household, day);
    json::array claims;
    for (auto const& claim : state.claims) claims.push_back(claim_row(claim));
    json::object row{{"household_number", household.number.text()},
                     {"effective_on", day.text()},
                     {"sequence", sequence},
                     {"is_registered", state.is_registered && !state.is_dissolved()},
                     {"registered_on", date_or_null(state.registered_on)},
                     {"dissolved_on", date_or_null(state.dissolved_on)},
                     {"head", state.head},
                     {"persons", state.persons},
                     {"claims", std::move(claims)}};
    if (state.is_registered) {
        row["village_code"] = state.village.text();
        row["standing"] = ledger::code_of(state.standing);
    }
    return row;
}

json::array standing_rows(Household const& after, ledger::HouseholdEvent const& event)
{
    std::vector<Date> days{event.value_on};
    for (auto const& other : after.events)
        if (other.value_on > event.value_on) days.push_back(other.value_on);
    std::ranges::sort(days);
    auto const repeated = std::ranges::unique(days);
    days.erase(repeated.begin(), repeated.end());
    json::array rows;
    for (Date const day : days) rows.push_back(standing_row(after, day, event.sequence));
    return rows;
}

} // namespace store
