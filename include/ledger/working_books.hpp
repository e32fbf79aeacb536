// The part of a county's books that a batch works on, in memory: loaded by the store, or empty for
// a story, a what-if or a simulation. Commands are performed one after the other and each sees the
// effects of those before it; a refused command leaves no trace. Keeps no journal: the caller takes
// the effects and appends them.
#pragma once

#include "ledger/decide.hpp"

#include <map>
#include <set>
#include <string>

namespace ledger {

class WorkingBooks {
  public:
    explicit WorkingBooks(Books books);

    void add(Borrower);
    void add(Fund);
    void add(Loan);
    void add(Household);
    void add(Register);
    void add_village(UnitCode, Span days_of_its_code = all_days);
    void add_township(UnitCode, Span days_of_its_code = all_days);
    /// The file is evidence of something that happened to the household.
    void add_shown(std::string const& evidence, HouseholdNumber);

    /// Decides, and on success applies. The exception guarantee is strong: a Bug leaves the books
    /// as they were.
    Result<Effects> perform(Command const&, Date booked_on);
    /// What decide is told of a command, as the books are now.
    Situation situation_for(Command const&, Date booked_on) const;

    /// Loans, borrowers, households and registers that it holds.
    std::size_t size() const
    {
        return loans_.size() + borrowers_.size() + households_.size() + registers_.size();
    }
    /// Drops every resident id: they are needed while somebody registers, and no longer.
    void forget_resident_ids();
    Books const& books() const { return books_; }
    Borrower const* borrower(BorrowerNumber const&) const;
    Fund const* fund(FundCode const&) const;
    Loan const* loan(LoanNumber const&) const;
    Household const* household(HouseholdNumber const&) const;
    Register const* subject(RegisterName const&) const;
    std::map<LoanNumber, Loan> const& loans() const { return loans_; }
    std::map<FundCode, Fund> const& funds() const { return funds_; }
    std::map<HouseholdNumber, Household> const& households() const { return households_; }

  private:
    std::vector<Register> dependents_of(RegisterName const&) const;
    std::string others_shown(std::string const& evidence, HouseholdNumber const& than) const;
    void apply(Effects const&);

    Books books_;
    std::map<BorrowerNumber, Borrower> borrowers_;
    std::map<ResidentId, BorrowerNumber> by_resident_id_;
    std::map<FundCode, Fund> funds_;
    std::map<LoanNumber, Loan> loans_;
    std::map<HouseholdNumber, Household> households_;
    std::map<RegisterName, Register> registers_;
    std::map<UnitCode, Span> villages_, townships_;
    std::map<std::string, std::set<HouseholdNumber>> shown_by_; ///< by a file's digest
};

} // namespace ledger
