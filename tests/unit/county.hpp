// A county in memory for tests of the pure engine: one village, one borrower, one fund, rules that
// a test may change, and the history of one loan. Every event has its papers unless a test takes
// them away.
#pragma once

#include "ledger/working_books.hpp"

#include <catch2/catch.hpp>

namespace ledger::test {

template <class Name> Name named(char const* text)
{
    return Name::parse(text).value();
}

inline LoanNumber const loan_number = named<LoanNumber>("L");
inline FundCode const fund_code = named<FundCode>("F");
inline BorrowerNumber const borrower_number = named<BorrowerNumber>("B");
inline UnitCode const village = named<UnitCode>("530921206201");

inline ResidentId resident_id(std::string const& first_17)
{
    auto id = ResidentId::parse(first_17 + resident_id_check_digit(first_17));
    REQUIRE(id.has_value());
    return *id;
}

inline Borrower known_borrower()
{
    Borrower borrower;
    borrower.number = borrower_number;
    borrower.name = "罗先国";
    borrower.resident_id = resident_id("53092119000101000");
    borrower.village = village;
    return borrower;
}

inline Fund known_fund(Money available, Money risk_available = {})
{
    return {fund_code, "扶贫再贷款资金", "协议1号", Date{2015, 1, 5}, available, risk_available};
}

inline ProgrammeRules rules_from(Date from)
{
    ProgrammeRules rules;
    rules.version = 1;
    rules.effective_from = from;
    rules.loan_cap = Money::yuan(100'000);
    rules.term_limit_months = 24;
    rules.rate_floor = Rate::ppm(20'000);
    rules.rate_ceiling = Rate::ppm(80'000);
    rules.penalty_margin_ppm = 500'000;
    return rules;
}

inline Programme programme_of(ProgrammeRules rules)
{
    Programme programme;
    programme.rules = {std::move(rules)};
    return programme;
}

inline Books books_of(Programme programme)
{
    Books books;
    books.county = named<CountyCode>("530921");
    books.programme = std::make_shared<Programme const>(std::move(programme));
    return books;
}

/// Rules that a test narrows where it is about them: a cap, term and band that nothing meets, and
/// penalty of half the contract rate.
inline ProgrammeRules wide_rules()
{
    ProgrammeRules rules = rules_from(Date{2000, 1, 1});
    rules.loan_cap = Money::yuan(10'000'000);
    rules.term_limit_months = 600;
    rules.rate_floor = {};
    rules.rate_ceiling = Rate::ppm(240'000);
    return rules;
}

inline RecordEvent event(Date on, Happening what)
{
    return {loan_number, on, std::move(what), "文件1号", "见文件"};
}

/// The county's books after a history, booked on one day.
inline WorkingBooks books_after(Programme programme, std::vector<Command> const& history,
                                Date booked_on, Fund fund = known_fund(Money::yuan(10'000'000)))
{
    WorkingBooks books{books_of(std::move(programme))};
    books.add_village(village);
    books.add(known_borrower());
    books.add(std::move(fund));
    for (Command const& command : history) {
        auto const effects = books.perform(command, booked_on);
        INFO(code_of(command));
        if (!effects) {
            FAIL(name_of(effects.error().code)
                 << " " << effects.error().field << " " << effects.error().limit);
        }
    }
    return books;
}

/// A loan of the terms, approved and paid out whole on the day, and what happened to it then.
inline Loan lent(Programme programme, Terms const& terms, Date on, std::vector<RecordEvent> events,
                 Date booked_on = Date{2030, 12, 31})
{
    std::vector<Command> history{
        ProposeLoan{loan_number, borrower_number, fund_code, on, "养牛", "cattle", terms, {}},
        event(on, Approved{terms.principal}), event(on, Disbursed{terms.principal})};
    history.insert(history.end(), events.begin(), events.end());
    WorkingBooks const books =
        books_after(std::move(programme), history, booked_on,
                    known_fund(Money::yuan(10'000'000), Money::yuan(1'000'000)));
    return *books.loan(loan_number);
}

} // namespace ledger::test
