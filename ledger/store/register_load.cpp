// Loading registers by set: those that commands are about, those that they rest on, and of what is
// reversed those that name it.
#include "ledger/store/batch.hpp"
#include "ledger/store/rows.hpp"
#include "ledger/store/spelling.hpp"

namespace store {

namespace json = boost::json;

namespace {

/// "branch" and "B-1" as the two halves of the names, each a text[] parameter.
struct Names {
    std::vector<std::string> registers, subjects;
};

Names names_of(std::set<ledger::RegisterName> const& names)
{
    Names halves;
    for (auto const& name : names) {
        halves.registers.emplace_back(spelled(name.kind));
        halves.subjects.push_back(name.subject);
    }
    return halves;
}

} // namespace

std::vector<ledger::Register> load_registers(pqxx::transaction_base& transaction,
                                             ledger::CountyCode const& county,
                                             std::set<ledger::RegisterName> const& names,
                                             std::set<ledger::RegisterName> const& with_dependents)
{
    std::vector<ledger::Register> registers;
    if (names.empty()) return registers;
    auto const wanted = names_of(names);
    auto const named = names_of(with_dependents);
    auto const rows = transaction.exec_params(
        "WITH wanted AS ("
        " SELECT w.register, w.subject"
        " FROM unnest($2::text[], $3::text[]) AS w(register, subject)"
        " UNION SELECT d.dependent_register, d.dependent"
        " FROM unnest($4::text[], $5::text[]) AS n(register, subject)"
        // OFFSET 0: each look-up by its whole key, whatever the statistics say (10_guards.sql).
        " CROSS JOIN LATERAL (SELECT x.dependent_register, x.dependent FROM register.dependent x"
        "     WHERE x.county_code = $1 AND x.register = n.register AND x.subject = n.subject"
        "     OFFSET 0) d)"
        " SELECT wanted.register, wanted.subject, r.events FROM wanted"
        " CROSS JOIN LATERAL (SELECT jsonb_agg(f.fact ORDER BY f.sequence) AS events"
        "     FROM register.fact_for_engine f WHERE f.county_code = $1"
        "     AND f.register = wanted.register AND f.subject = wanted.subject) r"
        " WHERE r.events IS NOT NULL",
        county.text(), array_of(wanted.registers), array_of(wanted.subjects),
        array_of(named.registers), array_of(named.subjects));
    for (auto const& row : rows)
        registers.push_back(
            register_from({enum_from<ledger::RegisterKind>(row[0].c_str()), row[1].c_str()},
                          json::parse(row[2].c_str()).as_array()));
    return registers;
}

} // namespace store
