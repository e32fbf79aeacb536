// What somebody could use instead, on the same PostgreSQL with the same durability: the smallest
// honest ledger function, TPC-B, a bare commit, one bulk insert of the same rows, and another
// ledger in SQL where a file of it is named. All in schemas of their own, by pgbench.
#pragma once

#include "bench/programs.hpp"
#include "bench/row.hpp"

#include "ledger/identity.hpp"

#include <vector>

namespace bench {

class Yardsticks {
  public:
    /// Makes their tables, TPC-B's of so many hundred thousand accounts. Throws ProgramFailed, also
    /// where pgbench or psql is not installed.
    Yardsticks(std::string database, double seconds, int tpcb_scale);

    /// (a), (c) and, where `peer_file` names the SQL of pgledger, (b).
    std::vector<Row> rows(std::string const& peer_file);
    /// One lone commit that writes as much as `bytes` says then.
    Row bare_commit(std::function<double()> bytes);
    /// (d): the rows of the county's last 2,000 repayments inserted at once.
    Row bulk_insert(ledger::CountyCode const&);

  private:
    Row row(std::string name, std::string chinese, std::string const& script, int clients,
            std::string const& schema);
    void add_peer(std::vector<Row>&, std::string const& file);
    double transactions(std::string const& script, int clients, std::string const& schema,
                        std::string const& options = {}) const;

    std::string database_;
    double seconds_;
    Folder folder_;
    bool has_bulk_ = false;
};

} // namespace bench
