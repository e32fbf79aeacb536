// `daifu replay`: an empty county with one borrower, one fund that is always large enough and one
// loan, through which the events go as commands in their given order. Every figure comes from the
// decisions and the fold of the engine; here they are only asked for.
#include "wire/replay.hpp"

#include "ledger/working_books.hpp"
#include "services/wire/first_rate.hpp"
#include "services/wire/parts.hpp"
#include "wire/choices.hpp"
#include "wire/keys.hpp"
#include "wire/schedule.hpp"

#include <algorithm>
#include <array>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

enum class EventType { approved = 1, disbursed, repaid, reversed };

constexpr std::array<EnumName<EventType>, 4> event_types{{
    {EventType::approved, "approved"},
    {EventType::disbursed, "disbursed"},
    {EventType::repaid, "repaid"},
    {EventType::reversed, "reversed"},
}};

} // namespace

template <> std::span<EnumName<EventType> const> enum_names()
{
    return event_types;
}

namespace {

/// One event as it was asked for.
struct Asked {
    EventType type{};
    Date value_on; ///< of a reversal: the day it was entered
    Date booked_on;
    Money amount;
    int sequence = 0; ///< reversed: which event of the list, from 1
};

struct Request {
    Terms terms;
    std::vector<Asked> events;
    Date as_of;
    std::int64_t penalty_margin_ppm = 0;
    AllocationOrder allocation_order{};
};

Asked read_event(ObjectReader& from, int position)
{
    Asked event;
    event.type = from.choice<EventType>("type");
    if (!from.has("type")) from.expect({"amount", "sequence"});
    if (event.type == EventType::reversed) {
        event.sequence = from.integer("sequence", 1, replay_events_limit);
        if (event.sequence >= position) from.blame(Refusal::event_not_found, "sequence");
        if (!from.has("value_on")) {
            event.value_on = event.booked_on = from.date("booked_on");
            return event;
        }
    } else {
        event.amount = from.positive_money("amount");
    }
    event.value_on = from.date("value_on");
    event.booked_on = from.date_or("booked_on", event.value_on);
    return event;
}

Result<Request> read_request(json::object const& object)
{
    ObjectReader reader{object};
    Request request;
    auto terms = terms_from(reader);
    for (ObjectReader& each : reader.objects("events", 1, replay_events_limit)) {
        int const position = static_cast<int>(request.events.size()) + 1;
        request.events.push_back(read_event(each, position));
    }
    request.as_of = reader.date("as_of");
    request.penalty_margin_ppm = reader.rate_or("penalty_margin_percent", Rate{}).ppm();
    request.allocation_order =
        reader.choice_or("allocation_order", AllocationOrder::interest_first);
    if (auto const read = reader.finish(); !read) return std::unexpected{read.error()};
    if (auto const known = check_keys(object, replay_keys()); !known) {
        return std::unexpected{known.error()};
    }

    request.terms = *std::move(terms);
    for (Asked const& event : request.events) {
        if (event.type != EventType::disbursed) continue;
        check_first_rate(reader, request.terms, event.value_on);
    }
    if (!reader.is_good()) return std::unexpected{*reader.first_refusal()};
    return request;
}

template <class Name> Name named(std::string_view text)
{
    auto parsed = Name::parse(text);
    LEDGER_ASSERT(parsed.has_value());
    return *std::move(parsed);
}

std::string event_field(std::size_t index, std::string const& field)
{
    std::string const event = "events[" + std::to_string(index) + ']';
    bool const is_own_field = field == "amount" || field == "value_on" || field == "sequence";
    return is_own_field ? event + '.' + field : event;
}

/// The place in the list as people count it, from 1.
std::int64_t place_of(std::size_t index)
{
    return static_cast<std::int64_t>(index) + 1;
}

/// The books of one replay and what happened in them.
class Replay {
  public:
    explicit Replay(Request request)
        : request_{std::move(request)}
        , books_{empty_books(request_)}
    {
        Borrower borrower;
        borrower.number = named<BorrowerNumber>("BORROWER");
        borrower.village = named<UnitCode>("000000000000");
        Fund fund;
        fund.code = fund_;
        fund.available = Money::fen(money_limit_fen);
        books_.add_village(borrower.village);
        books_.add(std::move(borrower));
        books_.add(std::move(fund));
    }

    Result<json::object> run();

  private:
    static Books empty_books(Request const&);
    Result<void> propose();
    Result<void> perform(std::size_t index);
    Result<void> approve_for(std::size_t index);
    Command command_of(Asked const&) const;
    bool has_approvals() const;
    Result<Effects> book(Command const&, Date booked_on, std::size_t index);
    json::object answer() const;
    json::array events_json(LoanState const&) const;

    Request request_;
    LoanNumber loan_ = named<LoanNumber>("LOAN");
    FundCode fund_ = named<FundCode>("FUND");
    WorkingBooks books_;
    bool is_approved_ = false;
    std::vector<int> sequences_; ///< in the loan, of each event of the list
    std::vector<std::optional<Allocation>> first_allocations_;
    json::array entries_;
};

Books Replay::empty_books(Request const& request)
{
    ProgrammeRules rules;
    rules.version = 1;
    rules.effective_from = Date{1900, 1, 1};
    rules.document = "replay";
    rules.loan_cap = Money::fen(money_limit_fen);
    rules.term_limit_months = 12 * 300; // every date that can be written
    rules.rate_ceiling = Rate::ppm(rate_limit_ppm);
    rules.penalty_margin_ppm = request.penalty_margin_ppm;
    rules.allocation_order = request.allocation_order;
    Books books;
    books.county = named<CountyCode>("000000");
    books.rules.push_back(std::move(rules));
    return books;
}

/// Proposed on the day of the first event, entered when the first event was.
Result<void> Replay::propose()
{
    Date proposed_on = request_.events.front().value_on;
    Date booked_on = request_.events.front().booked_on;
    for (Asked const& event : request_.events) {
        if (event.type != EventType::reversed) proposed_on = std::min(proposed_on, event.value_on);
        booked_on = std::min(booked_on, event.booked_on);
    }
    ProposeLoan proposal;
    proposal.loan = loan_;
    proposal.borrower = named<BorrowerNumber>("BORROWER");
    proposal.fund = fund_;
    proposal.proposed_on = proposed_on;
    proposal.purpose = "replay";
    proposal.industry = "replay";
    proposal.terms = request_.terms;
    auto const proposed = books_.perform(proposal, std::max(booked_on, proposed_on));
    if (proposed) return {};
    Refused refused = proposed.error();
    if (refused.field.starts_with("terms.")) refused.field.erase(0, 6);
    return std::unexpected{std::move(refused)};
}

bool Replay::has_approvals() const
{
    return std::ranges::any_of(
        request_.events, [](Asked const& event) { return event.type == EventType::approved; });
}

/// Approves what will be disbursed, on the day of the first disbursement, where no event does.
Result<void> Replay::approve_for(std::size_t index)
{
    if (is_approved_ || request_.events[index].type != EventType::disbursed) return {};
    is_approved_ = true;
    Money const principal = request_.terms.principal;
    Money sum;
    for (Asked const& event : request_.events) {
        if (event.type == EventType::disbursed) sum += std::min(event.amount, principal - sum);
    }
    Asked const& first = request_.events[index];
    auto const approved = book(ApproveLoan{loan_, sum, first.value_on}, first.booked_on, index);
    if (!approved) return std::unexpected{approved.error()};
    return {};
}

Command Replay::command_of(Asked const& event) const
{
    switch (event.type) {
    case EventType::approved: return ApproveLoan{loan_, event.amount, event.value_on};
    case EventType::disbursed: return Disburse{loan_, event.amount, event.value_on};
    case EventType::repaid: return Repay{loan_, event.amount, event.value_on};
    case EventType::reversed: {
        auto const listed = static_cast<std::size_t>(event.sequence) - 1;
        return Reverse{loan_, sequences_.at(listed), "replay"};
    }
    }
    LEDGER_ASSERT(false && "every type of event is a command");
    return {};
}

Result<Effects> Replay::book(Command const& command, Date booked_on, std::size_t index)
{
    auto effects = books_.perform(command, booked_on);
    if (!effects) {
        Refused refused = effects.error();
        refused.field = event_field(index, refused.field);
        return std::unexpected{std::move(refused)};
    }
    if (effects->entry) {
        json::object entry;
        entry["event"] = place_of(index);
        for (auto const& member : to_json(*effects->entry)) entry[member.key()] = member.value();
        entries_.push_back(std::move(entry));
    }
    return effects;
}

Result<void> Replay::perform(std::size_t index)
{
    if (auto const approved = approve_for(index); !approved) {
        return std::unexpected{approved.error()};
    }
    Asked const& event = request_.events[index];
    auto const effects = book(command_of(event), event.booked_on, index);
    if (!effects) return std::unexpected{effects.error()};
    LEDGER_ASSERT(effects->event.has_value());
    sequences_.push_back(effects->event->sequence);
    first_allocations_.push_back(effects->allocation);
    return {};
}

json::array Replay::events_json(LoanState const& state) const
{
    json::array events;
    for (std::size_t index = 0; index < request_.events.size(); ++index) {
        Asked const& event = request_.events[index];
        json::object out;
        out["sequence"] = place_of(index);
        out["type"] = name_of(event.type);
        out["value_on"] = event.value_on.text();
        out["booked_on"] = event.booked_on.text();
        if (event.type == EventType::reversed) {
            out["reversed_sequence"] = event.sequence;
        } else {
            out["amount"] = event.amount.text();
        }
        auto const used = std::ranges::find(state.allocations, sequences_[index],
                                            &std::pair<int, Allocation>::first);
        bool const is_used = used != state.allocations.end();
        out["allocation"] = is_used ? json::value(to_json(used->second)) : json::value{};
        out["allocation_when_booked"] = first_allocations_[index]
                                            ? json::value(to_json(*first_allocations_[index]))
                                            : json::value{};
        events.push_back(std::move(out));
    }
    return events;
}

json::object Replay::answer() const
{
    Loan const& loan = *books_.loan(loan_);
    LoanState const state = fold(loan, request_.as_of);
    Schedule planned;
    for (InstalmentState const& instalment : state.instalments) {
        planned.instalments.push_back(instalment.planned);
        planned.principal += instalment.planned.principal;
        planned.interest += instalment.planned.interest;
    }
    json::object out;
    out["as_of"] = request_.as_of.text();
    out["status"] = code_of(state.status);
    out["approved"] = state.approved.text();
    out["disbursed"] = state.disbursed.text();
    out["principal_outstanding"] = state.positions.principal().text();
    out["days_past_due"] = state.days_past_due;
    out["oldest_unpaid_due_on"] = or_null(state.oldest_unpaid_due_on);
    out["payoff"] = state.payoff.text();
    out["positions"] = to_json(state.positions);
    out["booked_positions"] = to_json(loan.booked);
    out["schedule"] = planned.instalments.empty() ? json::value{} : json::value(to_json(planned));
    out["instalments"] = list_of(state.instalments);
    out["events"] = events_json(state);
    out["entries"] = entries_;
    return out;
}

Result<json::object> Replay::run()
{
    is_approved_ = has_approvals();
    if (auto const proposed = propose(); !proposed) return std::unexpected{proposed.error()};
    for (std::size_t index = 0; index < request_.events.size(); ++index) {
        if (auto const done = perform(index); !done) return std::unexpected{done.error()};
    }
    return answer();
}

} // namespace

Result<json::object> replay_answer(json::object const& request)
{
    auto read = read_request(request);
    if (!read) return std::unexpected{read.error()};
    return Replay{*std::move(read)}.run();
}

} // namespace wire
