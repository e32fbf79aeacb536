// What tests of households share: a county with villages, two borrowers with a loan each, rules of
// leading and lines of poverty, and a household's history in few words.
#pragma once

#include "tests/unit/ladder.hpp"

namespace ledger::test {

inline HouseholdNumber const household_number = named<HouseholdNumber>("H1");
inline LoanNumber const second_loan = named<LoanNumber>("L2");
inline BorrowerNumber const second_borrower = named<BorrowerNumber>("B2");
inline std::string const some_digest(64, 'a');

inline Programme leading_programme(Ruling ruling = Ruling::warn)
{
    Programme programme = programme_of(wide_rules());
    programme.leading_rules = {
        {Date{2012, 1, 1}, "带动办法1号", false, 7, 12, ruling, ruling, ruling, ruling}};
    programme.poverty_lines = {{2015, Money::yuan(2'855), true}, {2016, Money::yuan(2'952), false}};
    return programme;
}

inline RecordHouseholdEvent happens(Date on, HouseholdHappening what,
                                    HouseholdNumber household = household_number)
{
    return {household, on, std::move(what), "文件1号", "见文件"};
}

inline HouseholdRegistered a_poor_household(int persons = 4)
{
    return {"李某", village, Standing::poor, persons};
}

inline LeadingClaimed claim_under(LoanNumber loan, Share share = 0)
{
    return {std::move(loan), {}, Way::on_trust, share, Money::yuan(3'000), false};
}

inline LeadingVerified verification_of(int claim)
{
    return {claim, "信贷员甲", "村民乙", "复兴村", some_digest};
}

inline ExitStepTaken step(ExitStep step, char const* person, std::optional<Date> until = {})
{
    return {step, person, until, 0, {}};
}

/// The borrowers B (household HB) and B2 (household HB2) with the loans L and L2 of 2016-01-20.
inline WorkingBooks county_with(std::vector<RecordHouseholdEvent> const& history,
                                Ruling ruling = Ruling::warn, Date booked_on = today)
{
    WorkingBooks books{books_of(leading_programme(ruling))};
    books.add_village(village);
    Borrower first = known_borrower();
    first.household = named<HouseholdNumber>("HB");
    Borrower second = first;
    second.number = second_borrower;
    second.resident_id = resident_id("53092119000101001");
    second.household = named<HouseholdNumber>("HB2");
    books.add(first);
    books.add(second);
    books.add(known_fund(Money::yuan(1'000'000)));
    for (auto const& [loan, borrower] :
         {std::pair{loan_number, borrower_number}, std::pair{second_loan, second_borrower}})
    {
        ProposeLoan proposed = proposal();
        proposed.loan = loan;
        proposed.borrower = borrower;
        RecordEvent approved = approval, paid_out = disbursement;
        approved.loan = paid_out.loan = loan;
        for (Command const& command : {Command{proposed}, Command{approved}, Command{paid_out}}) {
            REQUIRE(books.perform(command, today).has_value());
        }
    }
    for (RecordHouseholdEvent const& event : history) {
        auto const effects = books.perform(event, booked_on);
        INFO(code_of(event.what));
        if (!effects) {
            FAIL(name_of(effects.error().code)
                 << " " << effects.error().field << " " << effects.error().limit);
        }
    }
    return books;
}

inline HouseholdState state_of(WorkingBooks const& books, Date as_of = Date{2030, 1, 1})
{
    return fold(*books.household(household_number), as_of);
}

} // namespace ledger::test
