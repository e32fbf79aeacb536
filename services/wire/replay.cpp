// `daifu replay`: an empty county with one borrower, one fund that is always large enough and one
// loan, through which the events go as commands in their given order. Every figure comes from the
// decisions and the fold of the engine; here they are only asked for.
#include "wire/replay.hpp"

#include "ledger/working_books.hpp"
#include "services/wire/first_rate.hpp"
#include "services/wire/parts.hpp"
#include "wire/commands.hpp"
#include "wire/happenings.hpp"
#include "wire/keys.hpp"
#include "wire/programme.hpp"
#include "wire/schedule.hpp"

#include <algorithm>
#include <memory>
#include <set>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

inline constexpr int type_limit = 40;       ///< past the longest name of a kind
constexpr char const* own_paper = "replay"; ///< the document and reason of an event without any

/// One event as it was asked for.
struct Asked {
    Happening what; ///< of a reversal the place in the list, from 1
    Date value_on;  ///< of a reversal: the day it was entered
    Date booked_on;
    std::string document;
    std::string reason;

    bool is_reversal() const { return std::holds_alternative<Reversed>(what); }
};

struct Request {
    Terms terms;
    std::vector<Asked> events;
    Date as_of;
    std::shared_ptr<Programme const> programme;
};

/// The kind of the event by its `type`; of an unknown one the first, and the reader says so.
EventKind const& kind_from(ObjectReader& from)
{
    std::string const type = from.text("type", type_limit);
    EventKind const* const kind = event_kind_of_type(type);
    if (kind != nullptr) return *kind;
    if (from.is_good()) from.blame(Refusal::choice_unknown, "type", all_event_types());
    return event_kinds().front();
}

Asked read_event(ObjectReader& from, int position)
{
    Asked event;
    if (!from.has("type")) from.expect_anything();
    event.what = kind_from(from).read(from);
    event.document = from.text_or_nothing("document", document_limit);
    event.reason = from.text_or_nothing("reason", reason_limit);
    if (auto const* const reversed = std::get_if<Reversed>(&event.what)) {
        if (reversed->sequence >= position) from.blame(Refusal::event_not_found, "sequence");
        if (!from.has("value_on")) {
            event.value_on = event.booked_on = from.date("booked_on");
            return event;
        }
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
    Programme programme = programme_from(reader);
    for (ObjectReader& each : reader.objects("events", 1, replay_events_limit)) {
        int const position = static_cast<int>(request.events.size()) + 1;
        request.events.push_back(read_event(each, position));
    }
    request.as_of = reader.date("as_of");
    if (auto const read = reader.finish(); !read) return std::unexpected{read.error()};
    if (auto const known = check_keys(object, replay_keys()); !known) {
        return std::unexpected{known.error()};
    }

    request.terms = *std::move(terms);
    if (!programme.subsidy_schemes.empty()) {
        request.terms.subsidy_scheme = programme.subsidy_schemes.front().code;
    }
    request.programme = std::make_shared<Programme const>(std::move(programme));
    for (Asked const& event : request.events) {
        if (!std::holds_alternative<Disbursed>(event.what)) continue;
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
    bool const is_of_the_loan = field.empty() || field == "loan";
    return is_of_the_loan ? event : event + '.' + field;
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
        fund.risk_available = Money::fen(money_limit_fen);
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
    bool is_reversed_later(std::size_t index) const;
    Result<Effects> book(Command const&, Date booked_on, std::size_t index);
    json::object answer() const;
    json::array events_json(LoanState const&) const;
    json::value schedule_json() const;

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
    Books books;
    books.county = named<CountyCode>("000000");
    books.programme = request.programme;
    return books;
}

/// Proposed on the day of the first event, entered when the first event was.
Result<void> Replay::propose()
{
    Date proposed_on = request_.events.front().value_on;
    Date booked_on = request_.events.front().booked_on;
    for (Asked const& event : request_.events) {
        if (!event.is_reversal()) proposed_on = std::min(proposed_on, event.value_on);
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
    return std::ranges::any_of(request_.events, [](Asked const& event) {
        return std::holds_alternative<Approved>(event.what);
    });
}

bool Replay::is_reversed_later(std::size_t index) const
{
    return std::ranges::any_of(request_.events, [index](Asked const& event) {
        auto const* const reversed = std::get_if<Reversed>(&event.what);
        return reversed != nullptr && std::cmp_equal(reversed->sequence, index + 1);
    });
}

/// Approves what will be disbursed, on the day of the first disbursement, where no event does.
Result<void> Replay::approve_for(std::size_t index)
{
    Asked const& first = request_.events[index];
    if (is_approved_ || !std::holds_alternative<Disbursed>(first.what)) return {};
    is_approved_ = true;
    Money const principal = request_.terms.principal;
    Money sum;
    Date value_on = first.value_on;
    for (std::size_t n = 0; n < request_.events.size(); ++n) {
        Asked const& event = request_.events[n];
        auto const* const paid_out = std::get_if<Disbursed>(&event.what);
        if (paid_out == nullptr || is_reversed_later(n)) continue;
        sum += std::min(paid_out->amount, principal - sum);
        value_on = std::min(value_on, event.value_on);
    }
    if (sum.is_zero()) sum = std::min(std::get<Disbursed>(first.what).amount, principal);
    RecordEvent const approval{loan_, value_on, Approved{sum}, {}, {}};
    auto const approved = book(approval, first.booked_on, index);
    if (!approved) return std::unexpected{approved.error()};
    return {};
}

/// Papers that are left out are the replay's own.
Command Replay::command_of(Asked const& event) const
{
    std::string const reason = event.reason.empty() ? own_paper : event.reason;
    if (auto const* const reversed = std::get_if<Reversed>(&event.what)) {
        auto const listed = static_cast<std::size_t>(reversed->sequence) - 1;
        return Reverse{loan_, sequences_.at(listed), reason};
    }
    std::string const document = event.document.empty() ? own_paper : event.document;
    return RecordEvent{loan_, event.value_on, event.what, document, reason};
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
        out["type"] = code_of(event.what);
        out["value_on"] = event.value_on.text();
        out["booked_on"] = event.booked_on.text();
        describe(out, event.what);
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

/// The plan of the disbursements in force, as if nothing else had happened; null before the first.
json::value Replay::schedule_json() const
{
    Loan const& loan = *books_.loan(loan_);
    std::set<int> reversed;
    for (LoanEvent const& event : loan.events) {
        if (auto const* what = std::get_if<Reversed>(&event.what)) reversed.insert(what->sequence);
    }
    std::vector<DisbursementPlan> plans;
    for (LoanEvent const& event : loan.events) {
        auto const* const paid_out = std::get_if<Disbursed>(&event.what);
        if (paid_out == nullptr || reversed.contains(event.sequence)) continue;
        if (event.value_on <= request_.as_of) plans.push_back({event.value_on, paid_out->amount});
    }
    if (plans.empty()) return {};
    std::ranges::stable_sort(plans, {}, &DisbursementPlan::on);
    auto const planned = schedule(loan.terms, plans, *loan.programme);
    return planned ? json::value(to_json(*planned)) : json::value{};
}

json::object Replay::answer() const
{
    Loan const& loan = *books_.loan(loan_);
    LoanState const state = fold(loan, request_.as_of);
    json::object out = to_json(state);
    out["booked_positions"] = to_json(loan.booked);
    out["schedule"] = schedule_json();
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
