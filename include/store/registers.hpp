// Reading the registers beside the households, each as of the end of a day: SQL functions in, plain
// structs out. Lists are pages by their subject; what is shown is what held on that day.
#pragma once

#include "ledger/register_fact.hpp"
#include "store/queries.hpp"

#include <optional>
#include <string>
#include <vector>

namespace store {

/// What every list of a register takes.
struct RegisterFilter {
    ledger::Date as_of;
    std::string township;              ///< nine-digit code or empty
    std::string after;                 ///< cursor: the last subject of the page before
    int limit = 50;                    ///< at most page_limit
    std::optional<Instant> known_at{}; ///< as the books knew it then; empty: now
};

/// Where something is; empty where the books do not know.
struct Place {
    std::string township, township_name, village, village_name;
};

struct BranchLine {
    std::string branch, name;
    Place place;
    ledger::Date since;
    std::int64_t full_members = 0, probationary_members = 0;
};
std::vector<BranchLine> branches(Database& reader, ledger::CountyCode const&,
                                 RegisterFilter const&);

/// A member, also one who left; in the place of the branch.
struct MemberLine {
    std::string member, name, branch, branch_name;
    Place place;
    ledger::Date joined_on;
    std::string membership;
    ledger::Date since;
    std::optional<int> points; ///< as the branch recorded them; empty: never
    std::optional<ledger::Date> points_on;
    std::string household; ///< the poor household that the list names; may be empty
    bool is_listed = false;
};
std::vector<MemberLine> members(Database& reader, ledger::CountyCode const&,
                                std::string const& branch, RegisterFilter const&);

/// 贫困党员户台账: a member on the list, in the place of the household.
struct PoorMemberLine {
    std::string member, name, branch, branch_name, membership, household;
    Place place;
    std::string standing; ///< of the household; empty where it is dissolved
    int persons = 0;
    ledger::Date listed_on;
    std::string document;
};
std::vector<PoorMemberLine> poor_members(Database& reader, ledger::CountyCode const&,
                                         RegisterFilter const&);

/// A person of a household, in the household's place.
struct PersonLine {
    std::string person, name, kinship;
    bool can_work = false;
    std::string household;
    Place place;
    ledger::Date since;
};
/// Of one household, or of all (empty).
std::vector<PersonLine> persons(Database& reader, ledger::CountyCode const&,
                                std::string const& household, RegisterFilter const&);

/// A target beside what is counted against it: the exits of its year up to the day.
struct TargetLine {
    ledger::TargetName target;
    std::string unit_name;
    std::int64_t planned = 0, counted = 0;
    ledger::Date since;
    std::string document;
};
/// A township's filter shows its own targets and those of its villages.
std::vector<TargetLine> targets(Database& reader, ledger::CountyCode const&, RegisterFilter const&);
/// All targets of a year, of every year with 0, the county's first.
std::vector<TargetLine> plan(Database& reader, ledger::CountyCode const&, ledger::Date as_of,
                             int year, std::optional<Instant> known_at = {});

/// Who answers for what, by when.
struct ResponsibilityLine {
    std::string responsibility;
    std::string about, subject; ///< "household", "village" or "target", and which
    Place place;
    std::string person, task, duty, goal;
    ledger::Date deadline, since;
    std::string document;
    std::optional<ledger::Date> fulfilled_on;
    std::string result;
    bool is_overdue = false; ///< not fulfilled and past its deadline on the day
};
std::vector<ResponsibilityLine> responsibilities(Database& reader, ledger::CountyCode const&,
                                                 bool only_overdue, RegisterFilter const&);

/// What a village has of one thing. Empty: nothing was ever recorded of it.
struct VillageThing {
    std::optional<bool> has;
    std::optional<ledger::Date> since; ///< the value date of the last record
    ledger::Money amount;
};
struct VillageLine {
    Place place;
    VillageThing poor_village; ///< without an amount
    VillageThing project_plan, share_cooperation, collective_income;
};
/// Of the villages of which anything is recorded.
std::vector<VillageLine> villages(Database& reader, ledger::CountyCode const&,
                                  RegisterFilter const&);

/// Of the registered poor villages of a township, or of the county (empty key, the last line),
/// those that have each thing, and the amounts. A village of which nothing is recorded has nothing.
struct CoverageLine {
    std::string key, name;
    std::int64_t villages = 0, with_plan = 0, with_cooperation = 0, with_income = 0;
    ledger::Money plan, cooperation, income;
};
std::vector<CoverageLine> village_coverage(Database& reader, ledger::CountyCode const&,
                                           ledger::Date as_of,
                                           std::optional<Instant> known_at = {});

/// So many were planned, so many reached; or so many there are, of so many.
struct Reached {
    std::int64_t of = 0, reached = 0;
};
/// How far the programme reaches in a township, or in the county (empty key, the last line).
struct ReachLine {
    std::string key, name;
    Reached townships, villages, branches; ///< with a loan that was paid out by the day
    std::int64_t poor_villages = 0, with_plan = 0, with_cooperation = 0, with_income = 0;
    ledger::Money collective_income;   ///< of the poor villages that have any
    std::int64_t responsibilities = 0; ///< not fulfilled
    std::int64_t responsibilities_overdue = 0;
    /// Planned for the day's year and reached in it by the day; nothing where nothing was planned.
    Reached households, member_households, persons, members;
};
std::vector<ReachLine> reach(Database& reader, ledger::CountyCode const&, ledger::Date as_of,
                             std::optional<Instant> known_at = {});

/// The whole history of a subject, reversals too; nullopt when nothing was ever recorded.
std::optional<ledger::Register> subject(Database& reader, ledger::CountyCode const&,
                                        ledger::RegisterName const&);

/// An event of a household names the digest, whether or not its file is kept.
bool is_evidence_named(Database& reader, ledger::CountyCode const&, std::string const& digest);

/// A file that is evidence, and the events of households that name it.
struct EvidenceLine {
    std::string digest;
    std::string media_type;
    int bytes = 0;
    ledger::Date taken_on;
    std::string place, description;
    ledger::Date kept_on;
    std::vector<std::pair<std::string, int>> shows; ///< household and sequence
};
/// In order of their digests.
std::vector<EvidenceLine> evidence(Database& reader, ledger::CountyCode const&,
                                   std::string const& after, int limit);
std::optional<EvidenceLine> evidence_of(Database& reader, ledger::CountyCode const&,
                                        std::string const& digest);

class EvidenceFiles;
/// Reads every file that the books know: evidence_files_are_whole.
Check check_evidence(Database& auditor, ledger::CountyCode const&, EvidenceFiles const&);

} // namespace store
