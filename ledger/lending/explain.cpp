// "Why this number": the fold once more, with a recorder; then the entries that booked each step.
// No figure is computed here.
#include "ledger/explain.hpp"

#include "ledger/lending/recorder.hpp"
#include "ledger/lending/walk.hpp"

#include <initializer_list>
#include <map>
#include <set>

namespace ledger {

namespace {

/// What a figure moves when it is booked; a figure that is not here is booked by its event alone.
std::map<std::string_view, std::vector<Position>> const& moved_by_figure()
{
    using enum Position;
    static std::map<std::string_view, std::vector<Position>> const moved{
        {"interest",
         {interest_receivable, interest_income, memo_interest, subsidy_due, memo_subsidy}},
        {"interest_accrued",
         {interest_receivable, interest_income, memo_interest, subsidy_due, memo_subsidy}},
        {"penalty", {penalty_receivable, penalty_income, memo_interest}},
        {"compound", {compound_receivable, compound_income, memo_interest}},
        {"principal_overdue", {principal_overdue, principal_non_accrual}},
        {"allocation",
         {principal_normal, principal_overdue, principal_non_accrual, interest_income,
          penalty_income, compound_income, cost_receivable, overpayment}},
        {"provision", {impairment, loss_allowance}},
    };
    return moved;
}

bool sets_allowance(Happening const& what)
{
    return std::holds_alternative<Provisioned>(what) || std::holds_alternative<WrittenOff>(what);
}

/// The number of the reversal of an event; none: it is in force.
std::optional<int> reversal_of(Loan const& loan, int sequence)
{
    for (LoanEvent const& event : loan.events) {
        auto const* reversed = std::get_if<Reversed>(&event.what);
        if (reversed && reversed->sequence == sequence) return event.sequence;
    }
    return std::nullopt;
}

/// The event that had set the allowance already when a provisioning with an earlier value date was
/// entered. It sets it to the same amount whatever was provided before, so the late one finds no
/// difference to book: what it says is in the entry of this event.
std::optional<int> allowance_set_by(Loan const& loan, int late_sequence)
{
    LoanEvent const& late = loan.events[static_cast<std::size_t>(late_sequence) - 1];
    LoanEvent const* first = nullptr;
    for (LoanEvent const& event : loan.events) {
        if (event.sequence >= late_sequence) break;
        if (!sets_allowance(event.what) || event.value_on <= late.value_on) continue;
        auto const reversal = reversal_of(loan, event.sequence);
        if (reversal && *reversal < late_sequence) continue;
        if (!first || event.value_on < first->value_on) first = &event;
    }
    return first ? std::optional{first->sequence} : std::nullopt;
}

/// The days whose figures an entry may have changed, both ends included.
struct Reach {
    Date from;
    Date through;
};

class Journal {
  public:
    Journal(Loan const& loan, std::span<EntryRecord const> records)
        : loan_{loan}
        , records_{records}
    {
        std::optional<Date> recognised;
        for (EntryRecord const& record : records_) {
            Date const value_on = record.entry.value_on();
            Date const from =
                recognised ? std::min(recognised->plus_days(1), value_on) : loan.proposed_on;
            recognised = std::max(recognised.value_or(value_on), value_on);
            reaches_.push_back({from, *recognised});
        }
    }

    /// `booked_with`: the event whose entry held the step's amount before the step's own event was
    /// entered; what took that event back holds it too.
    std::vector<std::int64_t> of(Explanation const& step, std::optional<int> booked_with) const
    {
        std::set<std::string> const accounts = accounts_of(step.figure);
        auto const taken_back = booked_with ? reversal_of(loan_, *booked_with) : std::nullopt;
        std::vector<std::int64_t> numbers;
        for (std::size_t n = 0; n < records_.size(); ++n) {
            EntryRecord const& record = records_[n];
            int const made_by = record.event_sequence;
            bool const is_its_own = made_by != 0 && made_by == step.event_sequence;
            bool const is_with = made_by != 0 && (made_by == booked_with || made_by == taken_back);
            bool const reaches = reaches_[n].from <= step.on && step.from <= reaches_[n].through;
            bool const came_later = step.event_sequence == 0 || !numbers.empty();
            if (is_its_own ||
                ((is_with || (reaches && came_later)) && moves(record.entry, accounts)))
                numbers.push_back(record.entry_number);
        }
        return numbers;
    }

  private:
    std::set<std::string> accounts_of(std::string_view figure) const
    {
        std::set<std::string> codes;
        auto const moved = moved_by_figure().find(figure);
        if (moved == moved_by_figure().end()) return codes;
        for (Position const position : moved->second)
            codes.insert(account_of(position, loan_).code.text());
        return codes;
    }

    static bool moves(JournalEntry const& entry, std::set<std::string> const& accounts)
    {
        return std::ranges::any_of(entry.postings(), [&](Posting const& posting) {
            return accounts.contains(posting.account.code.text());
        });
    }

    Loan const& loan_;
    std::span<EntryRecord const> records_;
    std::vector<Reach> reaches_;
};

} // namespace

std::vector<Explanation> explain(Loan const& loan, Date as_of, std::span<EntryRecord const> journal)
{
    Recorder recorder{loan};
    Walked walked = walk_through(loan, as_of, &recorder);
    LEDGER_ASSERT(walked.conflicts.empty());
    walked.walk.advance_to(as_of);
    walked.walk.tell_running();
    recorder.used_since(walked.walk.allocations());
    if (walked.walk.is_disbursed()) recorder.sums(state_of(loan, walked.walk, as_of));
    std::vector<Explanation> steps = recorder.take();
    Journal const entries{loan, journal};
    for (Explanation& step : steps) {
        std::optional<int> booked_with;
        if (step.figure == "provision") booked_with = allowance_set_by(loan, step.event_sequence);
        step.entries = entries.of(step, booked_with);
        if (!booked_with) continue;
        std::string const other = std::to_string(*booked_with);
        step.formula += "，与先登记的第 " + other + " 笔合并记账";
        step.formula_english += ", booked with event " + other + ", which was entered before it";
    }
    return steps;
}

} // namespace ledger
