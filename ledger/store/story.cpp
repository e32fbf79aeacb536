// Lets the engine decide a story on books in memory, takes the rows that it would send, and cuts
// them where the lives differ. Knows no kind of command or event: a row is text.
#include "ledger/store/story.hpp"

#include "ledger/store/batch.hpp"
#include "ledger/store/columns.hpp"
#include "ledger/store/kept_books.hpp"

#include <algorithm>
#include <map>

namespace store {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, gaps> tokens{"@county@",      story_loan,    story_borrower,
                                                    story_household, story_village, "@entry@",
                                                    "@digest@",      "@version@",   "@fund@"};

/// Written as a number where JSON holds the token as a text.
void unquote(std::string& text, Gap gap)
{
    std::string const quoted = "\"" + std::string{token_of(gap)} + "\"";
    for (auto at = text.find(quoted); at != std::string::npos; at = text.find(quoted, at))
        text.replace(at, quoted.size(), token_of(gap));
}

void put_tokens(json::object& row)
{
    auto put = [&row](char const* column, std::string_view text) {
        auto* const value = row.if_contains(column);
        if (value != nullptr && !value->is_null()) *value = text;
    };
    put("entry_number", token_of(Gap::entry_number));
    put("version", token_of(Gap::version));
    for (char const* column : {"digest", "body_digest"}) {
        if (auto* const value = row.if_contains(column))
            *value = "\\x" + (row.contains("body_digest") ? std::string{value->as_string()}
                                                          : std::string{token_of(Gap::digest)});
    }
    auto* const answer = row.if_contains("answer");
    if (answer == nullptr) return;
    auto& receipt = answer->as_object();
    if (receipt.contains("entry_number")) {
        receipt["entry_number"] = token_of(Gap::entry_number);
        receipt["entry_digest"] = token_of(Gap::digest);
    }
    if (receipt.contains("fund_available")) receipt["fund_available"] = token_of(Gap::fund);
}

/// The columns that a batch writes once for all of its rows.
void add_columns_of_batch(Staging const& staging, Staged table, json::object const& batch,
                          json::object& row)
{
    for (auto const& column : staging.columns(table))
        if (column.name == "recorded_at") row["recorded_at"] = batch.at("recorded_at");
    row["county_code"] = token_of(Gap::county);
}

/// The accounts that only one life has, while its story is decided.
class OwnAccounts {
  public:
    /// Which account of its own the posting moves, if any, and its balance then.
    void place(StoryPosting& posting, std::string const& subkey)
    {
        if (!posting.subkey.has(Gap::loan) && !posting.subkey.has(Gap::borrower)) return;
        auto const [account, is_new] =
            known_.try_emplace({posting.code, subkey}, Account{accounts_.size(), {}});
        if (is_new) accounts_.push_back({posting.code, posting.subkey});
        auto& balance = account->second.balances[posting.unit];
        balance += posting.side == ledger::Side::debit ? posting.minor_units : -posting.minor_units;
        posting.own = account->second.place;
        posting.own_balance = balance;
    }
    std::vector<OwnAccount> take() { return std::move(accounts_); }

  private:
    struct Account {
        std::size_t place = 0;
        std::map<ledger::Unit, std::int64_t> balances{};
    };
    std::map<std::pair<ledger::AccountCode, std::string>, Account> known_;
    std::vector<OwnAccount> accounts_;
};

StoryEntry entry_of(json::object const& batch, OwnAccounts& own)
{
    auto const& row = batch.at("entries").as_array().at(0).as_object();
    StoryEntry entry;
    entry.cause = enum_at<ledger::Cause>(row, "cause");
    entry.value_on = day_at(row, "value_on");
    entry.actor = text_at(row, "actor");
    entry.narrative = text_at(row, "narrative");
    entry.idempotency_key = Pattern{text_at(row, "idempotency_key")};
    entry.subject = Pattern{text_at(row, "subject")};
    entry.event_sequence = int_at(row, "event_sequence");
    for (auto const& value : batch.at("postings").as_array()) {
        auto const& line = value.as_object();
        auto const place = static_cast<std::size_t>(number_at(line, "moved"));
        auto const& moved = batch.at("moved").as_array().at(place - 1).as_object();
        std::string const subkey{text_at(moved, "subkey")};
        StoryPosting posting{.code = stored<ledger::AccountCode>(text_at(moved, "account_code")),
                             .subkey = Pattern{subkey},
                             .side = enum_at<ledger::Side>(line, "side"),
                             .unit = enum_at<ledger::Unit>(line, "unit"),
                             .minor_units = number_at(line, "minor_units"),
                             .own = {},
                             .own_balance = 0};
        own.place(posting, subkey);
        entry.postings.push_back(std::move(posting));
    }
    return entry;
}

StoryStep step_of(Staging const& staging, Deed const& deed, json::object batch, OwnAccounts& own)
{
    StoryStep step;
    step.on = deed.on;
    if (auto const* who = std::get_if<ledger::RegisterBorrower>(&deed.command)) {
        step.registers_borrower = true;
        step.party_branch = who->party_branch;
    }
    if (batch.contains("entries")) step.entry = entry_of(batch, own);
    for (std::size_t i = 0; i < staged_tables; ++i) {
        auto const table = static_cast<Staged>(i);
        auto const name = batch_name_of(table);
        if (name.empty() || !batch.contains(name)) continue;
        for (auto& value : batch.at(name).as_array()) {
            auto& row = value.as_object();
            put_tokens(row);
            add_columns_of_batch(staging, table, batch, row);
            std::string text = staging.line(table, row);
            unquote(text, Gap::entry_number);
            unquote(text, Gap::fund);
            step.rows.emplace_back(table, Pattern{text});
        }
    }
    if (auto const* numbers = batch.if_contains("households"))
        for (auto const& number : numbers->as_array())
            step.rows.emplace_back(Staged::household,
                                   Pattern{std::string{token_of(Gap::county)} + "\t" +
                                           std::string{number.as_string()} + "\n"});
    return step;
}

/// Performs a story on the books and keeps what came of it.
DecidedStory decided(Staging const& staging, CountyState state, ledger::WorkingBooks& books,
                     std::shared_ptr<Sealing const> const& sealing, Story const& story,
                     std::string const& key_prefix)
{
    DecidedStory result;
    OwnAccounts own;
    for (auto const& deed : story) {
        LEDGER_ASSERT(result.steps.empty() || result.steps.back().on <= deed.on);
        Envelope envelope;
        envelope.county = books.books().county;
        envelope.idempotency_key = key_prefix + std::to_string(result.steps.size() + 1);
        envelope.body_digest = ledger::file_digest(envelope.idempotency_key);
        envelope.actor = "generate";
        envelope.booked_on = deed.on;
        envelope.command = deed.command;
        state.recorded_at = recorded_on(deed.on);
        Batch batch{envelope.county, state, std::move(books), {}, sealing};
        auto const outcome = batch.perform(envelope, {});
        if (auto const* refused = std::get_if<ledger::Refused>(&outcome.answer))
            throw IntegrityFault{
                "a story is refused: " + std::string{ledger::code_of(deed.command)} + " on " +
                deed.on.text() + ": " + std::string{ledger::name_of(refused->code)}};
        result.steps.push_back(step_of(staging, deed, batch.take_rows(), own));
        books = batch.take_left().books;
    }
    result.own = own.take();
    return result;
}

} // namespace

std::string_view token_of(Gap gap)
{
    return tokens[static_cast<std::size_t>(gap)];
}

Pattern::Pattern(std::string_view text)
{
    for (;;) {
        std::size_t next = std::string_view::npos;
        Gap gap{};
        for (std::size_t i = 0; i < gaps; ++i)
            if (auto const at = text.find(tokens[i]); at < next) {
                next = at;
                gap = static_cast<Gap>(i);
            }
        (rest_.empty() ? first_ : rest_.back().second) = text.substr(0, next);
        if (next == std::string_view::npos) return;
        rest_.emplace_back(gap, std::string{});
        text.remove_prefix(next + token_of(gap).size());
    }
}

void Pattern::append_to(std::string& out, Filling const& filling) const
{
    out += first_;
    for (auto const& [gap, after] : rest_) {
        out += filling[static_cast<std::size_t>(gap)];
        out += after;
    }
}

std::string Pattern::filled(Filling const& filling) const
{
    std::string text;
    append_to(text, filling);
    return text;
}

bool Pattern::has(Gap wanted) const
{
    return std::ranges::any_of(rest_, [&](auto const& part) { return part.first == wanted; });
}

Instant recorded_on(ledger::Date day)
{
    constexpr auto evening = std::chrono::hours{18 - 8}; // Shanghai is eight hours ahead
    return Instant{day.days() + evening};
}

std::shared_ptr<DecidedStories const>
decide_stories(Database& owner, ledger::CountyCode const& county, Stories const& stories)
{
    auto& session = owner.session();
    try {
        pqxx::work transaction{session.open()}; // given up at the end: nothing is written
        see(transaction, county.text());
        auto const state = begin_batch(transaction, county);
        if (!state) throw IntegrityFault{"there are no books of county " + county.text()};
        Staging const staging{transaction};
        auto books = empty_books(transaction, county, *state);
        books.add_village(stored<ledger::UnitCode>(story_village));
        auto result = std::make_shared<DecidedStories>();
        std::string const prefix{generated_keys};
        result->opening =
            decided(staging, *state, books, owner.shared_sealing(), stories.opening, prefix);
        for (auto const& story : stories.lives) {
            auto own_books = books;
            result->lives.push_back(decided(staging, *state, own_books, owner.shared_sealing(),
                                            story, prefix + std::string{story_loan} + ":"));
        }
        return result;
    } catch (...) {
        rethrow_as_store_fault(session);
    }
}

} // namespace store
