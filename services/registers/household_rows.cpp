// What a row about households says, as commands: one registers a household; one claims to lead it
// and, where it says so, verifies, tells what it brought, ends or withdraws; one takes all steps of
// an exit, and perhaps the relapse after it; one is an income, one a survey.
#include "registers/row_reader.hpp"

namespace registers {

using ledger::Refusal;

namespace {

constexpr int share_limit = 8; ///< characters

/// Appends what happens to the row's household, each under its own key.
class Happenings {
  public:
    Happenings(Plan& plan, std::size_t row, ledger::HouseholdNumber household, std::string of)
        : plan_{plan}
        , row_{row}
        , household_{std::move(household)}
        , of_{std::move(of)}
    {
    }

    /// The key of what was appended.
    std::string add(ledger::Date on, Rank rank, std::string_view kind,
                    ledger::HouseholdHappening what, std::string const& facts,
                    std::string const& document = {}, std::string const& reason = {})
    {
        append(plan_, row_, on, rank,
               ledger::RecordHouseholdEvent{household_, on, std::move(what), document, reason},
               with_content(kind, of_, joined({kind, of_, on.text(), facts, document, reason})));
        return plan_.commands.back().key;
    }
    /// About the event of another command, whose sequence the books give.
    void add_about(std::string const& key, ledger::Date on, std::string_view kind,
                   ledger::HouseholdHappening what, std::string const& facts,
                   std::string const& reason = {})
    {
        add(on, Rank::of_household, kind, std::move(what), facts, {}, reason);
        plan_.commands.back().names = key;
    }

  private:
    Plan& plan_;
    std::size_t row_;
    ledger::HouseholdNumber household_;
    std::string of_;
};

struct LeadingRow {
    ledger::LeadingClaimed claim;
    ledger::Date since;
    std::optional<ledger::Date> verified_on, brought_on, ended_on, withdrawn_on;
    ledger::LeadingVerified verified;
    ledger::Money brought;
    std::string reason;
};

/// Days that are there need what belongs to them, and come after the claim.
void check_leading_days(RowReader& row, LeadingRow const& said)
{
    if (!row.is_good()) return;
    auto const not_before = [&](char const* field, std::optional<ledger::Date> const& day) {
        if (day && *day < said.since) {
            row.blame(field, {Refusal::date_too_early, {}, said.since.text()});
        }
    };
    not_before("verified_on", said.verified_on);
    not_before("brought_on", said.brought_on);
    not_before("ended_on", said.ended_on);
    not_before("withdrawn_on", said.withdrawn_on);
    bool const is_over = said.ended_on || said.withdrawn_on;
    if (is_over && said.reason.empty()) row.blame("reason", {Refusal::text_missing, {}, {}});
    if (said.ended_on && said.withdrawn_on) {
        row.blame("withdrawn_on", {Refusal::claim_over, {}, said.ended_on->text()});
    }
}

LeadingRow leading_row(RowReader& row)
{
    LeadingRow said;
    said.claim.loan = row.id<ledger::LoanNumber>("loan");
    said.claim.way = row.take("way", way_of);
    said.since = row.date("since");
    if (!row.is_empty("share")) {
        row.text("share", share_limit);
        said.claim.share = row.take("share", ledger::parse_share);
    }
    if (!row.is_empty("promised")) said.claim.promised = row.money("promised");
    if (!row.is_empty("is_relative")) said.claim.is_relative = row.take("is_relative", truth_of);
    said.verified_on = row.date_or_nothing("verified_on");
    if (said.verified_on) {
        said.verified.officer = row.text("officer", name_limit);
        said.verified.witness = row.text("witness", name_limit);
        said.verified.place = row.text("place", document_limit);
        said.verified.evidence = row.text("evidence", document_limit);
    }
    said.brought_on = row.date_or_nothing("brought_on");
    if (said.brought_on) said.brought = row.money("amount");
    said.ended_on = row.date_or_nothing("ended_on");
    said.withdrawn_on = row.date_or_nothing("withdrawn_on");
    said.reason = row.text_or_empty("reason", remark_limit);
    check_leading_days(row, said);
    return said;
}

struct Step {
    ledger::ExitStep step;
    char const* on;     ///< column of its day
    char const* person; ///< column of who answers for it
};
constexpr std::array steps{
    Step{ledger::ExitStep::proposed, "proposed_on", "proposed_by"},
    Step{ledger::ExitStep::reviewed, "reviewed_on", "reviewed_by"},
    Step{ledger::ExitStep::signed_off, "signed_on", "signed_by"},
    Step{ledger::ExitStep::noticed, "noticed_on", "noticed_by"},
    Step{ledger::ExitStep::checked, "checked_on", "checked_by"},
    Step{ledger::ExitStep::approved, "approved_on", "approved_by"},
};

} // namespace

void plan_household_row(RowReader& row, std::size_t index, Plan& plan)
{
    auto const number = row.id<ledger::HouseholdNumber>("household");
    ledger::HouseholdRegistered what;
    what.head = row.text("head", name_limit);
    what.village = row.id<ledger::UnitCode>("village");
    what.standing = row.take("standing", standing_of);
    what.persons = row.number("persons", 1, ledger::persons_limit);
    ledger::Date const registered_on = row.date("registered_on");
    if (!row.is_good()) return;
    std::string const facts =
        joined({what.head, what.village.text(), ledger::code_of(what.standing),
                std::to_string(what.persons)});
    Happenings{plan, index, number, number.text()}.add(registered_on, Rank::household, "household",
                                                       std::move(what), facts);
}

void plan_leading_row(RowReader& row, std::size_t index, Plan& plan)
{
    auto const number = row.id<ledger::HouseholdNumber>("household");
    LeadingRow const said = leading_row(row);
    if (!row.is_good()) return;
    ledger::LeadingClaimed const& claim = said.claim;
    Happenings to{plan, index, number, number.text() + ":" + claim.loan.text()};
    std::string const claimed =
        to.add(said.since, Rank::claim, "claim", claim,
               joined({ledger::code_of(claim.way), ledger::share_text(claim.share),
                       claim.promised.text(), claim.is_relative ? "relative" : ""}));
    if (said.verified_on) {
        auto const& by = said.verified;
        to.add_about(claimed, *said.verified_on, "verify", by,
                     joined({by.officer, by.witness, by.place, by.evidence}));
    }
    if (said.brought_on) {
        to.add_about(claimed, *said.brought_on, "benefit",
                     ledger::BenefitBrought{0, said.brought, {}}, said.brought.text());
    }
    if (said.ended_on) {
        to.add_about(claimed, *said.ended_on, "end", ledger::SupportEnded{}, {}, said.reason);
    }
    if (said.withdrawn_on) {
        to.add_about(claimed, *said.withdrawn_on, "withdraw", ledger::ClaimWithdrawn{}, {},
                     said.reason);
    }
}

void plan_exit_row(RowReader& row, std::size_t index, Plan& plan)
{
    auto const number = row.id<ledger::HouseholdNumber>("household");
    int const income_year = row.number("income_year", 1900, 2200);
    ledger::Date const proposed_on = row.date("proposed_on");
    auto const until = row.date_or_nothing("notice_until");
    auto const relapsed_on = row.date_or_nothing("relapsed_on");
    std::string const document = row.text_or_empty("document", document_limit);
    std::vector<std::pair<ledger::Date, ledger::ExitStepTaken>> taken;
    for (Step const& step : steps) {
        auto const on = row.date_or_nothing(step.on);
        if (!on) break; // the exit has come this far
        ledger::ExitStepTaken what;
        what.step = step.step;
        what.person = row.text(step.person, name_limit);
        if (step.step == ledger::ExitStep::noticed) what.until = until;
        if (step.step == ledger::ExitStep::checked) what.income_year = income_year;
        taken.emplace_back(*on, std::move(what));
    }
    if (!row.is_good()) return;
    Happenings to{plan, index, number, number.text() + ":" + proposed_on.text()};
    for (auto const& [on, what] : taken) {
        // After the incomes and the surveys of the day, on which it rests.
        to.add(on, Rank::exit_step, ledger::code_of(what.step), what,
               joined({what.person, what.until ? what.until->text() : "",
                       what.income_year == 0 ? "" : std::to_string(what.income_year)}));
    }
    if (relapsed_on) {
        to.add(*relapsed_on, Rank::exit_step, "relapse", ledger::Relapsed{}, {}, document);
    }
}

void plan_income_row(RowReader& row, std::size_t index, Plan& plan)
{
    auto const number = row.id<ledger::HouseholdNumber>("household");
    ledger::Income income;
    income.year = row.number("income_year", 1900, 2200);
    auto const amount = [&row](std::string_view field) {
        return row.is_empty(field) ? ledger::Money{} : row.take(field, money_of);
    };
    income.wages = amount("wages");
    income.production = amount("production");
    income.property = amount("property");
    income.transfers = amount("transfers");
    ledger::Date const recorded_on = row.date("recorded_on");
    if (!row.is_good()) return;
    Happenings to{plan, index, number, number.text() + ":" + std::to_string(income.year)};
    to.add(recorded_on, Rank::of_household, "income", ledger::IncomeRecorded{income},
           joined({income.wages.text(), income.production.text(), income.property.text(),
                   income.transfers.text()}));
}

void plan_survey_row(RowReader& row, std::size_t index, Plan& plan)
{
    auto const number = row.id<ledger::HouseholdNumber>("household");
    ledger::Date const surveyed_on = row.date("surveyed_on");
    ledger::Survey survey;
    if (!row.is_empty("causes")) survey.causes = row.take("causes", causes_of);
    if (!row.is_empty("labour")) survey.labour = row.number("labour", 0, ledger::persons_limit);
    auto const asked = [&row](char const* field) {
        return row.is_empty(field) ? std::nullopt : std::optional{row.take(field, truth_of)};
    };
    survey.has_safe_housing = asked("has_safe_housing");
    survey.has_schooling = asked("has_schooling");
    survey.has_medical_care = asked("has_medical_care");
    survey.official = row.text_or_empty("official", name_limit);
    if (!row.is_good()) return;
    std::string causes;
    for (ledger::PovertyCause const cause : survey.causes)
        causes += std::string{code_of(cause)} + ";";
    auto const found = [](std::optional<bool> const& safeguard) {
        return std::string{!safeguard ? "" : *safeguard ? "1" : "0"};
    };
    std::string const facts = joined({causes, survey.labour ? std::to_string(*survey.labour) : "",
                                      found(survey.has_safe_housing), found(survey.has_schooling),
                                      found(survey.has_medical_care), survey.official});
    Happenings{plan, index, number, number.text() + ":" + surveyed_on.text()}.add(
        surveyed_on, Rank::of_household, "survey", ledger::Surveyed{std::move(survey)}, facts);
}

} // namespace registers
