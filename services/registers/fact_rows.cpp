// What a row of the registers beside the households says, as dated facts: one row names a branch,
// records a member, a person of a household and perhaps that he left, or a balance of points, puts
// a member's household on the list of the poor and perhaps takes it off, sets a target, gives a
// responsibility and perhaps fulfils it, or says what a village has.
#include "registers/row_reader.hpp"

namespace registers {

using ledger::Refusal;

namespace {

constexpr int task_limit = 200; ///< characters of a task, a duty, a goal, a result

/// A fact with everything that it says as its content.
void append_fact(Plan& plan, std::size_t row, Rank rank, ledger::RecordFact fact,
                 std::string const& said)
{
    std::string const subject = ledger::subject_of(fact.what);
    std::string const kind{ledger::code_of(fact.what)};
    ledger::Date const on = fact.value_on;
    std::string content = joined({kind, subject, on.text(), said, fact.document, fact.reason});
    append(plan, row, on, rank, std::move(fact), with_content(kind, subject, std::move(content)));
}

/// The one thing that somebody answers for; two or none are refused.
std::optional<ledger::AnswersFor> answers_for(RowReader& row)
{
    std::optional<ledger::AnswersFor> about;
    auto const take = [&](char const* field, auto read) {
        if (row.is_empty(field)) return;
        if (about) row.blame(field, {Refusal::field_unknown, {}, {}});
        about = read();
    };
    take("household", [&] { return row.id<ledger::HouseholdNumber>("household"); });
    take("village", [&] { return row.id<ledger::UnitCode>("village"); });
    take("target", [&] { return row.id<ledger::TargetName>("target"); });
    if (!about) row.blame("household", {Refusal::text_missing, {}, {}});
    return about;
}

struct NameOfAnswered {
    std::string operator()(ledger::HouseholdNumber const& household) const
    {
        return "household " + household.text();
    }
    std::string operator()(ledger::UnitCode const& village) const
    {
        return "village " + village.text();
    }
    std::string operator()(ledger::TargetName const& target) const
    {
        return "target " + target.text();
    }
};

} // namespace

void plan_branch_row(RowReader& row, std::size_t index, Plan& plan)
{
    ledger::BranchNamed what;
    what.branch = row.id<ledger::BranchCode>("branch");
    what.name = row.text("name", name_limit);
    what.village = row.id<ledger::UnitCode>("village");
    ledger::Date const on = row.date("recorded_on");
    if (!row.is_good()) return;
    std::string const said = joined({what.name, what.village.text()});
    append_fact(plan, index, Rank::branch, {on, std::move(what), {}, {}}, said);
}

void plan_member_row(RowReader& row, std::size_t index, Plan& plan)
{
    ledger::MemberRecorded what;
    what.member = row.id<ledger::MemberNumber>("member");
    what.name = row.text("name", name_limit);
    what.branch = row.id<ledger::BranchCode>("branch");
    what.joined_on = row.date("joined_on");
    what.membership = row.take("membership", membership_of);
    ledger::Date const on = row.date("recorded_on");
    std::string const reason = row.text_or_empty("reason", remark_limit);
    if (!row.is_good()) return;
    std::string const said = joined(
        {what.name, what.branch.text(), what.joined_on.text(), ledger::code_of(what.membership)});
    append_fact(plan, index, Rank::member, {on, std::move(what), {}, reason}, said);
}

void plan_person_row(RowReader& row, std::size_t index, Plan& plan)
{
    ledger::PersonRecorded what;
    what.person = row.id<ledger::PersonNumber>("person");
    what.household = row.id<ledger::HouseholdNumber>("household");
    what.name = row.text("name", name_limit);
    what.kinship = row.take("kinship", kinship_of);
    if (!row.is_empty("can_work")) what.can_work = row.take("can_work", truth_of);
    ledger::Date const on = row.date("recorded_on");
    auto const left_on = row.date_or_nothing("left_on");
    std::string const reason = row.text_or_empty("reason", remark_limit);
    if (!row.is_good()) return;
    if (left_on && *left_on < on) {
        row.blame("left_on", {Refusal::date_too_early, {}, on.text()});
        return;
    }
    std::string const said = joined({what.household.text(), what.name,
                                     ledger::code_of(what.kinship), what.can_work ? "1" : "0"});
    append_fact(plan, index, Rank::fact, {on, what, {}, {}}, said);
    if (!left_on) return;
    what.is_present = false;
    append_fact(plan, index, Rank::fact, {*left_on, what, {}, reason}, said + "\nleft");
}

void plan_points_row(RowReader& row, std::size_t index, Plan& plan)
{
    ledger::PointsRecorded what;
    what.member = row.id<ledger::MemberNumber>("member");
    what.points = row.number("points", 0, ledger::points_limit);
    ledger::Date const on = row.date("recorded_on");
    if (!row.is_good()) return;
    std::string const said = std::to_string(what.points);
    append_fact(plan, index, Rank::fact, {on, std::move(what), {}, {}}, said);
}

void plan_poor_member_row(RowReader& row, std::size_t index, Plan& plan)
{
    ledger::PoorMemberListed what;
    what.member = row.id<ledger::MemberNumber>("member");
    what.household = row.id<ledger::HouseholdNumber>("household");
    ledger::Date const listed_on = row.date("listed_on");
    auto const unlisted_on = row.date_or_nothing("unlisted_on");
    std::string const reason = row.text_or_empty("reason", remark_limit);
    if (!row.is_good()) return;
    if (unlisted_on && *unlisted_on < listed_on) {
        row.blame("unlisted_on", {Refusal::date_too_early, {}, listed_on.text()});
        return;
    }
    append_fact(plan, index, Rank::fact, {listed_on, what, {}, {}},
                joined({what.household.text(), "listed"}));
    if (!unlisted_on) return;
    what.is_listed = false;
    append_fact(plan, index, Rank::fact, {*unlisted_on, what, {}, reason},
                joined({what.household.text(), "taken off"}));
}

void plan_target_row(RowReader& row, std::size_t index, Plan& plan)
{
    ledger::TargetSet what;
    what.target.indicator = row.take("indicator", plan_indicator_of);
    what.target.unit = row.id<ledger::UnitCode>("unit");
    what.target.year = row.number("year", ledger::target_year_least, ledger::target_year_most);
    what.count = row.number("count", 1, ledger::target_limit);
    std::string const document = row.text("document", document_limit);
    ledger::Date const on = row.date("recorded_on");
    if (!row.is_good()) return;
    std::string const said = std::to_string(what.count);
    append_fact(plan, index, Rank::target, {on, std::move(what), document, {}}, said);
}

void plan_responsibility_row(RowReader& row, std::size_t index, Plan& plan)
{
    ledger::ResponsibilityGiven what;
    what.responsibility = row.id<ledger::ResponsibilityNumber>("responsibility");
    auto const about = answers_for(row);
    what.person = row.text("person", name_limit);
    what.task = row.text("task", task_limit);
    what.duty = row.text("duty", task_limit);
    what.goal = row.text("goal", task_limit);
    auto const deadline = row.future_date_or_nothing("deadline");
    if (row.is_empty("deadline")) row.blame("deadline", {Refusal::text_missing, {}, {}});
    ledger::Date const on = row.date("recorded_on");
    auto const fulfilled_on = row.date_or_nothing("fulfilled_on");
    std::string const result = row.text_or_empty("result", task_limit);
    if (!row.is_good()) return;
    if (fulfilled_on && *fulfilled_on < on) {
        row.blame("fulfilled_on", {Refusal::date_too_early, {}, on.text()});
        return;
    }
    what.about = *about;
    what.deadline = *deadline;
    ledger::ResponsibilityNumber const number = what.responsibility;
    std::string const said = joined({std::visit(NameOfAnswered{}, what.about), what.person,
                                     what.task, what.duty, what.goal, what.deadline.text()});
    append_fact(plan, index, Rank::fact, {on, std::move(what), {}, {}}, said);
    if (!fulfilled_on) return;
    append_fact(plan, index, Rank::fact,
                {*fulfilled_on, ledger::ResponsibilityFulfilled{number, result}, {}, {}}, result);
}

void plan_village_fact_row(RowReader& row, std::size_t index, Plan& plan)
{
    ledger::VillageRecorded what;
    what.village = row.id<ledger::UnitCode>("village");
    what.aspect = row.take("aspect", village_aspect_of);
    what.has = row.take("has", truth_of);
    if (!row.is_empty("amount")) what.amount = row.money("amount");
    ledger::Date const on = row.date("recorded_on");
    std::string const document = row.text_or_empty("document", document_limit);
    if (!row.is_good()) return;
    std::string const said =
        joined({ledger::code_of(what.aspect), what.has ? "has" : "has not", what.amount.text()});
    append_fact(plan, index, Rank::fact, {on, std::move(what), document, {}}, said);
}

} // namespace registers
