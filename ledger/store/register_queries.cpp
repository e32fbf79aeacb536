// Reading the registers: every list joins its function of a day with the names of the places.
#include "ledger/store/batch.hpp"
#include "ledger/store/columns.hpp"
#include "ledger/store/doctor_checks.hpp"
#include "ledger/store/session.hpp"
#include "ledger/store/spelling.hpp"
#include "store/evidence_files.hpp"
#include "store/registers.hpp"

#include <algorithm>

namespace store {

namespace json = boost::json;
using ledger::CountyCode;
using ledger::Date;
using ledger::Money;

namespace {

/// The four columns of a Place, where `code` is an SQL expression of a village's or township's
/// code.
std::string place_columns(std::string const& code)
{
    return " coalesce(left(" + code +
           ", 9), ''), coalesce(t.name, ''), coalesce(v.code, ''), coalesce(v.name, '')";
}

std::string place_joins(std::string const& code)
{
    return " LEFT JOIN register.administrative_units t ON t.county_code = $1 AND t.code = left(" +
           code + ", 9) LEFT JOIN register.administrative_units v ON v.county_code = $1" +
           " AND length(v.code) = 12 AND v.code = " + code;
}

/// Rows of one page; $3 is the township, $4 the cursor, $5 the limit, $6 the instant at which it
/// was known. `more` may use $7.
template <class... More>
pqxx::result page_of(pqxx::transaction_base& transaction, CountyCode const& county,
                     RegisterFilter const& filter, std::string const& sql, More const&... more)
{
    auto const known = text_of(filter.known_at);
    return transaction.exec_params(sql, county.text(), filter.as_of.text(), filter.township,
                                   filter.after, std::clamp(filter.limit, 1, page_limit),
                                   or_null(known), more...);
}

std::string page_clause(std::string const& place, std::string const& cursor)
{
    return " WHERE ($3 = '' OR left(" + place + ", 9) = $3) AND " + cursor + " > $4";
}

std::string order_clause(std::string const& cursor)
{
    return " ORDER BY " + cursor + " LIMIT $5";
}

Place place_at(pqxx::row const& row, int at)
{
    return {row[at].c_str(), row[at + 1].c_str(), row[at + 2].c_str(), row[at + 3].c_str()};
}

Date day_in(pqxx::field const& field)
{
    return stored<Date>(field.c_str());
}

std::optional<Date> day_if_any(pqxx::field const& field)
{
    if (field.is_null()) return std::nullopt;
    return day_in(field);
}

VillageThing thing_at(pqxx::row const& row, int at, bool has_amount)
{
    VillageThing thing;
    if (row[at].is_null()) return thing;
    thing.has = row[at].as<bool>();
    thing.since = day_in(row[at + 1]);
    if (has_amount) thing.amount = Money::fen(row[at + 2].as<std::int64_t>());
    return thing;
}

TargetLine target_line(pqxx::row const& row)
{
    return {stored<ledger::TargetName>(row[0].c_str()),
            row[1].c_str(),
            row[2].as<std::int64_t>(),
            row[3].as<std::int64_t>(),
            day_in(row[4]),
            row[5].c_str()};
}

constexpr char const* target_columns =
    "SELECT p.target, p.unit_name, p.planned, p.counted, p.since, p.document"
    " FROM register.plan_against($1, $2::date, $6::timestamptz) p";

} // namespace

std::vector<BranchLine> branches(Database& reader, CountyCode const& county,
                                 RegisterFilter const& filter)
{
    std::string const sql = "SELECT b.branch, b.name, b.since, b.full_members,"
                            " b.probationary_members," +
                            place_columns("b.village_code") +
                            " FROM register.branch_on($1, $2::date, $6::timestamptz) b" +
                            place_joins("b.village_code") +
                            page_clause("b.village_code", "b.branch") + order_clause("b.branch");
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<BranchLine> lines;
        for (auto const& row : page_of(transaction, county, filter, sql))
            lines.push_back({row[0].c_str(), row[1].c_str(), place_at(row, 5), day_in(row[2]),
                             row[3].as<std::int64_t>(), row[4].as<std::int64_t>()});
        return lines;
    });
}

std::vector<MemberLine> members(Database& reader, CountyCode const& county,
                                std::string const& branch, RegisterFilter const& filter)
{
    std::string const sql =
        "SELECT m.member, m.name, m.branch, m.branch_name, m.joined_on, m.membership, m.since,"
        " m.points, m.points_on, coalesce(m.household_number, ''), m.is_listed," +
        place_columns("m.village_code") +
        " FROM register.member_on($1, $2::date, $6::timestamptz) m" +
        place_joins("m.village_code") + page_clause("m.village_code", "m.member") +
        " AND ($7 = '' OR m.branch = $7)" + order_clause("m.member");
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<MemberLine> lines;
        for (auto const& row : page_of(transaction, county, filter, sql, branch)) {
            MemberLine line{row[0].c_str(),     row[1].c_str(),    row[2].c_str(),
                            row[3].c_str(),     place_at(row, 11), day_in(row[4]),
                            row[5].c_str(),     day_in(row[6]),    {},
                            day_if_any(row[8]), row[9].c_str(),    row[10].as<bool>()};
            if (!row[7].is_null()) line.points = row[7].as<int>();
            lines.push_back(std::move(line));
        }
        return lines;
    });
}

std::vector<PoorMemberLine> poor_members(Database& reader, CountyCode const& county,
                                         RegisterFilter const& filter)
{
    std::string const sql =
        "SELECT p.member, p.name, p.branch, p.branch_name, p.membership, p.household_number,"
        " coalesce(p.standing, ''), coalesce(p.persons, 0), p.listed_on, p.document," +
        place_columns("p.village_code") +
        " FROM register.poor_member_on($1, $2::date, $6::timestamptz) p" +
        place_joins("p.village_code") + page_clause("p.village_code", "p.member") +
        order_clause("p.member");
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<PoorMemberLine> lines;
        for (auto const& row : page_of(transaction, county, filter, sql))
            lines.push_back({row[0].c_str(), row[1].c_str(), row[2].c_str(), row[3].c_str(),
                             row[4].c_str(), row[5].c_str(), place_at(row, 10), row[6].c_str(),
                             row[7].as<int>(), day_in(row[8]), row[9].c_str()});
        return lines;
    });
}

std::vector<PersonLine> persons(Database& reader, CountyCode const& county,
                                std::string const& household, RegisterFilter const& filter)
{
    std::string const sql =
        "SELECT p.person, p.name, p.kinship, p.can_work, p.household_number, p.since," +
        place_columns("p.village_code") +
        " FROM register.person_on($1, $2::date, $6::timestamptz) p" +
        place_joins("p.village_code") + page_clause("p.village_code", "p.person") +
        " AND ($7 = '' OR p.household_number = $7)" + order_clause("p.person");
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<PersonLine> lines;
        for (auto const& row : page_of(transaction, county, filter, sql, household))
            lines.push_back({row[0].c_str(), row[1].c_str(), row[2].c_str(), row[3].as<bool>(),
                             row[4].c_str(), place_at(row, 6), day_in(row[5])});
        return lines;
    });
}

std::vector<TargetLine> targets(Database& reader, CountyCode const& county,
                                RegisterFilter const& filter)
{
    std::string const sql =
        target_columns + page_clause("p.unit", "p.target") + order_clause("p.target");
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<TargetLine> lines;
        for (auto const& row : page_of(transaction, county, filter, sql))
            lines.push_back(target_line(row));
        return lines;
    });
}

std::vector<TargetLine> plan(Database& reader, CountyCode const& county, Date as_of, int year,
                             std::optional<Instant> known_at)
{
    std::string const sql = "SELECT p.target, p.unit_name, p.planned, p.counted, p.since,"
                            " p.document FROM register.plan_against($1, $2::date,"
                            " $4::timestamptz) p WHERE ($3 = 0 OR p.year = $3)"
                            " ORDER BY p.year, length(p.unit), p.unit, p.indicator";
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const known = text_of(known_at);
        std::vector<TargetLine> lines;
        for (auto const& row :
             transaction.exec_params(sql, county.text(), as_of.text(), year, or_null(known)))
            lines.push_back(target_line(row));
        return lines;
    });
}

std::vector<ResponsibilityLine> responsibilities(Database& reader, CountyCode const& county,
                                                 bool only_overdue, RegisterFilter const& filter)
{
    std::string const sql =
        "SELECT r.responsibility, r.about, r.about_subject, r.person, r.task, r.duty, r.goal,"
        " r.deadline, r.since, r.document, r.fulfilled_on, r.result, r.is_overdue," +
        place_columns("nullif(r.place, $1)") +
        " FROM register.responsibility_on($1, $2::date, $6::timestamptz) r" +
        place_joins("r.place") + page_clause("r.place", "r.responsibility") +
        " AND (NOT $7::boolean OR r.is_overdue)" + order_clause("r.responsibility");
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<ResponsibilityLine> lines;
        for (auto const& row : page_of(transaction, county, filter, sql, only_overdue))
            lines.push_back({row[0].c_str(), row[1].c_str(), row[2].c_str(), place_at(row, 13),
                             row[3].c_str(), row[4].c_str(), row[5].c_str(), row[6].c_str(),
                             day_in(row[7]), day_in(row[8]), row[9].c_str(), day_if_any(row[10]),
                             row[11].c_str(), row[12].as<bool>()});
        return lines;
    });
}

std::vector<VillageLine> villages(Database& reader, CountyCode const& county,
                                  RegisterFilter const& filter)
{
    std::string const sql = "SELECT x.is_poor, x.poor_since, x.has_plan, x.plan_since, x.plan_fen,"
                            " x.has_cooperation, x.cooperation_since, x.cooperation_fen,"
                            " x.has_income, x.income_since, x.income_fen," +
                            place_columns("x.village_code") +
                            " FROM register.village_on($1, $2::date, $6::timestamptz) x" +
                            place_joins("x.village_code") +
                            page_clause("x.village_code", "x.village_code") +
                            order_clause("x.village_code");
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<VillageLine> lines;
        for (auto const& row : page_of(transaction, county, filter, sql))
            lines.push_back({place_at(row, 11), thing_at(row, 0, false), thing_at(row, 2, true),
                             thing_at(row, 5, true), thing_at(row, 8, true)});
        return lines;
    });
}

std::vector<CoverageLine> village_coverage(Database& reader, CountyCode const& county, Date as_of,
                                           std::optional<Instant> known_at)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const known = text_of(known_at);
        std::vector<CoverageLine> lines;
        for (auto const& row : transaction.exec_params(
                 "SELECT * FROM register.village_coverage($1, $2::date, $3::timestamptz)",
                 county.text(), as_of.text(), or_null(known)))
            lines.push_back({row[0].c_str(), row[1].c_str(), row[2].as<std::int64_t>(),
                             row[3].as<std::int64_t>(), row[4].as<std::int64_t>(),
                             row[5].as<std::int64_t>(), Money::fen(row[6].as<std::int64_t>()),
                             Money::fen(row[7].as<std::int64_t>()),
                             Money::fen(row[8].as<std::int64_t>())});
        return lines;
    });
}

namespace {

ReachLine reach_line(pqxx::row const& row)
{
    int at = 2;
    auto const number = [&] { return row[at++].as<std::int64_t>(); };
    auto const reached = [&] {
        auto const of = number();
        return Reached{of, number()};
    };
    ReachLine line;
    line.key = row[0].c_str();
    line.name = row[1].c_str();
    line.townships = reached();
    line.villages = reached();
    line.branches = reached();
    line.poor_villages = number();
    line.with_plan = number();
    line.with_cooperation = number();
    line.with_income = number();
    line.collective_income = Money::fen(number());
    line.responsibilities = number();
    line.responsibilities_overdue = number();
    line.households = reached();
    line.member_households = reached();
    line.persons = reached();
    line.members = reached();
    return line;
}

} // namespace

std::vector<ReachLine> reach(Database& reader, CountyCode const& county, Date as_of,
                             std::optional<Instant> known_at)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const known = text_of(known_at);
        std::vector<ReachLine> lines;
        for (auto const& row :
             transaction.exec_params("SELECT * FROM register.reach($1, $2::date, $3::timestamptz)",
                                     county.text(), as_of.text(), or_null(known)))
            lines.push_back(reach_line(row));
        return lines;
    });
}

std::optional<ledger::Register> subject(Database& reader, CountyCode const& county,
                                        ledger::RegisterName const& name)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto found = load_registers(transaction, county, {name}, {});
        return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
    });
}

namespace {

constexpr char const* evidence_columns =
    "digest, media_type, bytes, taken_on, place, description, kept_on, shows";

EvidenceLine evidence_line(pqxx::row const& row)
{
    EvidenceLine line{row[0].c_str(),
                      row[1].c_str(),
                      row[2].as<int>(),
                      stored<Date>(row[3].c_str()),
                      row[4].c_str(),
                      row[5].c_str(),
                      stored<Date>(row[6].c_str()),
                      {}};
    json::value const shows = json::parse(row[7].c_str());
    for (auto const& event : shows.as_array()) {
        line.shows.emplace_back(std::string{text_at(event.as_object(), "household")},
                                int_at(event.as_object(), "sequence"));
    }
    return line;
}

} // namespace

std::vector<EvidenceLine> evidence(Database& reader, CountyCode const& county,
                                   std::string const& after, int limit)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        std::vector<EvidenceLine> lines;
        for (auto const& row : transaction.exec_params(
                 std::string{"SELECT "} + evidence_columns +
                     " FROM register.evidence_line WHERE county_code = $1 AND digest > $2"
                     " ORDER BY digest LIMIT $3",
                 county.text(), after, limit))
            lines.push_back(evidence_line(row));
        return lines;
    });
}

std::optional<EvidenceLine> evidence_of(Database& reader, CountyCode const& county,
                                        std::string const& digest)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec_params(
            std::string{"SELECT "} + evidence_columns +
                " FROM register.evidence_line WHERE county_code = $1 AND digest = $2",
            county.text(), digest);
        return rows.empty() ? std::nullopt : std::optional{evidence_line(rows[0])};
    });
}

Check check_evidence(Database& auditor, CountyCode const& county, EvidenceFiles const& files)
{
    Check check{"evidence_files_are_whole",
                "佐证文件齐全且未被改动",
                "Every file that is evidence is there and has its digest",
                0,
                {},
                0};
    std::string after;
    for (;;) {
        auto const lines = evidence(auditor, county, after, page_limit);
        for (EvidenceLine const& line : lines) {
            ++check.examined;
            if (!files.read(county, line.digest))
                add_violation(check, "evidence " + line.digest + " is lost or was changed");
        }
        if (std::cmp_less(lines.size(), page_limit)) return check;
        after = lines.back().digest;
    }
}

bool is_evidence_named(Database& reader, CountyCode const& county, std::string const& digest)
{
    return reading(reader, county, [&](pqxx::transaction_base& transaction) {
        auto const rows = transaction.exec_params("SELECT 1 FROM ledger.household_evidence WHERE "
                                                  "county_code = $1 AND digest = $2 LIMIT 1",
                                                  county.text(), digest);
        return !rows.empty();
    });
}

} // namespace store
