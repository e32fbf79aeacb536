// From effects to rows: numbers an entry after the county's last, seals it, and says what was
// booked. All rows of a chunk go to the database in one call of ledger.append_batch.
#include "ledger/store/batch.hpp"
#include "ledger/store/personal_rows.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/spelling.hpp"

namespace store {

namespace json = boost::json;
using ledger::Money;

std::string subject_of(ledger::Command const& command)
{
    auto const refs = ledger::references(command);
    if (refs.subject)
        return std::string{ledger::code_of(refs.subject->kind)} + ":" + refs.subject->subject;
    if (refs.household) return "household:" + refs.household->text();
    if (refs.loan) return refs.loan->text();
    if (std::holds_alternative<ledger::RegisterBorrower>(command)) return refs.borrower->text();
    if (refs.fund) return refs.fund->text();
    if (auto const* opening = std::get_if<ledger::OpenBooks>(&command))
        return opening->open_on.text();
    if (auto const* closing = std::get_if<ledger::CloseDay>(&command)) return closing->day.text();
    throw IntegrityFault{"a command without a subject"};
}

Appender::Appender(ledger::CountyCode county, CountyState const& state,
                   std::shared_ptr<Sealing const> sealing)
    : county_{std::move(county)}
    , state_{state}
    , sealing_{std::move(sealing)}
    , next_entry_number_{state.last_entry_number + 1}
{
}

void Appender::add_entry(Envelope const& envelope, ledger::Effects const& effects, Receipt& receipt)
{
    ledger::EntryRecord const record{county_,
                                     next_entry_number_++,
                                     state_.recorded_at,
                                     envelope.actor,
                                     envelope.idempotency_key,
                                     receipt.subject,
                                     receipt.event_sequence.value_or(0),
                                     *effects.entry};
    receipt.entry_number = record.entry_number;
    receipt.entry_digest =
        ledger::hex(ledger::leaf_digest(ledger::canonical_encoding(record), state_.algorithm));
    entries_.push_back({{"entry_number", record.entry_number},
                        {"cause", spelled(record.entry.cause())},
                        {"value_on", record.entry.value_on().text()},
                        {"booked_on", record.entry.booked_on().text()},
                        {"actor", record.actor},
                        {"idempotency_key", record.idempotency_key},
                        {"subject", record.subject},
                        {"event_sequence", record.event_sequence},
                        {"narrative", record.entry.narrative()},
                        {"format_version", ledger::canonical_format_version},
                        {"digest_algorithm", spelled(state_.algorithm)},
                        {"digest", receipt.entry_digest}});
    int line = 0;
    for (auto const& posting : record.entry.postings())
        postings_.push_back({{"entry_number", record.entry_number},
                             {"line", ++line},
                             {"moved", place_of(posting)},
                             {"side", spelled(posting.side)},
                             {"unit", spelled(posting.unit)},
                             {"minor_units", posting.minor_units}});
}

std::int64_t Appender::place_of(ledger::Posting const& posting)
{
    auto const [place, is_new] = moved_places_.try_emplace(
        {posting.account, posting.unit}, static_cast<std::int64_t>(moved_.size()) + 1);
    if (is_new)
        moved_.push_back({{"account_code", posting.account.code.text()},
                          {"subkey", posting.account.subkey},
                          {"unit", spelled(posting.unit)}});
    return place->second;
}

/// Later ones are higher: by the batch that they are sent with, then by their place in it.
std::int64_t Appender::next_position_version() const
{
    constexpr std::int64_t places = 4096; // more than a chunk has commands
    static_assert(places > 2 * append_chunk);
    return (state_.last_batch_number + 1) * places + static_cast<std::int64_t>(positions_.size());
}

void Appender::add_loan(ledger::Loan const& loan, ledger::Effects const& effects,
                        Receipt const& receipt)
{
    json::value const entry_number =
        receipt.entry_number ? json::value(*receipt.entry_number) : json::value(nullptr);
    if (auto const& event = effects.event) {
        json::object row = row_of(loan.number, *event);
        row["entry_number"] = entry_number;
        events_.push_back(std::move(row));
        for (auto& standing : standing_rows(loan, *event))
            standings_.push_back(std::move(standing));
    } else if (loan.recognised_on) {
        for (auto& standing : repriced_standing_rows(loan, *loan.recognised_on))
            standings_.push_back(std::move(standing));
    }
    json::object position{{"loan_number", loan.number.text()},
                          {"version", next_position_version()},
                          {"entry_number", entry_number}};
    if (loan.recognised_on) position["recognised_on"] = loan.recognised_on->text();
    for (auto const p : ledger::all_positions())
        position[ledger::code_of(p)] = loan.booked[p].fen();
    positions_.push_back(std::move(position));
}

void Appender::add_household(ledger::Household const& household,
                             ledger::HouseholdEvent const& event, Receipt const& receipt)
{
    if (event.sequence == 1) households_.emplace_back(household.number.text());
    json::object row = row_of(household.number, event);
    row["entry_number"] =
        receipt.entry_number ? json::value(*receipt.entry_number) : json::value(nullptr);
    household_events_.push_back(std::move(row));
    for (auto& standing : standing_rows(household, event))
        household_standings_.push_back(std::move(standing));
}

void Appender::add_borrower(ledger::Borrower const& borrower)
{
    borrowers_.push_back(row_of(borrower));
    LEDGER_ASSERT(sealing_ != nullptr);
    personal_.push_back(
        personal_row(*sealing_, county_, borrower.number,
                     {ledger::PersonalKind::resident_id, borrower.resident_id.reveal(),
                      borrower.resident_id.masked()}));
}

void Appender::add_answer(Envelope const& envelope, Receipt const& receipt)
{
    answers_.push_back(
        {{"idempotency_key", envelope.idempotency_key},
         {"body_digest", ledger::hex(kept_digests(envelope, sealing_.get()).front())},
         {"command", receipt.command},
         {"subject", receipt.subject},
         {"actor", envelope.actor},
         {"confined_to", envelope.confined_to.text()},
         {"booked_on", receipt.booked_on.text()},
         {"entry_number",
          receipt.entry_number ? json::value(*receipt.entry_number) : json::value(nullptr)},
         {"answer", json_of(receipt)}});
}

Receipt Appender::book(Envelope const& envelope, ledger::Effects const& effects,
                       ledger::WorkingBooks const& books)
{
    Receipt receipt;
    receipt.command = ledger::code_of(envelope.command);
    receipt.subject = subject_of(envelope.command);
    receipt.booked_on = envelope.booked_on;
    receipt.recorded_at = state_.recorded_at;
    receipt.allocation = effects.allocation;
    if (effects.event) {
        receipt.event_sequence = effects.event->sequence;
        receipt.value_on = effects.event->value_on;
    }
    if (effects.household_event) {
        receipt.event_sequence = effects.household_event->sequence;
        receipt.value_on = effects.household_event->value_on;
    }
    if (effects.register_event) {
        receipt.event_sequence = effects.register_event->sequence;
        receipt.value_on = effects.register_event->value_on;
        register_facts_.push_back(row_of(effects.subject.value().name, *effects.register_event));
    }
    receipt.warnings = effects.warnings;
    if (effects.entry) {
        receipt.value_on = effects.entry->value_on();
        add_entry(envelope, effects, receipt);
    }
    if (effects.borrower) add_borrower(*effects.borrower);
    if (std::holds_alternative<ledger::OpenFund>(envelope.command))
        funds_.push_back(row_of(effects.fund.value()));
    if (effects.loan) {
        if (std::holds_alternative<ledger::ProposeLoan>(envelope.command))
            loans_.push_back(row_of(*effects.loan));
        else
            add_loan(*effects.loan, effects, receipt);
        receipt.principal_outstanding = effects.loan->booked.principal();
    }
    if (effects.household)
        add_household(*effects.household, effects.household_event.value(), receipt);
    if (effects.fund) {
        auto const* fund = books.fund(effects.fund->code);
        LEDGER_ASSERT(fund != nullptr);
        receipt.fund_available = fund->available;
    }
    add_answer(envelope, receipt);
    return receipt;
}

CountyState Appender::state(ledger::Books const& books) const
{
    CountyState state = state_;
    state.last_entry_number = next_entry_number_ - 1;
    state.opened_on = books.opened_on;
    state.closed_through = books.closed_through;
    return state;
}

json::object Appender::take_rows(ledger::Books const& books)
{
    auto text_or_null = [](std::optional<ledger::Date> const& day) {
        return day ? json::value(day->text()) : json::value(nullptr);
    };
    json::object batch{{"number", ++state_.last_batch_number},
                       {"recorded_at", instant_text(state_.recorded_at)},
                       {"opened_on", text_or_null(books.opened_on)},
                       {"closed_through", text_or_null(books.closed_through)}};
    auto move_in = [&batch](char const* name, json::array& rows) {
        if (!rows.empty()) batch[name] = std::exchange(rows, json::array{});
    };
    if (!personal_.empty()) batch["key"] = key_row(*sealing_);
    move_in("borrowers", borrowers_);
    move_in("personal", personal_);
    move_in("funds", funds_);
    move_in("loans", loans_);
    move_in("entries", entries_);
    move_in("moved", moved_);
    moved_places_.clear();
    move_in("postings", postings_);
    move_in("events", events_);
    move_in("positions", positions_);
    move_in("standings", standings_);
    move_in("households", households_);
    move_in("household_events", household_events_);
    move_in("household_standings", household_standings_);
    move_in("register_facts", register_facts_);
    move_in("answers", answers_);
    return batch;
}

void append(pqxx::transaction_base& transaction, ledger::CountyCode const& county,
            BatchText const& batch)
{
    auto const& [entries, moved, postings, events, positions, standings, answers] = batch.arrays;
    prepared(transaction, "append_batch",
             "SELECT ledger.append_batch($1, $2, $3, $4, $5, $6, $7, $8, $9)", county.text(),
             batch.rest, entries, moved, postings, events, positions, standings, answers);
}

} // namespace store
