// Plan in, envelopes out. The one thing that a file cannot know is the sequence of the event that a
// reversal or a verification names: it is counted from the events in the books and the commands
// before it in the plan.
#include "registers/load.hpp"

#include "store/queries.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace registers {

namespace {

struct Step {
    std::size_t command = 0; ///< into Plan::commands
    store::Envelope envelope;
};

class Loader {
  public:
    Loader(store::Database& app, store::Database& reader, ledger::CountyCode county,
           Plan const& plan, LoadOptions const& options, bool is_history)
        : app_{app}
        , reader_{reader}
        , county_{std::move(county)}
        , plan_{plan}
        , options_{options}
        , is_history_{is_history}
        , is_left_out_(plan.rows.size(), false)
    {
        report_.rows = plan.rows.size();
        report_.problems = plan.problems;
    }

    LoadReport run()
    {
        if (!report_.problems.empty() && !options_.skip_bad) return decide_the_rest();
        for (int round = 0; round < skip_rounds_limit; ++round) {
            auto const steps = steps_to_book();
            auto const outcomes = execute(steps, options_.dry_run);
            if (leave_out_refused(steps, outcomes) == 0) {
                count(steps, outcomes);
                report_.is_written = !options_.dry_run;
                return finished();
            }
            if (!options_.skip_bad) return finished();
        }
        throw store::IntegrityFault("an import did not settle: each round refused other rows");
    }

  private:
    /// Something cannot be read, so nothing is written; the books are asked about the other rows
    /// all the same, so that one run names everything that is wrong.
    LoadReport decide_the_rest()
    {
        auto const steps = steps_to_book();
        if (!steps.empty()) leave_out_refused(steps, execute(steps, true));
        return finished();
    }

    LoadReport finished()
    {
        std::ranges::stable_sort(report_.problems, {}, &RowProblem::row);
        std::set<int> rows;
        for (RowProblem const& problem : report_.problems) rows.insert(problem.row);
        rows.erase(-1);
        report_.rows_left_out = rows.size();
        return std::move(report_);
    }

    std::vector<Step> steps_to_book()
    {
        std::vector<Step> steps;
        std::map<std::string, std::string> open_funds;
        for (store::FundLine const& fund : store::funds(reader_, county_)) {
            open_funds.emplace(fund.code, fund.name);
        }
        for (std::size_t i = 0; i < plan_.commands.size(); ++i) {
            PlannedCommand const& command = plan_.commands[i];
            if (is_left_out_[command.row]) continue;
            if (auto const* open = std::get_if<ledger::OpenFund>(&command.command)) {
                auto const found = open_funds.find(open->fund.text());
                if (found != open_funds.end() && found->second == open->name) continue;
            }
            steps.push_back({i, envelope_of(command)});
        }
        resolve_names(steps);
        return steps;
    }

    store::Envelope envelope_of(PlannedCommand const& command) const
    {
        store::Envelope envelope;
        envelope.county = county_;
        envelope.idempotency_key = command.key;
        envelope.body_digest = command.content;
        envelope.actor = options_.actor;
        envelope.booked_on = is_history_ ? command.booked_on : options_.today;
        envelope.command = command.command;
        return envelope;
    }

    std::vector<store::Outcome> execute(std::vector<Step> const& steps, bool dry_run) const
    {
        std::vector<store::Envelope> envelopes;
        envelopes.reserve(steps.size());
        for (Step const& step : steps) envelopes.push_back(step.envelope);
        store::ExecuteOptions options;
        options.all_or_nothing = true;
        options.dry_run = dry_run;
        if (options_.progress) {
            options.progress = [&](std::size_t done) { options_.progress(done, steps.size()); };
        }
        return store::execute(app_, envelopes, options);
    }

    /// Gives every command that names an event of another one (a reversal, a verification …) the
    /// sequence of that event, counted from the books and the commands before it.
    void resolve_names(std::vector<Step>& steps)
    {
        std::set<std::string> subjects;
        for (Step const& step : steps) {
            if (!plan_.commands[step.command].names.empty()) {
                subjects.insert(*subject_of(step.envelope.command));
            }
        }
        if (subjects.empty()) return;
        auto in_books = histories(subjects);
        auto const booked_before = sequences_in_books(steps, in_books);
        std::unordered_map<std::string, int> sequences; ///< by key of what is named
        for (Step& step : steps) {
            auto const subject = subject_of(step.envelope.command);
            if (!subject || !subjects.contains(*subject)) continue;
            History& history = in_books[*subject];
            std::string const& names = plan_.commands[step.command].names;
            if (!names.empty()) name(step.envelope.command, sequences.at(names));
            bool const is_booked_reversal =
                std::holds_alternative<ledger::Reverse>(step.envelope.command) &&
                history.reversed.contains(sequences.at(names));
            auto const found = booked_before.find(step.envelope.idempotency_key);
            bool const is_booked = found != booked_before.end() || is_booked_reversal;
            sequences[step.envelope.idempotency_key] =
                found != booked_before.end() ? found->second : history.events + !is_booked;
            history.events += !is_booked;
        }
    }

    /// What of a subject's history is in the books.
    struct History {
        int events = 0;
        std::set<int> reversed;
    };

    template <class Event> static History history_of(std::vector<Event> const& events)
    {
        History history;
        history.events = static_cast<int>(events.size());
        for (Event const& event : events) {
            auto const* reversed = std::get_if<ledger::Reversed>(&event.what);
            if (reversed) history.reversed.insert(reversed->sequence);
        }
        return history;
    }

    std::map<std::string, History> histories(std::set<std::string> const& subjects)
    {
        std::map<std::string, History> found;
        for (std::string const& subject : subjects) {
            std::string const number = subject.substr(subject.find(':') + 1);
            if (subject.starts_with("loan:")) {
                auto const loan = store::loan(reader_, county_, *ledger::LoanNumber::parse(number));
                if (loan) found.emplace(subject, history_of(loan->events));
            } else {
                auto const household =
                    store::household(reader_, county_, *ledger::HouseholdNumber::parse(number));
                if (household) found.emplace(subject, history_of(household->events));
            }
        }
        return found;
    }

    /// The loan or the household to which the command appends an event.
    static std::optional<std::string> subject_of(ledger::Command const& command)
    {
        if (auto const* event = std::get_if<ledger::RecordEvent>(&command)) {
            return "loan:" + event->loan.text();
        }
        if (auto const* reverse = std::get_if<ledger::Reverse>(&command)) {
            return "loan:" + reverse->loan.text();
        }
        if (auto const* event = std::get_if<ledger::RecordHouseholdEvent>(&command)) {
            return "household:" + event->household.text();
        }
        return std::nullopt;
    }

    static void name(ledger::Command& command, int sequence)
    {
        if (auto* reverse = std::get_if<ledger::Reverse>(&command)) {
            reverse->sequence = sequence;
            return;
        }
        auto& event = std::get<ledger::RecordHouseholdEvent>(command);
        std::visit(
            [sequence](auto& what) {
                if constexpr (requires { what.claim; }) what.claim = sequence;
            },
            event.what);
    }

    /// Of the subjects that are in the books: the sequences of what an earlier import of the same
    /// rows booked, by key. Asked by a dry run, which answers their receipts again.
    std::unordered_map<std::string, int>
    sequences_in_books(std::vector<Step> const& steps,
                       std::map<std::string, History> const& in_books)
    {
        std::vector<Step> asked;
        for (Step const& step : steps) {
            auto const subject = subject_of(step.envelope.command);
            bool const reverses = std::holds_alternative<ledger::Reverse>(step.envelope.command);
            if (subject && !reverses && in_books.contains(*subject)) asked.push_back(step);
        }
        std::unordered_map<std::string, int> sequences;
        if (asked.empty()) return sequences;
        auto const outcomes = execute(asked, true);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            auto const* receipt = std::get_if<store::Receipt>(&outcomes[i].answer);
            if (receipt && outcomes[i].is_replay && receipt->event_sequence) {
                sequences.emplace(asked[i].envelope.idempotency_key, *receipt->event_sequence);
            }
        }
        return sequences;
    }

    /// Names what was refused; how many rows fell.
    std::size_t leave_out_refused(std::vector<Step> const& steps,
                                  std::vector<store::Outcome> const& outcomes)
    {
        std::size_t fallen = 0;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto const* refused = std::get_if<ledger::Refused>(&outcomes[i].answer);
            PlannedCommand const& command = plan_.commands[steps[i].command];
            if (!refused || is_left_out_[command.row]) continue; // its first refusal says it all
            is_left_out_[command.row] = true;
            report_.problems.push_back(problem_of(plan_, command, *refused));
            ++fallen;
        }
        return fallen;
    }

    void count(std::vector<Step> const& steps, std::vector<store::Outcome> const& outcomes)
    {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto& counted =
                report_.commands[std::string{ledger::code_of(steps[i].envelope.command)}];
            ++(outcomes[i].is_replay ? counted.booked_already : counted.booked);
        }
    }

    store::Database& app_;
    store::Database& reader_;
    ledger::CountyCode county_;
    Plan const& plan_;
    LoadOptions const& options_;
    bool is_history_;
    std::vector<bool> is_left_out_;
    LoadReport report_;
};

} // namespace

ledger::Result<LoadReport> load(store::Database& app, store::Database& reader,
                                ledger::CountyCode const& county, Plan const& plan,
                                LoadOptions const& options)
{
    auto const books = store::county(reader, county);
    if (!books) return ledger::refuse(ledger::Refusal::county_not_found, {}, county.text());
    return Loader{app, reader, county, plan, options, !books->opened_on}.run();
}

} // namespace registers
