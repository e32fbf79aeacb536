// A fresh county with a real daifud before it, and the few steps that most tests begin with.
#pragma once

#include "tests/support/daifud.hpp"
#include "tests/support/raw_client.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace test {

inline constexpr char const* some_resident_id = "530921190001010003";
inline constexpr char const* some_name = "演示甲乙丙";

struct Books {
    /// today is 2016-08-31 unless the setup says otherwise, the database a fresh one.
    explicit Books(DaifudSetup setup = {});

    std::uint16_t port() const { return daifud.port(); }
    /// POST that must be booked; its receipt.
    boost::json::object book(std::string const& target, std::string const& body);
    /// GET that must succeed; its JSON.
    boost::json::object read(std::string const& target);
    /// Borrower B-1, fund F-1 with 1,000,000.00, loan L-1 of 50,000.00, proposed only.
    void propose();
    /// The same, approved and disbursed on the business day.
    void lend();
    /// What must not change when something is refused: balances, funds, the count of answers.
    std::string state();

    std::string database;
    Daifud daifud;
};

boost::json::object json_of(Answer const&);
/// The code of a problem.
std::string code_of(Answer const&);

/// A session of psql that holds a lock until it is let go.
class HeldLock {
  public:
    HeldLock(std::string const& database, std::string const& table);
    ~HeldLock();
    /// Returns once another session waits for a lock in this database; throws if none does in 20 s.
    void wait_until_wanted();
    void release();

  private:
    /// Has psql do this and echo a line; false when it ended instead.
    bool does(std::string const& commands);

    int to_psql_ = -1;
    int from_psql_ = -1;
    pid_t pid_ = 0;
};

} // namespace test
