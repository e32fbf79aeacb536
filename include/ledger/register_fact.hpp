// The registers beside the households: party branches and members, the poor party members
// (贫困党员户台账), the persons of a household, the county's planned exits, who answers for what by
// when (五定), what each village has, and the files that are evidence. One mechanism: dated facts
// about a subject, numbered in the order of entry like a loan's events, never overwritten, taken
// back by a reversal. The state of a day is the last fact in force of each kind. These facts count
// no units and book no entry.
#pragma once

#include "ledger/history.hpp"
#include "ledger/identity.hpp"
#include "ledger/money.hpp"

#include <array>
#include <compare>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ledger {

using BranchCode = Id<struct BranchTag>;
using MemberNumber =
    Id<struct MemberTag>; ///< as the branch numbers its members; never a citizen id
using PersonNumber = Id<struct PersonTag>; ///< 人编号, as the household register numbers persons
using ResponsibilityNumber = Id<struct ResponsibilityTag>;

inline constexpr int facts_per_subject_limit = 1'000; ///< one a month for eighty years
inline constexpr int points_limit = 100'000;          ///< of one member
inline constexpr int target_limit = 10'000'000;       ///< persons: more than any county has
inline constexpr int target_year_least = 2010;        ///< the register of the poor is of 2014
inline constexpr int target_year_most = 2100;

inline constexpr std::size_t village_digits = 12;            ///< of a village's code
inline constexpr int evidence_bytes_limit = 5 * 1024 * 1024; ///< a photo of a telephone

/// What a fact may be about.
enum class RegisterKind : std::uint8_t {
    branch = 1,
    member,
    target,
    responsibility,
    village,
    evidence, ///< its subject is the file's digest
    person,   ///< of a household
};
inline constexpr std::array all_register_kinds{RegisterKind::branch,  RegisterKind::member,
                                               RegisterKind::target,  RegisterKind::responsibility,
                                               RegisterKind::village, RegisterKind::evidence,
                                               RegisterKind::person};
/// "branch", "member", "target", "responsibility", "village", "evidence", "person".
std::string_view code_of(RegisterKind);

/// How a member stands in the party (党员类别).
enum class Membership : std::uint8_t {
    full = 1,     ///< 正式党员
    probationary, ///< 预备党员
    left,         ///< 已转出、去世或出党: no member of the branch any more
};
/// "full", "probationary", "left".
std::string_view code_of(Membership);

/// What a person is to the head of the household (与户主关系).
enum class Kinship : std::uint8_t {
    head = 1, ///< 户主
    spouse,
    child,
    child_in_law,
    grandchild,
    parent,
    grandparent,
    sibling,
    other,
};
inline constexpr std::array all_kinships{
    Kinship::head,         Kinship::spouse,     Kinship::child,
    Kinship::child_in_law, Kinship::grandchild, Kinship::parent,
    Kinship::grandparent,  Kinship::sibling,    Kinship::other};
/// "head", "spouse", "child" …
std::string_view code_of(Kinship);

/// What a planned number counts: households or persons that leave poverty in the year by the steps
/// of an exit and have not fallen back by the day that is looked at.
enum class PlanIndicator : std::uint8_t {
    households = 1,    ///< 计划出列建档立卡贫困户
    member_households, ///< 其中党员户: with a member on the list of the poor
    persons,           ///< 计划脱贫人口
    members,           ///< 其中党员: members on the list whose household left
};
inline constexpr std::array all_plan_indicators{PlanIndicator::households,
                                                PlanIndicator::member_households,
                                                PlanIndicator::persons, PlanIndicator::members};
/// "households", "member_households", "persons", "members".
std::string_view code_of(PlanIndicator);

/// What is recorded of a village.
enum class VillageAspect : std::uint8_t {
    poor_village = 1,  ///< 建档立卡贫困村
    project_plan,      ///< 项目规划; the amount is what it is planned to cost
    share_cooperation, ///< 股份合作经济; the amount is the capital that was paid in
    collective_income, ///< 村级集体经济收入; the amount is that of a year
};
inline constexpr std::array all_village_aspects{
    VillageAspect::poor_village, VillageAspect::project_plan, VillageAspect::share_cooperation,
    VillageAspect::collective_income};
/// "poor_village", "project_plan", "share_cooperation", "collective_income".
std::string_view code_of(VillageAspect);

/// What a file that is evidence may be; told by its first bytes, not by its name.
enum class MediaType : std::uint8_t { jpeg = 1, png, pdf };
/// "image/jpeg", "image/png", "application/pdf".
std::string_view code_of(MediaType);
/// By its first bytes; nothing: none of the three.
std::optional<MediaType> media_type_of(std::string_view bytes);
/// 64 hexadecimal digits in lower case: a file's SHA-256.
bool is_file_digest(std::string_view);

/// The name of a subject of any register: an identifier, or a file's digest.
class SubjectName {
  public:
    SubjectName() = default; ///< empty
    /// Refuses identifier_malformed.
    static Result<SubjectName> parse(std::string_view);
    std::string const& text() const { return text_; }
    bool is_empty() const { return text_.empty(); }

  private:
    std::string text_;
};

/// A target's name: what is counted, where and in which year.
struct TargetName {
    PlanIndicator indicator{};
    UnitCode unit; ///< six digits of the county, nine of a township or twelve of a village
    int year = 0;
    /// "households.530921.2016": an identifier, so that it stands in an address.
    std::string text() const;
    /// Refuses target_name_malformed.
    static Result<TargetName> parse(std::string_view);
    friend bool operator==(TargetName const&, TargetName const&) = default;
};

// --- facts, past participles; each holds from its value date until the next of its kind
/// 党支部.
struct BranchNamed {
    BranchCode branch;
    std::string name;
    UnitCode village; ///< where it is; twelve digits
    friend bool operator==(BranchNamed const&, BranchNamed const&) = default;
};
/// 党员: everything of the member anew, so that a transfer or the end of probation is one fact.
struct MemberRecorded {
    MemberNumber member;
    std::string name;
    BranchCode branch;
    Date joined_on; ///< 入党日期; not after the value date
    Membership membership{};
    friend bool operator==(MemberRecorded const&, MemberRecorded const&) = default;
};
/// 积分余额, as the branch recorded it: a balance, not a change.
struct PointsRecorded {
    MemberNumber member;
    int points = 0; ///< 0 to points_limit
    friend bool operator==(PointsRecorded const&, PointsRecorded const&) = default;
};
/// 列入贫困党员户台账. The household stays on the list when it leaves poverty: its standing says
/// that it did, and exits are counted so. It is taken off when it never belonged there.
struct PoorMemberListed {
    MemberNumber member;
    HouseholdNumber household; ///< in which the member lives
    bool is_listed = true;     ///< false: taken off the list
    friend bool operator==(PoorMemberListed const&, PoorMemberListed const&) = default;
};
/// 家庭成员: everything of the person anew, so that a move to another household is one fact and a
/// person is in one household at most. How many persons a household has is counted by its own
/// events (人口), which move units; this register only says who they are.
struct PersonRecorded {
    PersonNumber person;
    HouseholdNumber household;
    std::string name;
    Kinship kinship{};
    bool can_work = false;  ///< 劳动力
    bool is_present = true; ///< false: died, married away, moved: needs a reason
    friend bool operator==(PersonRecorded const&, PersonRecorded const&) = default;
};
/// 计划数.
struct TargetSet {
    TargetName target;
    int count = 0; ///< 1 to target_limit
    friend bool operator==(TargetSet const&, TargetSet const&) = default;
};
/// What somebody answers for.
using AnswersFor = std::variant<HouseholdNumber, UnitCode, TargetName>;
/// 五定: 定人员、定任务、定责任、定目标、定时限. Given again, it is changed.
struct ResponsibilityGiven {
    ResponsibilityNumber responsibility;
    AnswersFor about; ///< a household, a village (twelve digits) or a target
    std::string person;
    std::string task;
    std::string duty;
    std::string goal;
    Date deadline; ///< the last day in time; not before the value date
    friend bool operator==(ResponsibilityGiven const&, ResponsibilityGiven const&) = default;
};
/// 完成, on the value date.
struct ResponsibilityFulfilled {
    ResponsibilityNumber responsibility;
    std::string result; ///< what was reached; may be empty
    friend bool operator==(ResponsibilityFulfilled const&,
                           ResponsibilityFulfilled const&) = default;
};
/// 村情: whether the village has it, and how much.
struct VillageRecorded {
    UnitCode village; ///< twelve digits
    VillageAspect aspect{};
    bool has = false;
    Money amount; ///< zero where there is nothing; of an income that there is positive
    friend bool operator==(VillageRecorded const&, VillageRecorded const&) = default;
};
/// 佐证: a photo or a document that shows what was verified; the value date is the day on which it
/// was taken. The file itself lies outside the books, by its digest; what a photo says of itself
/// (its place and camera) stays in it. Kept once and never taken back: several events may name it.
struct EvidenceKept {
    std::string digest; ///< is_file_digest
    MediaType media_type{};
    int bytes = 0; ///< 1 to evidence_bytes_limit
    std::string place;
    std::string description;
    friend bool operator==(EvidenceKept const&, EvidenceKept const&) = default;
};
using RegisterFact = std::variant<BranchNamed, MemberRecorded, PointsRecorded, PoorMemberListed,
                                  TargetSet, ResponsibilityGiven, ResponsibilityFulfilled,
                                  VillageRecorded, EvidenceKept, PersonRecorded, Reversed>;

/// "branch_named", "member_recorded", "points_recorded" …
std::string_view code_of(RegisterFact const&);

/// Whose history it is: the kind of register and the subject in it.
struct RegisterName {
    RegisterKind kind{};
    std::string subject; ///< the branch's code, the member's number …, a target's text()
    friend auto operator<=>(RegisterName const&, RegisterName const&) = default;
};
/// What a fact is about. Asserts that it is no reversal.
RegisterKind kind_of(RegisterFact const&);
std::string subject_of(RegisterFact const&);
inline RegisterName register_of(RegisterFact const& what)
{
    return {kind_of(what), subject_of(what)};
}
/// The evidence that a digest names.
inline RegisterName evidence_named(std::string const& digest)
{
    return {RegisterKind::evidence, digest};
}
/// The other subject that a fact rests on: a member's branch, the target that somebody answers for.
std::optional<RegisterName> rests_on(RegisterFact const&);

struct RegisterEvent {
    int sequence = 0; ///< 1, 2, 3 … in the order of entry
    Date value_on;
    Date booked_on;
    RegisterFact what;
    std::string document{};
    std::string reason{};
    friend bool operator==(RegisterEvent const&, RegisterEvent const&) = default;
};

/// A subject's history as the store keeps it.
struct Register {
    RegisterName name;
    std::vector<RegisterEvent> events; ///< in order of sequence
    friend bool operator==(Register const&, Register const&) = default;
};

/// The last fact of a kind in force, and since when it holds.
template <class What> struct Holding {
    What what;
    Date since;
    friend bool operator==(Holding const&, Holding const&) = default;
};

/// A subject as of a date; what was never said of it is empty.
struct RegisterState {
    Date as_of;
    std::optional<Holding<BranchNamed>> branch;
    std::optional<Holding<MemberRecorded>> member;
    std::optional<Holding<PointsRecorded>> points;
    std::optional<Holding<PoorMemberListed>> poor_member;
    std::optional<Holding<TargetSet>> target;
    std::optional<Holding<ResponsibilityGiven>> responsibility;
    std::optional<Holding<ResponsibilityFulfilled>> fulfilled;
    std::map<VillageAspect, Holding<VillageRecorded>> village;
    std::optional<Holding<EvidenceKept>> evidence;
    std::optional<Holding<PersonRecorded>> person;
    /// Anything of its own kind: a branch that is named, a target that is set …
    bool is_there() const;
    /// Given, not fulfilled, and its deadline is past.
    bool is_overdue() const;
    friend bool operator==(RegisterState const&, RegisterState const&) = default;
};

/// The subject as of a date: its facts in force with value date <= as_of, in order. Asserts that
/// they were accepted by decide. Pure.
RegisterState fold(Register const&, Date as_of);

} // namespace ledger
