// The demonstration county: registers as an officer would send them, deterministic for a seed. The
// totals are the published ones (553 members, 4,210.00 万元 from 2015-01 to 2016-08, 1,210.00 万元
// to 168 households in 2015, 罗先国's 10 万元 for cattle) and the places and base rates are real;
// every other name, number and amount is visibly invented: resident ids of people born on
// 1900-01-01, given names of crops and numerals. Nothing here reads a clock or a database, and
// every amount comes from the ledger's own fold.
#pragma once

#include "ledger/programme.hpp"
#include "registers/plan.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace demo {

inline constexpr std::uint64_t default_seed = 530921;

struct Village {
    std::string code; ///< twelve digits
    std::string name; ///< 复兴村民委员会
};

/// What the generator takes from the published tables.
struct Facts {
    std::vector<Village> villages; ///< where members live; no industrial park
    std::vector<ledger::BaseRate> base_rates;
    /// The rules in force, so that the borrowers' payments are what the books will ask for.
    std::shared_ptr<ledger::Programme const> programme;
};

/// From the tables that are compiled into the binary (sql/seed).
Facts embedded_facts();

/// What a summary says of the registers.
struct Summary {
    std::size_t members = 0, households_2015 = 0, loans = 0, repayments = 0;
    std::size_t households = 0, claims = 0, exits = 0;
    std::size_t late = 0, prepaid = 0, reversed = 0, in_arrears = 0;
    ledger::Money lent, lent_2015;
};

struct Registers {
    std::vector<registers::SourceFile>
        files; ///< as they are imported: funds.csv, borrowers.csv … village_facts.csv
    Summary summary;
};

Registers generate(Facts const&, std::uint64_t seed = default_seed);

} // namespace demo
