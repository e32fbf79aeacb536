// A household is its events, as a loan is: who lives in it, how it stands, who leads it and by
// which share, how far it is on its way out of poverty; everything else is fold(household, as_of).
// Its unit is issued once, when it registers, and moves between accounts named by its standing and
// by who leads it (design, section 2): the shares of one household always sum to one, so that it
// cannot be counted twice. Its persons move with it. The entry of a command is the difference of
// what two folds hold. Money that a claim promises or brought is told here and booked nowhere: it
// is the household's own.
#pragma once

#include "ledger/history.hpp"
#include "ledger/identity.hpp"
#include "ledger/journal.hpp"

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace ledger {

struct Programme;

/// A share of a household in 1/10 000, the minor unit of Unit::household.
using Share = int;
inline constexpr Share whole_household = 10'000;

inline constexpr int persons_limit = 99;               ///< in one household
inline constexpr int claims_limit = 10;                ///< in force on one household at once
inline constexpr int events_per_household_limit = 500; ///< one a month for forty years

/// "0.5" is 5,000: a decimal above 0 and at most 1 with at most four places. Refuses
/// share_malformed.
Result<Share> parse_share(std::string_view);
/// Always four places: "0.5000".
std::string share_text(Share);

/// How a household stands in the register of the poor.
enum class Standing : std::uint8_t {
    ordinary = 1,    ///< 一般农户: not registered as poor
    poor,            ///< 建档立卡贫困户
    exited,          ///< 已脱贫: by the six steps of an exit, or when first registered
    unstable,        ///< 脱贫不稳定户
    marginal,        ///< 边缘易致贫户
    sudden_hardship, ///< 突发严重困难户
    relapsed,        ///< 返贫: by a relapse, or when first registered
};
inline constexpr std::array all_standings{
    Standing::ordinary, Standing::poor,     Standing::exited,          Standing::unstable,
    Standing::marginal, Standing::relapsed, Standing::sudden_hardship,
};
/// "ordinary", "poor", "exited", "unstable", "marginal", "sudden_hardship", "relapsed".
std::string_view code_of(Standing);

/// 带动方式. No official list of codes was found (shared facts, section 3); these are those
/// reported.
enum class Way : std::uint8_t {
    employment = 1,      ///< 务工就业
    dividends,           ///< 入股分红
    land_lease,          ///< 土地流转
    guaranteed_purchase, ///< 保底收购
    guidance,            ///< 技术指导
    on_trust,            ///< 种苗、畜禽代养托管
    cooperative,         ///< 吸纳入社
    mutual_aid,          ///< 资金互助
    e_commerce,          ///< 电商销售
    other,
};
/// "employment", "dividends" …
std::string_view code_of(Way);

/// The steps of an exit, in order (厅字〔2016〕16号; shared facts, section 3).
enum class ExitStep : std::uint8_t {
    proposed = 1, ///< 村级提出
    reviewed,     ///< 民主评议
    signed_off,   ///< 农户签字认可
    noticed,      ///< 公示, for at least the days of the rules
    checked,      ///< 乡镇核查: income against the line of the year, and the safeguards
    approved,     ///< 县级审定: the household has exited
};
inline constexpr std::array all_exit_steps{ExitStep::proposed,   ExitStep::reviewed,
                                           ExitStep::signed_off, ExitStep::noticed,
                                           ExitStep::checked,    ExitStep::approved};
/// "proposed", "reviewed", "signed_off", "noticed", "checked", "approved".
std::string_view code_of(ExitStep);

/// 致贫原因, the twelve of the national system and the rest.
enum class PovertyCause : std::uint8_t {
    illness = 1, ///< 因病
    disability,  ///< 因残
    schooling,   ///< 因学
    disaster,    ///< 因灾
    marriage,    ///< 因婚
    land,        ///< 缺土地
    water,       ///< 缺水
    skills,      ///< 缺技术
    funds,       ///< 缺资金
    labour,      ///< 缺劳力
    roads,       ///< 交通条件落后
    motivation,  ///< 自身发展动力不足
    other,
};
inline constexpr int poverty_cause_count = 13;
/// "illness", "disability" …
std::string_view code_of(PovertyCause);

/// A year's net income by the national form's kinds.
struct Income {
    int year = 0;
    Money wages;      ///< 工资性
    Money production; ///< 家庭经营性
    Money property;   ///< 财产性
    Money transfers;  ///< 转移性
    Money total() const { return wages + production + property + transfers; }
    friend bool operator==(Income const&, Income const&) = default;
};

/// What a visit found (入户调查). What it did not ask is empty, and stays as it was known before.
struct Survey {
    std::vector<PovertyCause> causes;     ///< the main one first; at most 13, none twice
    std::optional<int> labour;            ///< persons able to work
    std::optional<bool> has_safe_housing; ///< the three safeguards, 三保障
    std::optional<bool> has_schooling;
    std::optional<bool> has_medical_care;
    std::string official; ///< 结对帮扶干部
    /// Nothing was asked.
    bool is_empty() const { return *this == Survey{}; }
    friend bool operator==(Survey const&, Survey const&) = default;
};

// --- events, past participles; each takes effect on its value date
/// 登记: the household's unit and its persons are issued.
struct HouseholdRegistered {
    std::string head; ///< 户主
    UnitCode village; ///< twelve digits
    Standing standing{};
    int persons = 0;
    friend bool operator==(HouseholdRegistered const&, HouseholdRegistered const&) = default;
};
/// Another head or another village.
struct HouseholdMoved {
    std::string head; ///< empty: as before
    UnitCode village; ///< empty: as before
    friend bool operator==(HouseholdMoved const&, HouseholdMoved const&) = default;
};
/// 人口变动: its persons issued or taken back; the household stays whole.
struct PersonsCounted {
    int persons = 0;
    friend bool operator==(PersonsCounted const&, PersonsCounted const&) = default;
};
/// Any standing but exited and relapsed, which have their own procedures.
struct StandingRecorded {
    Standing standing{};
    friend bool operator==(StandingRecorded const&, StandingRecorded const&) = default;
};
/// 并户或销户: the unit is taken back whole. Nobody leads it any more.
struct HouseholdDissolved {
    friend bool operator==(HouseholdDissolved const&, HouseholdDissolved const&) = default;
};
/// 带动申报. The event's sequence names the claim from then on.
struct LeadingClaimed {
    LoanNumber loan;
    BorrowerNumber borrower; ///< the loan's; filled in by the decision
    Way way{};
    Share share = 0;          ///< 0: all that nobody leads
    Money promised;           ///< yearly benefit that is promised; may be zero
    bool is_relative = false; ///< of the borrower
    friend bool operator==(LeadingClaimed const&, LeadingClaimed const&) = default;
};
/// 核实, by an officer and a witness: two persons, the second of the village or of the household.
struct LeadingVerified {
    int claim = 0;
    std::string officer;
    std::string witness;
    std::string place;
    std::string evidence; ///< SHA-256 of the file, 64 hex digits
    friend bool operator==(LeadingVerified const&, LeadingVerified const&) = default;
};
/// 撤回: the claim is as if it had not been made, from its value date on; reports count it no more.
struct ClaimWithdrawn {
    int claim = 0;
    friend bool operator==(ClaimWithdrawn const&, ClaimWithdrawn const&) = default;
};
/// 带动结束: the household was led until then.
struct SupportEnded {
    int claim = 0;
    friend bool operator==(SupportEnded const&, SupportEnded const&) = default;
};
/// The borrowers who lead the household agree on other shares: of every claim in force.
struct SharesAgreed {
    std::vector<std::pair<int, Share>> shares; ///< claim and share
    friend bool operator==(SharesAgreed const&, SharesAgreed const&) = default;
};
/// 带动增收: what the borrower's leading brought to the household.
struct BenefitBrought {
    int claim = 0;
    Money amount;
    std::string evidence; ///< SHA-256 of the file; may be empty
    friend bool operator==(BenefitBrought const&, BenefitBrought const&) = default;
};
/// A proposal begins the procedure anew. Who proposes, who checks and who approves are three.
struct ExitStepTaken {
    ExitStep step{};
    std::string person;        ///< who answers for the step
    std::optional<Date> until; ///< of the notice: its last day
    int income_year = 0;       ///< of the check: the year whose income is held against the line
    std::string evidence;      ///< SHA-256 of the file; may be empty
    friend bool operator==(ExitStepTaken const&, ExitStepTaken const&) = default;
};
/// 返贫.
struct Relapsed {
    friend bool operator==(Relapsed const&, Relapsed const&) = default;
};
struct IncomeRecorded {
    Income income; ///< replaces what was recorded of the year
    friend bool operator==(IncomeRecorded const&, IncomeRecorded const&) = default;
};
struct Surveyed {
    Survey survey;
    friend bool operator==(Surveyed const&, Surveyed const&) = default;
};
using HouseholdHappening =
    std::variant<HouseholdRegistered, HouseholdMoved, PersonsCounted, StandingRecorded,
                 HouseholdDissolved, LeadingClaimed, LeadingVerified, ClaimWithdrawn, SupportEnded,
                 SharesAgreed, BenefitBrought, ExitStepTaken, Relapsed, IncomeRecorded, Surveyed,
                 Reversed>;

/// "household_registered", "household_moved", "persons_counted" …
std::string_view code_of(HouseholdHappening const&);
/// The digest of the file that shows it; empty where it names none.
std::string evidence_of(HouseholdHappening const&);

struct HouseholdEvent {
    int sequence = 0; ///< 1, 2, 3 … in the order of entry
    Date value_on;
    Date booked_on;
    HouseholdHappening what;
    std::string document{};
    std::string reason{};
    friend bool operator==(HouseholdEvent const&, HouseholdEvent const&) = default;
};

/// One borrower leads the household under one loan.
struct Claim {
    int sequence = 0; ///< of the event that made it; its name
    LoanNumber loan;
    BorrowerNumber borrower;
    Way way{};
    Share share = 0;
    Money promised;
    Money brought; ///< so far
    bool is_relative = false;
    Date since;
    Standing standing_then{}; ///< on the day the support began
    std::optional<Date> verified_on;
    std::optional<Date> until; ///< the day on which it was withdrawn or the support ended
    bool is_withdrawn = false;
    /// The household's last exit after the support began, and its relapse after that exit.
    std::optional<Date> exited_on;
    std::optional<Date> relapsed_on;
    bool is_in_force() const { return !until; }
    /// 建档立卡: registered as poor on the day the support began.
    bool was_poor() const
    {
        return standing_then == Standing::poor || standing_then == Standing::relapsed;
    }
    friend bool operator==(Claim const&, Claim const&) = default;
};

/// A step of the exit under way, or of the last one.
struct ExitRecord {
    ExitStep step{};
    Date on;
    std::string person;
    std::optional<Date> until;
    friend bool operator==(ExitRecord const&, ExitRecord const&) = default;
};

/// The household as of a date: the result of the fold.
struct HouseholdState {
    Date as_of;
    bool is_registered = false; ///< false before its registration
    std::optional<Date> registered_on;
    std::optional<Date> dissolved_on;
    std::string head;
    UnitCode village;
    Standing standing{};
    Date standing_since;
    int persons = 0;
    std::vector<Claim> claims;    ///< every one, in order of `since`
    std::vector<ExitRecord> exit; ///< since the last proposal, in order
    std::vector<Income> incomes;  ///< in order of year
    std::optional<Survey> survey; ///< of each thing what was found last
    Claim const* claim(int sequence) const;
    /// What nobody leads.
    Share unled() const;
    bool is_dissolved() const { return dissolved_on.has_value(); }
    friend bool operator==(HouseholdState const&, HouseholdState const&) = default;
};

/// A household as the store keeps it.
struct Household {
    HouseholdNumber number;
    std::vector<HouseholdEvent> events; ///< in order of sequence
    friend bool operator==(Household const&, Household const&) = default;
};

/// The household as of a date: its events in force with value date <= as_of, in order. Asserts that
/// they were accepted by decide. Pure.
HouseholdState fold(Household const&, Date as_of);

/// What a household holds in each account, in minor units of each unit, counted on the account's
/// normal side: 9101 unled by village, 9102 claimed and 9103 verified by borrower, each under its
/// standing; 9199 issued is their contra. Empty before registration and after dissolution.
using Holdings = std::map<std::pair<AccountName, Unit>, std::int64_t>;
Holdings holdings(HouseholdState const&);

/// The accounts by their last two digits: 9101.01 is unled and ordinary, 9103.02 verified and poor.
AccountName led_account(Standing, Claim const&);
AccountName unled_account(Standing, UnitCode const& village);

/// The entry that takes the books from one holding to another, or nothing when they are equal.
std::optional<JournalEntry> entry_between(Holdings const& before, Holdings const& after, Cause,
                                          Date value_on, Date booked_on, std::string narrative);

/// Income a head in the year, rounded down to fen; empty where none is recorded.
std::optional<Money> income_per_head(HouseholdState const&, int year);

} // namespace ledger
