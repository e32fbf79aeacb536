// Reading: SQL views in, plain structs out. No rule and no arithmetic here beyond what the views
// do; what needs the loan engine (a payoff, an explanation) loads the loan and folds it.
#pragma once

#include "ledger/indicator.hpp"
#include "ledger/personal.hpp"
#include "ledger/preview.hpp"
#include "ledger/quality.hpp"
#include "store/database.hpp"
#include "store/execute.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace store {

struct CountyStatus {
    ledger::CountyCode county;
    std::string name;
    std::optional<ledger::Date> opened_on;
    std::optional<ledger::Date> closed_through;
    std::int64_t entries = 0;
    std::int64_t borrowers = 0;
    std::int64_t loans = 0;
    std::string digest_algorithm;
};
std::vector<CountyStatus> counties(Database& reader);
std::optional<CountyStatus> county(Database& reader, ledger::CountyCode const&);

/// The loan with its events, for the engine; nullopt when there is none.
std::optional<ledger::Loan> loan(Database& reader, ledger::CountyCode const&,
                                 ledger::LoanNumber const&);

struct BorrowerCard {
    ledger::Borrower borrower; ///< without his resident id
    /// What may be shown of what is personal: "530921********0003", "138****3015" …
    std::map<ledger::PersonalKind, std::string> masked;
    std::string township_name;
    std::string village_name;
    std::vector<ledger::LoanNumber> loans;
};
std::optional<BorrowerCard> borrower(Database& reader, ledger::CountyCode const&,
                                     ledger::BorrowerNumber const&);

struct FundLine {
    std::string code, name, document;
    ledger::Money paid_in, available, reserved, lent;
    ledger::Money written_off;    ///< principal taken off the books and not recovered
    ledger::Money risk_paid_in;   ///< into its risk-compensation fund
    ledger::Money risk_available; ///< what that can still pay
};
std::vector<FundLine> funds(Database& reader, ledger::CountyCode const&);

/// A fund at the end of a day, or all of them (empty key, the last line), and how far its loans use
/// the cap of the rules that they were signed under.
struct FundFigures {
    FundLine fund;          ///< code and document empty in the county's line
    std::int64_t loans = 0; ///< paid out by the day
    ledger::Money approved; ///< of these loans
    ledger::Money caps;     ///< the sum of their caps
    std::int64_t loans_at_cap = 0;
};
/// As of the end of a day (empty: the day through which the books are kept), as known at an
/// instant.
std::vector<FundFigures> fund_figures(Database& reader, ledger::CountyCode const&,
                                      std::optional<ledger::Date> as_of,
                                      std::optional<Instant> known_at = {});

/// One line of a loan list; cursor pages by loan number.
struct LoanLine {
    std::string number, borrower, borrower_name, township, township_name, village_name, purpose,
        industry;
    ledger::Money principal, disbursed, outstanding, overdue;
    std::optional<ledger::Date> disbursed_on, next_due_on;
    std::string status;
    int days_past_due = 0; ///< on the day through which the books are kept
    std::optional<ledger::Date> rescheduled_on, written_off_on;
    std::string renews;                           ///< the loan that it follows, or empty
    std::optional<ledger::Date> reserved_through; ///< as LoanState has it
};
struct LoanFilter {
    std::string township;               ///< nine-digit code or empty
    std::vector<std::string> borrowers; ///< theirs alone; none: everybody's
    std::string after;                  ///< cursor: last loan number of the page before
    int limit = 50;                     ///< at most page_limit
};
inline constexpr int page_limit = 500;
std::vector<LoanLine> loans(Database& reader, ledger::CountyCode const&, LoanFilter const&);

/// One posting line of a statement (a loan's or an account's journal).
struct StatementLine {
    std::int64_t entry_number = 0;
    ledger::Date booked_on, value_on;
    Instant recorded_at{};
    std::string cause, narrative, account_code, account_name, subkey, side;
    ledger::Money amount;
};
std::vector<StatementLine> statement(Database& reader, ledger::CountyCode const&,
                                     ledger::LoanNumber const&);

struct EntryCard {
    ledger::EntryRecord record;
    std::string digest; ///< hex, as stored
    std::string algorithm;
};
std::optional<EntryCard> entry(Database& reader, ledger::CountyCode const&, std::int64_t number);

/// One line of a journal, the latest first.
struct EntryLine {
    std::int64_t entry_number = 0;
    std::string cause;
    ledger::Date value_on, booked_on;
    Instant recorded_at{};
    std::string actor, subject, narrative;
    int event_sequence = 0;    ///< of what happened to its loan or household; 0: to none
    ledger::Money debits;      ///< nothing where only units moved
    ledger::Money bank;        ///< into the programme's bank account; negative: out of it
    std::string borrower_name; ///< empty: not of a loan
    std::string village;       ///< where its loan or household lies; empty: of the county
};
struct EntryFilter {
    std::optional<ledger::Date> booked_on;
    std::string actor, subject; ///< as the entry has them, or empty
    std::string township;       ///< nine-digit code or empty
    std::int64_t before = 0;    ///< cursor: last entry number of the page before; 0: the latest
    int limit = 50;             ///< at most page_limit
};
std::vector<EntryLine> entries(Database& reader, ledger::CountyCode const&, EntryFilter const&);

/// The entries of one loan in number order, as explain wants them.
std::vector<ledger::EntryRecord> entries_of(Database& reader, ledger::CountyCode const&,
                                            ledger::LoanNumber const&);

/// All entries in number order, streamed; `visit` returns false to stop.
void each_entry(Database& reader, ledger::CountyCode const&,
                std::function<bool(EntryCard const&)> const& visit);

std::vector<ledger::ChartLine> chart_of_accounts(Database& reader, ledger::CountyCode const&);

struct TrialBalanceLine {
    ledger::AccountCode code;
    std::string chinese, english, account_class, normal_side;
    std::string unit;
    std::int64_t debits = 0, credits = 0; ///< minor units, turnover since the beginning
    std::int64_t balance = 0;             ///< on the normal side
    std::int64_t accounts = 0;            ///< subaccounts under it that were opened by then
};
/// Which entries a balance is of; all, where nothing is said.
struct BalanceDay {
    std::optional<ledger::Date> booked_through{}; ///< booked on or before it
    std::optional<ledger::Date> as_of{};          ///< of a value date on or before it
    std::optional<Instant> known_at{};            ///< recorded by then

    bool is_now() const { return !booked_through && !as_of && !known_at; }
};
/// From checkpoints and what came after them. Asked through one day: of booking or of value.
std::vector<TrialBalanceLine> trial_balance(Database& reader, ledger::CountyCode const&,
                                            BalanceDay const& = {});

/// Every account's balance, for exports and their comparison with other programs. Of a day the
/// accounts' postings are added up.
struct AccountBalance {
    ledger::AccountName account;
    std::string unit;
    std::int64_t debits = 0, credits = 0;
};
std::vector<AccountBalance> account_balances(Database& reader, ledger::CountyCode const&,
                                             BalanceDay const& = {});

/// The day through which the books are kept: the last one booked on or closed; nothing where there
/// are no books. What a statistic is of where no day is asked for.
std::optional<ledger::Date> books_day(Database& reader, ledger::CountyCode const&);

/// When the last of what was booked up to a day was recorded; nothing where nothing was. Figures of
/// that day as known at that instant never change again.
std::optional<Instant> known_through(Database& reader, ledger::CountyCode const&,
                                     ledger::Date booked_through);

/// When the last batch of the county was recorded; nothing where nothing was. Figures that are read
/// in the same snapshot (store/snapshot.hpp) are those known at that instant.
std::optional<Instant> recorded_through(Database& reader, ledger::CountyCode const&);

/// Portfolio statistics of one group, or of the county (empty key) as the last line.
/// lent = repaid + written_off + the growth of what is outstanding.
struct PortfolioLine {
    std::string key, name;
    std::int64_t borrowers = 0;  ///< distinct members with a disbursement in the period (名)
    std::int64_t households = 0; ///< their distinct households (户)
    std::int64_t loans = 0;      ///< loans disbursed in the period (笔)
    ledger::Money lent;          ///< disbursed in the period, net of reversals
    ledger::Money repaid;        ///< principal repaid in the period; a write-off repays nothing
    ledger::Money interest;      ///< interest, compound interest and penalty received in the period
    ledger::Money outstanding;   ///< principal on the books at the end of the period
    ledger::Money overdue;       ///< principal fallen due and unpaid at the end
    ledger::Money par30, par90;  ///< outstanding principal of loans more than 30/90 days late
    ledger::Money par1, par180;  ///< of loans that are late at all; more than 180 days late
    /// Of loans late at all, or more than 30/90/180 days late, or rescheduled.
    ledger::Money par1_with_rescheduled, par30_with_rescheduled, par90_with_rescheduled,
        par180_with_rescheduled;
    ledger::Money rescheduled; ///< outstanding principal of loans that were rescheduled
    ledger::Money written_off; ///< principal taken off the books in the period
    ledger::Money recovered;   ///< principal of written-off loans that came back in the period
    ledger::Money largest;     ///< disbursed on one loan in the period
    ledger::Money median;      ///< half of the loans disbursed in the period had at most this
};
/// By value date, [from, until). `until` empty: today's books. As the books knew it at an instant,
/// or know it now. Asserts nothing about open days.
/// Refuses date_too_early (until before from).
ledger::Result<std::vector<PortfolioLine>>
portfolio(Database& reader, ledger::CountyCode const&, std::optional<ledger::Date> from,
          std::optional<ledger::Date> until, ledger::Dimension = ledger::Dimension::township,
          std::optional<Instant> known_at = {});

/// The county's line of each step between two days: flows of the step, stocks at its end. The last
/// step may be short. Refuses date_too_early (until not after from), too_many_points.
struct SeriesPoint {
    ledger::Span span;
    PortfolioLine line;
};
inline constexpr int points_limit = 400; ///< a year of days
ledger::Result<std::vector<SeriesPoint>> portfolio_series(Database& reader,
                                                          ledger::CountyCode const&, ledger::Span,
                                                          ledger::PeriodUnit step,
                                                          std::optional<Instant> known_at = {});

/// How good the loans are, which only the engine can say: of each group, the county (empty key)
/// last. Folds every loan once. Refuses date_too_early (until not after from).
struct QualityLine {
    std::string key, name;
    ledger::Quality quality;
};
ledger::Result<std::vector<QualityLine>> quality(Database& reader, ledger::CountyCode const&,
                                                 ledger::Span, ledger::Dimension,
                                                 std::optional<Instant> known_at = {});

/// The claim list of a quarter: what of the ordinary interest of the days [from, until) is borne by
/// the scheme, and what was claimed and received in them, by value date.
struct SubsidyClaim {
    ledger::LoanNumber loan;
    ledger::BorrowerNumber borrower;
    std::string borrower_name;
    std::string scheme;
    ledger::SubsidyPaidTo paid_to{};
    ledger::Money due; ///< of the interest recognised for these days
    ledger::Money claimed;
    ledger::Money received;
    ledger::Money unclaimed;                ///< due since the beginning and not claimed by the end
    std::vector<ledger::SubsidyLine> lines; ///< how `due` comes about, before rounding
};
/// Of the loans with something due, claimed or received in the span or unclaimed at its end, by
/// number. Refuses county_not_found, date_too_early (until not after from).
ledger::Result<std::vector<SubsidyClaim>>
subsidy_claims(Database& reader, ledger::CountyCode const&, ledger::Date from, ledger::Date until);

/// What a command on a loan would change (ledger::preview), as the books are now: nothing is locked
/// and nothing is kept. Refuses county_not_found, not_own_township (it takes effect outside of the
/// township that its asker is confined to; an empty one confines nobody) and what the command
/// refuses.
ledger::Result<ledger::Preview> preview(Database& reader, ledger::CountyCode const&,
                                        ledger::Command const&, ledger::Date booked_on,
                                        ledger::UnitCode const& confined_to = {});
/// The same of a command on a household (ledger::preview_household).
ledger::Result<ledger::HouseholdPreview>
preview_household(Database& reader, ledger::CountyCode const&, ledger::Command const&,
                  ledger::Date booked_on, ledger::UnitCode const& confined_to = {});

/// What an address may name.
enum class NamedObject : std::uint8_t { loan = 1, borrower, household, entry, evidence };
/// The villages that it belongs to: of evidence those of the households that it shows, of an entry
/// that of its loan or its household. Empty where there is no such thing, and where it is the
/// county's.
std::vector<ledger::UnitCode> places_of(Database& reader, ledger::CountyCode const&, NamedObject,
                                        std::string const& number);

/// A row of a dated table with the paper behind it.
template <class Row> struct Authorised {
    Row row;
    std::string document;
    bool is_sourced = false; ///< false: unverified, shown as such
};
/// A day that is not what its day of the week says.
struct Holiday {
    ledger::Date day;
    bool is_worked = false; ///< a make-up working day; else a day without work
};
/// The household with its events, for the engine; nullopt when there is none.
std::optional<ledger::Household> household(Database& reader, ledger::CountyCode const&,
                                           ledger::HouseholdNumber const&);
/// The entries of one household in number order.
std::vector<ledger::EntryRecord> entries_of(Database& reader, ledger::CountyCode const&,
                                            ledger::HouseholdNumber const&);

/// One line of a list of households, as the books know them now.
struct HouseholdLine {
    std::string number, head, township, township_name, village, village_name, standing;
    int persons = 0;
    ledger::Date registered_on;
    bool is_dissolved = false;
    std::vector<std::string> led_by;     ///< borrowers with a verified claim in force
    std::vector<std::string> claimed_by; ///< borrowers with one that awaits verification
};
struct HouseholdFilter {
    std::string township; ///< nine-digit code or empty
    std::string standing; ///< code or empty
    std::string borrower; ///< who leads it or claims to, or empty
    std::string after;    ///< cursor: last household number of the page before
    int limit = 50;       ///< at most page_limit
};
std::vector<HouseholdLine> households(Database& reader, ledger::CountyCode const&,
                                      HouseholdFilter const&);

/// A number of households, each counted once, and of their persons.
struct Counted {
    std::int64_t households = 0, persons = 0;
    friend bool operator==(Counted const&, Counted const&) = default;
};
/// Who was led, of one group or of the county (empty key, the last line). Three facts that are
/// never added: led, led_poor, exited. By value date; each household once, however many lead it, so
/// that lines of groups by way, borrower, branch, industry or fund may sum to more than the county.
struct LeadingLine {
    std::string key, name;
    Counted claimed;   ///< with a claim in force that awaits verification
    Counted led;       ///< with a verified claim in force
    Counted led_ever;  ///< verified and not withdrawn, whether the support goes on or ended
    Counted led_poor;  ///< of led_ever: registered as poor on the day the support began
    Counted exited;    ///< of led_poor: left poverty after the support began, not fallen back since
    Counted sustained; ///< of exited: for the months of the rules
    Counted relapsed;  ///< of led_poor: left poverty after the support began and fell back
    std::int64_t led_units = 0; ///< shares that are led, 1/10 000: the balance of 9103
    std::int64_t borrowers = 0; ///< distinct, of led_ever
    ledger::Money brought;      ///< income that the leading brought, of claims not withdrawn
    std::int64_t incomes = 0;   ///< of led_ever: households with an income before and since
    /// Their income per head, summed over the households: the last year before the leading began,
    /// the last since, and that one less what the leading brought in it.
    ledger::Money income_before, income_since, income_without;
    /// Disbursed, of the group, how many of them nobody was ever led under, and what was lent by
    /// them; nothing by way and by standing, which no loan has.
    std::optional<std::int64_t> loans, loans_without;
    std::optional<ledger::Money> lent;
    friend bool operator==(LeadingLine const&, LeadingLine const&) = default;
};
/// As of the end of a day; empty: the day through which the books are kept.
std::vector<LeadingLine> leading(Database& reader, ledger::CountyCode const&,
                                 std::optional<ledger::Date> as_of, ledger::Dimension,
                                 std::optional<Instant> known_at = {});

/// The county's line at the end of each step between two days. The last step may be short. Refuses
/// date_too_early (until not after from), too_many_points (leading_points_limit).
inline constexpr int leading_points_limit = 60; ///< five years of months
struct LeadingPoint {
    ledger::Span span;
    LeadingLine line;
};
ledger::Result<std::vector<LeadingPoint>> leading_series(Database& reader,
                                                         ledger::CountyCode const&, ledger::Span,
                                                         ledger::PeriodUnit step,
                                                         std::optional<Instant> known_at = {});

/// What the books came to know after an instant about days before another: why a figure that was
/// told then is another one now.
struct LaterEntry {
    std::optional<std::int64_t> number; ///< nothing: it moved no unit (a benefit, a survey, a fact)
    Instant recorded_at{};
    ledger::Date value_on, booked_on;
    std::string cause; ///< the entry's, or the kind of what happened
    std::string subject, narrative;
};
struct LaterEntries {
    std::int64_t count = 0;
    std::vector<LaterEntry> first; ///< in order of recording, at most page_limit
};
/// About loans and funds, or (with households) about everything. `until` empty: of any day.
LaterEntries entries_since(Database& reader, ledger::CountyCode const&, Instant known_at,
                           std::optional<ledger::Date> until, bool with_households);

/// One thing that a figure counts: a loan, a household, a village … (Indicator::parts).
struct CountedPart {
    std::string number; ///< of the part, in order of which pages go
    std::string name;   ///< of the borrower, of the head, of the place …
    std::string household;
    std::vector<std::string> loans, borrowers; ///< what it is about; of a household who leads it
    std::string township_name, village_name;
    std::int64_t amount = 0;        ///< 1, persons or fen
    std::optional<ledger::Date> on; ///< the day that makes it count: verified, exited, late since …
    std::vector<std::int64_t> entries;
    std::vector<std::string> evidence; ///< digests of the files that show it
};
struct CountedParts {
    std::vector<CountedPart> page;
    std::int64_t count = 0; ///< of all pages
    std::int64_t sum = 0;   ///< of their amounts
};
struct PartFilter {
    ledger::Dimension by = ledger::Dimension::county;
    std::string key;                   ///< of the group, where `by` has groups
    std::optional<ledger::Date> from;  ///< first day of what flows; empty: the beginning
    std::optional<ledger::Date> as_of; ///< last day; empty: the one through which books are kept
    std::string after;                 ///< cursor: the last number of the page before
    int limit = 50;
    std::optional<Instant> known_at{}; ///< as the books knew it then; empty: now
};
/// The parts of an indicator, by number; of a ratio none. Its sum, mean, median or largest
/// (Indicator::aggregation) over all pages is what its statistic answers of that group, day and
/// period. Refuses indicator_not_found; choice_unknown (by: not a dimension of its statistic);
/// date_too_early (as_of before from).
ledger::Result<CountedParts> parts_of(Database& reader, ledger::CountyCode const&,
                                      std::string_view indicator, PartFilter const&);

/// Everything that the county has ruled, in the order of ledger::Programme.
struct ProgrammeTables {
    std::vector<ledger::ProgrammeRules> rules;
    std::vector<ledger::BaseRate> base_rates;
    std::vector<Authorised<ledger::ClassFloor>> class_floors;
    std::vector<Authorised<ledger::ProvisionRate>> provision_rates;
    std::vector<Authorised<ledger::SubsidyScheme>> subsidy_schemes;
    std::vector<Authorised<Holiday>> holidays;
    std::vector<ledger::LeadingRules> leading_rules;
    std::vector<ledger::PovertyLine> poverty_lines;
    std::vector<ledger::ApprovalBand> approval_bands;
    std::vector<ledger::RetentionRule> retention_rules;
};
/// Empty where there are no books of the county.
ProgrammeTables programme_tables(Database& reader, ledger::CountyCode const&);
/// The same for the engine; never null.
std::shared_ptr<ledger::Programme const> programme(Database& reader, ledger::CountyCode const&);
std::vector<ledger::ProgrammeRules> programme_rules(Database& reader, ledger::CountyCode const&);
std::vector<ledger::BaseRate> base_rates(Database& reader);

struct AdministrativeUnit {
    std::string code, name, parent_code;
};
std::vector<AdministrativeUnit> administrative_units(Database& reader, ledger::CountyCode const&);

/// One invariant checked: what, how many things were looked at, what was wrong (empty: nothing).
struct Check {
    std::string code; ///< "debits_equal_credits" …
    std::string chinese, english;
    std::int64_t examined = 0;
    std::vector<std::string> violations; ///< at most 20, in words with numbers
    std::int64_t violation_count = 0;
};
struct DoctorOptions {
    int jobs = 1; ///< connections that examine side by side; all see one instant of the books
    /// After each check, in their order and one at a time, but not always on the caller's thread.
    std::function<void(Check const&)> report;
    /// Likewise: how many parts of the examination are done.
    std::function<void(std::size_t done, std::size_t all)> progress;
};
/// Every invariant of the books: debits = credits per entry, unit and in total; balances and
/// checkpoints = postings; control = subledgers; entry numbers gapless; digests recomputed; booked
/// positions = fold = postings; fund lent = outstanding principal; no fund below zero; idempotency
/// rows match entries; every definition in the database, grants included, that of this program.
/// Asserts jobs > 0.
std::vector<Check> doctor(Database& auditor, ledger::CountyCode const&, DoctorOptions const& = {});

} // namespace store
