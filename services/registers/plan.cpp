// Reads the files one after the other, then looks at them together: rows that are in a file twice,
// payments before their loan's disbursement, the day on which a borrower is registered; then sorts
// the commands by their days.
#include "registers/plan.hpp"

#include "registers/csv.hpp"
#include "registers/row_reader.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

namespace registers {

using ledger::Refusal;

namespace {

constexpr int header_line = 1;

void blame_file(Plan& plan, std::string const& file, int line, ledger::Refused refused)
{
    std::string column = refused.field;
    plan.problems.push_back({file, line, std::move(column), {}, std::move(refused), -1});
}

void plan_row(RowReader& reader, Register kind, std::size_t index, Plan& plan)
{
    switch (kind) {
    case Register::funds: return plan_fund_row(reader, index, plan);
    case Register::borrowers: return plan_borrower_row(reader, index, plan);
    case Register::loans: return plan_loan_row(reader, index, plan);
    case Register::repayments: return plan_repayment_row(reader, index, plan);
    case Register::households: return plan_household_row(reader, index, plan);
    case Register::leading: return plan_leading_row(reader, index, plan);
    case Register::exits: return plan_exit_row(reader, index, plan);
    case Register::incomes: return plan_income_row(reader, index, plan);
    case Register::persons: return plan_person_row(reader, index, plan);
    case Register::surveys: return plan_survey_row(reader, index, plan);
    case Register::branches: return plan_branch_row(reader, index, plan);
    case Register::members: return plan_member_row(reader, index, plan);
    case Register::points: return plan_points_row(reader, index, plan);
    case Register::poor_members: return plan_poor_member_row(reader, index, plan);
    case Register::targets: return plan_target_row(reader, index, plan);
    case Register::responsibilities: return plan_responsibility_row(reader, index, plan);
    case Register::village_facts: return plan_village_fact_row(reader, index, plan);
    }
}

void plan_rows(Plan& plan, Header const& header, CsvTable& table, ledger::Date today)
{
    std::string const file = plan.files.back().name;
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        std::size_t const index = plan.rows.size();
        CsvRow& row = table.rows[i];
        RowReader reader{header, row, file, static_cast<int>(index), today, plan.problems};
        if (reader.check_cells()) plan_row(reader, header.kind(), index, plan);
        plan.rows.push_back(
            {plan.files.size() - 1, row.line, std::move(row.cells), reader.is_good()});
    }
    plan.files.back().rows = table.rows.size() - 1;
}

void plan_file(Plan& plan, SourceFile const& source, ledger::Date today)
{
    auto const decoded = to_utf8(source.bytes);
    if (!decoded) return blame_file(plan, source.name, header_line, decoded.error());
    auto table = read_csv(decoded->text);
    if (!table) {
        return blame_file(plan, source.name, table.error().line, table.error().refused);
    }
    auto const header = Header::recognise(table->rows.empty() ? std::vector<std::string>{}
                                                              : table->rows.front().cells);
    int const line = table->rows.empty() ? header_line : table->rows.front().line;
    if (!header) return blame_file(plan, source.name, line, header.error());
    if (table->rows.size() == 1) {
        return blame_file(plan, source.name, line, {Refusal::csv_rows_missing, {}, {}});
    }
    PlannedFile file;
    file.name = source.name;
    file.encoding = decoded->encoding;
    file.delimiter = table->delimiter;
    file.kind = header->kind();
    file.header = table->rows.front().cells;
    file.header.resize(header->width());
    for (Column const& column : columns_of(header->kind())) {
        file.headings.push_back(header->heading(column.field));
    }
    plan.files.push_back(std::move(file));
    plan_rows(plan, *header, *table, today);
}

// --- the files together

/// The cell of a field, as written.
std::string_view cell_of(Plan const& plan, std::size_t row, std::string_view field)
{
    PlannedRow const& planned = plan.rows[row];
    PlannedFile const& file = plan.files[planned.file];
    auto const columns = columns_of(file.kind);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].field != field) continue;
        auto const at = std::ranges::find_if(file.header, [&](std::string const& heading) {
            return trimmed(heading) == file.headings[i];
        });
        if (at == file.header.end()) return {};
        auto const position = static_cast<std::size_t>(at - file.header.begin());
        return position < planned.cells.size() ? std::string_view{planned.cells[position]}
                                               : std::string_view{};
    }
    return {};
}

void blame_row(Plan& plan, std::size_t row, std::string_view field, ledger::Refused refused)
{
    PlannedRow& planned = plan.rows[row];
    PlannedFile const& file = plan.files[planned.file];
    auto const columns = columns_of(file.kind);
    std::string heading;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].field == field) heading = file.headings[i];
    }
    planned.is_good = false;
    refused.field = std::string{field};
    plan.problems.push_back({file.name, planned.line, std::move(heading),
                             shown_value(field, cell_of(plan, row, field)), std::move(refused),
                             static_cast<int>(row)});
}

std::string_view identity_field(Plan const& plan, std::size_t row)
{
    return columns_of(plan.files[plan.rows[row].file].kind)[0].field;
}

/// What must be in an import once: a borrower, a loan or a household in its file, a payment, a
/// claim or a fact in all files.
std::optional<std::string> once_in_import(Plan const& plan, PlannedCommand const& command)
{
    std::size_t const row = command.row;
    if (std::holds_alternative<ledger::RegisterBorrower>(command.command) ||
        std::holds_alternative<ledger::ProposeLoan>(command.command) ||
        happened<ledger::HouseholdRegistered>(command.command) != nullptr)
    {
        std::string once = std::to_string(plan.rows[row].file) + "\n";
        return once.append(content_of(cell_of(plan, row, identity_field(plan, row))));
    }
    bool const is_once = std::holds_alternative<ledger::PayIntoFund>(command.command) ||
                         std::holds_alternative<ledger::RecordFact>(command.command) ||
                         recorded<ledger::Repaid>(command.command) != nullptr ||
                         happened<ledger::LeadingClaimed>(command.command) != nullptr;
    return is_once ? std::optional{command.key} : std::nullopt;
}

/// Refuses the second of two equal rows.
void check_rows_once(Plan& plan)
{
    std::unordered_map<std::string, int> seen; ///< line of the first
    for (PlannedCommand const& command : plan.commands) {
        auto const once = once_in_import(plan, command);
        if (!once) continue;
        auto const [first, is_new] = seen.try_emplace(*once, plan.rows[command.row].line);
        if (is_new || !plan.rows[command.row].is_good) continue;
        blame_row(plan, command.row, identity_field(plan, command.row),
                  {Refusal::row_twice_in_file, {}, std::to_string(first->second)});
    }
}

/// A reversal follows the repayment of its row.
void link_reversals(Plan& plan)
{
    std::string repayment_key;
    for (PlannedCommand& command : plan.commands) {
        if (recorded<ledger::Repaid>(command.command)) repayment_key = command.key;
        if (std::holds_alternative<ledger::Reverse>(command.command)) {
            command.names = repayment_key;
        }
    }
}

/// A payment before its loan's disbursement is named as that, not as a loan that is not there.
void check_payments_follow_disbursement(Plan& plan)
{
    std::unordered_map<std::string, ledger::Date> disbursed_on;
    for (PlannedCommand const& command : plan.commands) {
        if (auto const* disburse = recorded<ledger::Disbursed>(command.command)) {
            disbursed_on.emplace(disburse->loan.text(), disburse->value_on);
        }
    }
    for (PlannedCommand const& command : plan.commands) {
        auto const* repay = recorded<ledger::Repaid>(command.command);
        if (!repay) continue;
        auto const found = disbursed_on.find(repay->loan.text());
        if (found != disbursed_on.end() && repay->value_on < found->second) {
            blame_row(plan, command.row, "repaid_on",
                      {Refusal::value_date_before_disbursement, {}, found->second.text()});
        }
    }
}

void keep_earliest(std::unordered_map<std::string, ledger::Date>& days, std::string const& name,
                   ledger::Date day)
{
    auto const [found, is_new] = days.emplace(name, day);
    if (!is_new) found->second = std::min(found->second, day);
}

/// What a proposal names must be there before it. A borrower without a registration date is
/// registered on the day of the first proposal here; a fund is open from its first payment or the
/// first proposal that names it, whichever came first.
void date_what_proposals_name(Plan& plan, ledger::Date today)
{
    std::unordered_map<std::string, ledger::Date> of_borrower, of_fund;
    for (PlannedCommand const& command : plan.commands) {
        if (auto const* propose = std::get_if<ledger::ProposeLoan>(&command.command)) {
            keep_earliest(of_borrower, propose->borrower.text(), propose->proposed_on);
            keep_earliest(of_fund, propose->fund.text(), propose->proposed_on);
        }
    }
    for (PlannedCommand& command : plan.commands) {
        if (auto const* borrower = std::get_if<ledger::RegisterBorrower>(&command.command)) {
            if (command.value_on != ledger::Date{}) continue;
            auto const found = of_borrower.find(borrower->borrower.text());
            command.value_on = found == of_borrower.end() ? today : found->second;
        } else if (auto const* fund = std::get_if<ledger::OpenFund>(&command.command)) {
            auto const found = of_fund.find(fund->fund.text());
            if (found == of_fund.end()) continue;
            command.value_on = std::min(command.value_on, found->second);
        } else {
            continue;
        }
        command.booked_on = command.value_on;
    }
}

/// One OpenFund a fund and name: further rows of the fund only pay into it.
void open_funds_once(Plan& plan)
{
    std::map<std::string, std::pair<ledger::Date, std::size_t>> first; ///< by key
    for (std::size_t i = 0; i < plan.commands.size(); ++i) {
        PlannedCommand const& command = plan.commands[i];
        if (!std::holds_alternative<ledger::OpenFund>(command.command)) continue;
        auto const [found, is_new] = first.try_emplace(command.key, command.value_on, i);
        if (!is_new) found->second = std::min(found->second, {command.value_on, i});
    }
    std::set<std::size_t> kept;
    for (auto const& [key, found] : first) kept.insert(found.second);
    std::size_t index = 0;
    std::erase_if(plan.commands, [&](PlannedCommand const& command) {
        std::size_t const at = index++;
        return std::holds_alternative<ledger::OpenFund>(command.command) && !kept.contains(at);
    });
}

/// The column of the day of a fact.
std::string_view fact_day(ledger::RegisterFact const& what)
{
    if (auto const* listed = std::get_if<ledger::PoorMemberListed>(&what)) {
        return listed->is_listed ? "listed_on" : "unlisted_on";
    }
    if (auto const* person = std::get_if<ledger::PersonRecorded>(&what)) {
        return person->is_present ? "recorded_on" : "left_on";
    }
    bool const is_done = std::holds_alternative<ledger::ResponsibilityFulfilled>(what);
    return is_done ? "fulfilled_on" : "recorded_on";
}

/// The column of the day of what happens to a household.
std::string_view household_day(ledger::Command const& command, std::string_view otherwise)
{
    auto const* event = std::get_if<ledger::RecordHouseholdEvent>(&command);
    if (!event) return otherwise;
    if (auto const* step = std::get_if<ledger::ExitStepTaken>(&event->what)) {
        switch (step->step) {
        case ledger::ExitStep::proposed: return "proposed_on";
        case ledger::ExitStep::reviewed: return "reviewed_on";
        case ledger::ExitStep::signed_off: return "signed_on";
        case ledger::ExitStep::noticed: return "noticed_on";
        case ledger::ExitStep::checked: return "checked_on";
        case ledger::ExitStep::approved: return "approved_on";
        }
    }
    if (happened<ledger::HouseholdRegistered>(command)) return "registered_on";
    if (happened<ledger::LeadingClaimed>(command)) return "since";
    if (happened<ledger::LeadingVerified>(command)) return "verified_on";
    if (happened<ledger::BenefitBrought>(command)) return "brought_on";
    if (happened<ledger::SupportEnded>(command)) return "ended_on";
    if (happened<ledger::ClaimWithdrawn>(command)) return "withdrawn_on";
    if (happened<ledger::Relapsed>(command)) return "relapsed_on";
    return "proposed_on"; // the income and the survey of an exit
}

} // namespace

Plan plan(std::span<SourceFile const> files, ledger::Date today)
{
    Plan result;
    std::size_t taken = 0;
    for (SourceFile const& file : files) {
        if (++taken > files_limit) {
            blame_file(result, file.name, header_line,
                       {Refusal::csv_too_large, {}, std::to_string(csv_rows_limit)});
            break;
        }
        plan_file(result, file, today);
    }
    check_rows_once(result);
    link_reversals(result);
    check_payments_follow_disbursement(result);
    std::erase_if(result.commands,
                  [&](PlannedCommand const& command) { return !result.rows[command.row].is_good; });
    open_funds_once(result);
    date_what_proposals_name(result, today);
    std::ranges::stable_sort(result.commands, {}, [](PlannedCommand const& command) {
        return std::tuple{command.booked_on, command.rank, command.row};
    });
    std::ranges::stable_sort(result.problems, {}, &RowProblem::row);
    return result;
}

std::string column_for(Plan const& plan, PlannedCommand const& command,
                       std::string_view refused_field)
{
    PlannedFile const& file = plan.files[plan.rows[command.row].file];
    std::string_view field = refused_field;
    if (field.starts_with("terms.")) field.remove_prefix(std::string_view{"terms."}.size());
    if (field == "principal") field = "amount";
    if (field == "until") field = "notice_until";
    if (std::holds_alternative<ledger::Reverse>(command.command)) {
        field = field == "reason" ? "reversal_reason" : "reversed_on";
    } else if (field == "value_on" || field == "booked_on") {
        if (std::holds_alternative<ledger::PayIntoFund>(command.command)) field = "paid_in_on";
        if (recorded<ledger::Approved>(command.command)) field = "approved_on";
        if (recorded<ledger::Disbursed>(command.command)) field = "disbursed_on";
        if (recorded<ledger::Repaid>(command.command)) field = "repaid_on";
        if (std::holds_alternative<ledger::ProposeLoan>(command.command)) field = "proposed_on";
        if (auto const* fact = std::get_if<ledger::RecordFact>(&command.command)) {
            field = fact_day(fact->what);
        }
        field = household_day(command.command, field);
        if (file.kind == Register::incomes) field = "recorded_on"; // an exit has an income too
        if (file.kind == Register::surveys) field = "surveyed_on";
    }
    auto const columns = columns_of(file.kind);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].field == field) return file.headings[i];
    }
    return file.headings[0];
}

RowProblem problem_of(Plan const& plan, PlannedCommand const& command,
                      ledger::Refused const& refused)
{
    PlannedRow const& row = plan.rows[command.row];
    PlannedFile const& file = plan.files[row.file];
    std::string const heading = column_for(plan, command, refused.field);
    auto const column = std::ranges::find(file.headings, heading) - file.headings.begin();
    std::string_view const field = columns_of(file.kind)[static_cast<std::size_t>(column)].field;
    return {file.name, row.line,
            heading,   shown_value(field, cell_of(plan, command.row, field)),
            refused,   static_cast<int>(command.row)};
}

std::vector<LeftOut> left_out_files(Plan const& plan, std::span<RowProblem const> problems)
{
    std::map<int, std::string> reasons; ///< by row
    for (RowProblem const& problem : problems) {
        if (problem.row < 0) continue;
        std::string& reason = reasons[problem.row];
        if (!reason.empty()) reason += "; ";
        reason += problem.column + (problem.column.empty() ? "" : ": ") +
                  std::string{ledger::name_of(problem.refused.code)} + " " +
                  ledger::chinese(problem.refused);
    }
    std::map<std::size_t, LeftOut> files;
    for (auto const& [row, reason] : reasons) {
        PlannedRow const& planned = plan.rows[static_cast<std::size_t>(row)];
        PlannedFile const& from = plan.files[planned.file];
        LeftOut& file = files[planned.file];
        auto const reason_at = static_cast<std::size_t>(
            std::ranges::find(from.header, reason_column) - from.header.begin());
        auto const with_reason = [&](std::vector<std::string> cells, std::string_view text) {
            std::size_t const width = from.header.size();
            cells.resize(std::max(width, cells.size())); // a row that is too short
            if (reason_at < width) {
                cells[reason_at] = text;
            } else {
                cells.emplace(cells.begin() + static_cast<std::ptrdiff_t>(width), text);
            }
            std::ranges::transform(cells, cells.begin(), inert);
            return csv_line(cells, from.delimiter);
        };
        if (file.bytes.empty()) {
            file.file = planned.file;
            file.bytes.append(byte_order_mark).append(with_reason(from.header, reason_column));
        }
        file.bytes += with_reason(planned.cells, reason);
    }
    std::vector<LeftOut> result;
    for (auto& [index, file] : files) result.push_back(std::move(file));
    return result;
}

} // namespace registers
