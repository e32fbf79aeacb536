// What the refusal ladders share: a loan's history as far as a rung needs it, and the climb.
#pragma once

#include "tests/unit/county.hpp"

#include <functional>

namespace ledger::test {

inline constexpr Date today{2016, 3, 1};

inline Terms terms_of_24_months()
{
    Terms terms;
    terms.principal = Money::yuan(50'000);
    terms.annual_rate = Rate::ppm(47'500);
    terms.instalments = 24;
    return terms;
}

inline ProposeLoan proposal()
{
    return {loan_number, borrower_number,      fund_code, Date{2016, 1, 10}, "养牛",
            "cattle",    terms_of_24_months(), {}};
}

inline RecordEvent const approval = event(Date{2016, 1, 15}, Approved{Money::yuan(50'000)});
inline RecordEvent const disbursement = event(Date{2016, 1, 20}, Disbursed{Money::yuan(50'000)});
inline RecordEvent const repayment = event(Date{2016, 2, 1}, Repaid{Money::yuan(100), {}});

inline Programme known_programme()
{
    return programme_of(rules_from(Date{2015, 1, 1}));
}

/// Books with everything that a loan needs and the loan as far as it went.
inline WorkingBooks books_with(std::vector<Command> const& history,
                               Programme programme = known_programme(), Date booked_on = today)
{
    return books_after(std::move(programme), history, booked_on, known_fund(Money::yuan(80'000)));
}

inline std::string outcome_of(WorkingBooks books, Command const& command, Date booked_on = today)
{
    auto const effects = books.perform(command, booked_on);
    if (effects) return "booked";
    std::string outcome{name_of(effects.error().code)};
    if (!effects.error().field.empty()) outcome += " " + effects.error().field;
    if (!effects.error().limit.empty()) outcome += " " + effects.error().limit;
    return outcome;
}

/// Mends the command step by step; the outcome before each mend must be the one in its row.
template <class Asked> struct Rung {
    char const* outcome;
    std::function<void(WorkingBooks&, Asked&)> mend;
};

template <class Asked>
void climb(WorkingBooks books, Asked command, std::vector<Rung<Asked>> const& ladder,
           Date booked_on = today)
{
    for (Rung<Asked> const& rung : ladder) {
        CHECK(outcome_of(books, command, booked_on) == rung.outcome);
        rung.mend(books, command);
    }
    CHECK(outcome_of(books, command, booked_on) == "booked");
}

} // namespace ledger::test
