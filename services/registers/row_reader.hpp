// Reads one row cell by cell and keeps every problem of it, so that an officer corrects a row once.
// On a problem a reader answers a default value; the row is then not good and nobody uses it.
#pragma once

#include "registers/csv.hpp"
#include "registers/plan.hpp"
#include "registers/values.hpp"

#include <initializer_list>
#include <optional>

namespace registers {

class RowReader {
  public:
    RowReader(Header const& header, CsvRow const& row, std::string const& file, int index,
              ledger::Date today, std::vector<RowProblem>& problems)
        : header_{header}
        , row_{row}
        , file_{file}
        , index_{index}
        , today_{today}
        , problems_{problems}
    {
    }

    /// Refuses formula cells and rows of another width; call first.
    bool check_cells();

    /// The cell as `read` has it; an empty one is text_missing.
    template <class Read> auto take(std::string_view field, Read read)
    {
        std::string_view const text = cell(field);
        using Value = typename decltype(read(text))::value_type;
        if (text.empty()) {
            blame(field, {ledger::Refusal::text_missing, {}, {}});
            return Value{};
        }
        auto value = read(text);
        if (value) return *std::move(value);
        blame(field, is_scientific_notation(text)
                         ? ledger::Refused{ledger::Refusal::csv_scientific_notation, {}, {}}
                         : value.error());
        return Value{};
    }

    bool is_empty(std::string_view field) const { return cell(field).empty(); }
    std::string text(std::string_view field, int limit);
    std::string text_or_empty(std::string_view field, int limit);
    ledger::Money money(std::string_view field) { return take(field, positive_money_of); }
    ledger::Rate rate(std::string_view field) { return take(field, rate_of); }
    /// Not after the business day.
    ledger::Date date(std::string_view field);
    std::optional<ledger::Date> date_or_nothing(std::string_view field);
    /// Any date.
    std::optional<ledger::Date> future_date_or_nothing(std::string_view field);
    int number(std::string_view field, int least, int most);
    template <class Name> Name id(std::string_view field)
    {
        return take(field, [](std::string_view text) { return Name::parse(text); });
    }
    void blame(std::string_view field, ledger::Refused);
    bool is_good() const { return is_good_; }

  private:
    std::string_view raw(std::string_view field) const;
    std::string_view cell(std::string_view field) const { return content_of(raw(field)); }

    Header const& header_;
    CsvRow const& row_;
    std::string const& file_;
    int index_;
    ledger::Date today_;
    std::vector<RowProblem>& problems_;
    bool is_good_ = true;
};

/// What may be shown of a cell: ids masked, long values cut.
std::string shown_value(std::string_view field, std::string_view cell);

/// Appends the row's commands to the plan; problems are kept by the reader.
void plan_fund_row(RowReader&, std::size_t row, Plan&);
void plan_borrower_row(RowReader&, std::size_t row, Plan&);
void plan_loan_row(RowReader&, std::size_t row, Plan&);
void plan_repayment_row(RowReader&, std::size_t row, Plan&);
void plan_household_row(RowReader&, std::size_t row, Plan&);
void plan_leading_row(RowReader&, std::size_t row, Plan&);
void plan_exit_row(RowReader&, std::size_t row, Plan&);
void plan_income_row(RowReader&, std::size_t row, Plan&);
void plan_person_row(RowReader&, std::size_t row, Plan&);
void plan_survey_row(RowReader&, std::size_t row, Plan&);
void plan_branch_row(RowReader&, std::size_t row, Plan&);
void plan_member_row(RowReader&, std::size_t row, Plan&);
void plan_points_row(RowReader&, std::size_t row, Plan&);
void plan_poor_member_row(RowReader&, std::size_t row, Plan&);
void plan_target_row(RowReader&, std::size_t row, Plan&);
void plan_responsibility_row(RowReader&, std::size_t row, Plan&);
void plan_village_fact_row(RowReader&, std::size_t row, Plan&);

/// The idempotency key "import:<kind>:<identity>", shortened by a digest when it is too long.
std::string import_key(std::string_view kind, std::string_view identity);
ledger::Digest content_digest(std::string_view content);

/// Order within one day.
enum class Rank : int {
    fund = 1,
    payment,
    borrower,
    proposal,
    approval,
    disbursement,
    reversal_of_earlier,
    repayment,
    reversal_of_the_day,
    household,
    claim,
    of_household, ///< whatever else happens to a household: in the order of its row
    exit_step,    ///< after the incomes and the surveys that it rests on
    branch,
    member,
    target,
    fact, ///< about one of these three, a household or a village
};

/// What a command is booked as.
struct Said {
    std::string_view kind; ///< "repay"
    std::string identity;  ///< in the key
    std::string content;   ///< every fact of the command
};
/// A key that holds the whole content: a changed row is a new command, which the books then refuse
/// by its own name (borrower_already_registered …).
Said with_content(std::string_view kind, std::string const& identity, std::string content);
void append(Plan&, std::size_t row, ledger::Date value_on, Rank, ledger::Command, Said const&);
/// One line a part.
std::string joined(std::initializer_list<std::string_view> parts);

} // namespace registers
