// How each claim is checked, one function a claim. Everything is read from the books anew; nothing
// is taken from the service that was killed.
#include "acknowledged_set.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>

namespace fault {

namespace {

namespace json = boost::json;

/// Keys of this kind of operation begin so; other entries (the setting of the stage) are not
/// judged.
constexpr std::string_view key_prefix = "fault-";

struct Booked {
    std::string key;
    std::int64_t entry_number = 0;
    ledger::LoanNumber loan;
    int sequence = 0;
};

using Violations = std::vector<std::string>;
using ByKey = std::multimap<std::string, Booked>;

ByKey booked_by_key(store::Database& auditor, ledger::CountyCode const& county)
{
    ByKey booked;
    store::each_entry(auditor, county, [&](store::EntryCard const& card) {
        auto const& record = card.record;
        if (record.idempotency_key.starts_with(key_prefix)) {
            booked.emplace(record.idempotency_key,
                           Booked{record.idempotency_key, record.entry_number,
                                  *ledger::LoanNumber::parse(record.subject),
                                  record.event_sequence});
        }
        return true;
    });
    return booked;
}

void check_acknowledged_are_durable(std::vector<Operation> const& operations, ByKey const& booked,
                                    Violations& found)
{
    for (auto const& operation : operations) {
        auto const times = booked.count(operation.key);
        if (operation.answer == Answer::acknowledged && times == 0) {
            found.push_back("A1 lost: " + operation.key +
                            " was acknowledged and is not in the books");
        }
        if (operation.answer == Answer::refused && times != 0) {
            found.push_back("A1 false no: " + operation.key + " was refused and is in the books");
        }
        if (times > 1) {
            found.push_back("A3 doubled: " + operation.key + " is in the books " +
                            std::to_string(times) + " times");
        }
    }
}

void check_durable_were_attempted(std::vector<Operation> const& operations, ByKey const& booked,
                                  Violations& found)
{
    std::map<std::string, Operation const*> attempted;
    for (auto const& operation : operations) attempted.emplace(operation.key, &operation);
    for (auto const& [key, entry] : booked) {
        auto const it = attempted.find(key);
        if (it == attempted.end()) {
            found.push_back("A2 phantom: " + key + " was never sent and is in the books");
        } else if (it->second->loan != entry.loan) {
            found.push_back("A2 astray: " + key + " was booked on another loan");
        }
    }
}

void check_the_books_themselves(store::Database& auditor, ledger::CountyCode const& county,
                                Violations& found)
{
    for (auto const& check : store::doctor(auditor, county)) {
        for (auto const& violation : check.violations) {
            found.push_back("A4/A5 " + check.code + ": " + violation);
        }
    }
}

/// If one operation returned before another on the same loan was sent, it has the lower sequence.
void check_order(std::vector<Operation> const& operations, ByKey const& booked, Violations& found)
{
    struct Seen {
        Operation const* operation;
        int sequence;
    };
    std::map<ledger::LoanNumber, std::vector<Seen>> by_loan;
    for (auto const& operation : operations) {
        auto const it = booked.find(operation.key);
        if (operation.answer == Answer::acknowledged && it != booked.end()) {
            by_loan[operation.loan].push_back({&operation, it->second.sequence});
        }
    }
    for (auto& [loan, seen] : by_loan) {
        std::ranges::sort(seen, {}, &Seen::sequence);
        // In sequence order, nothing may have been sent after a later one had already returned.
        Moment earliest_return_after = Moment::max();
        for (auto it = seen.rbegin(); it != seen.rend(); ++it) {
            if (it->operation->invoked > earliest_return_after) {
                found.push_back("A6 order: " + it->operation->key + " of " + loan.text() +
                                " has a lower sequence than one that had returned before it");
            }
            earliest_return_after = std::min(earliest_return_after, it->operation->returned);
        }
    }
}

/// Walks a loan's events in sequence and compares each acknowledged receipt with the engine's
/// answer.
void check_replay(std::vector<Operation> const& operations, ByKey const& booked,
                  store::Database& auditor, ledger::CountyCode const& county, Violations& found)
{
    std::map<ledger::LoanNumber, std::map<int, Operation const*>> receipts;
    for (auto const& operation : operations) {
        auto const it = booked.find(operation.key);
        if (operation.answer == Answer::acknowledged && it != booked.end()) {
            receipts[operation.loan][it->second.sequence] = &operation;
        }
    }
    for (auto const& [number, of_loan] : receipts) {
        auto const whole = store::loan(auditor, county, number);
        if (!whole) {
            found.push_back("A7 no loan " + number.text());
            continue;
        }
        int expected = 1;
        for (auto const& event : whole->events) {
            if (event.sequence != expected++) {
                found.push_back("A6 gap: " + number.text() + " lacks event " +
                                std::to_string(expected - 1));
            }
        }
        for (auto const& [sequence, operation] : of_loan) {
            ledger::Loan then = *whole;
            std::erase_if(then.events, [s = sequence](auto const& e) { return e.sequence > s; });
            auto const state = ledger::fold(then, then.events.back().value_on);
            auto const receipt = json::parse(operation->receipt).as_object();
            auto const told = receipt.at("principal_outstanding").as_string();
            if (state.positions.principal().text() != std::string_view{told}) {
                found.push_back("A7 replay: " + operation->key + " was told " + std::string{told} +
                                " outstanding, the engine says " +
                                state.positions.principal().text());
            }
            auto const& allocation = state.allocations.back().second;
            auto const principal = receipt.at("allocation").at("principal").as_string();
            if (allocation.principal.text() != std::string_view{principal} ||
                allocation.total() != operation->amount)
            {
                found.push_back("A7 replay: the allocation of " + operation->key + " differs");
            }
        }
    }
}

} // namespace

std::vector<std::string> violations(std::vector<Operation> const& operations,
                                    store::Database& auditor, ledger::CountyCode const& county)
{
    Violations found;
    auto const booked = booked_by_key(auditor, county);
    check_acknowledged_are_durable(operations, booked, found);
    check_durable_were_attempted(operations, booked, found);
    check_the_books_themselves(auditor, county, found);
    check_order(operations, booked, found);
    check_replay(operations, booked, auditor, county, found);
    return found;
}

} // namespace fault
