// A story begins with a household and a borrower and goes as far as the years: what the borrower
// pays is what his loan's fold asks for, late or early as his manner is.
#include "demo/stories.hpp"

#include "demo/loans.hpp"
#include "demo/people.hpp"
#include "demo/repayments.hpp"

#include "ledger/identity.hpp"

#include <algorithm>

namespace demo {

using ledger::Date;
using ledger::Money;
using store::Deed;

namespace {

constexpr std::string_view fund = "F-2015";
constexpr Date first_payout{first_year, 1, 21};
constexpr Date money_came_on{first_year, 1, 5};
constexpr std::int64_t most_yuan_a_loan = 100'000;

template <class Id> Id named(std::string_view text)
{
    auto id = Id::parse(text);
    LEDGER_ASSERT(id.has_value());
    return *std::move(id);
}

store::Story opening(std::size_t loans)
{
    auto const code = named<ledger::FundCode>(fund);
    Money const money = Money::yuan(most_yuan_a_loan * static_cast<std::int64_t>(loans + 1));
    return {{money_came_on, ledger::OpenFund{code, "虚构资金", "虚构〔2015〕1号"}},
            {money_came_on, ledger::PayIntoFund{code, money, money_came_on, "虚构〔2015〕1号"}}};
}

class Teller {
  public:
    explicit Teller(PlannedLoan const& planned)
        : planned_{planned}
        , number_{named<ledger::LoanNumber>(store::story_loan)}
    {
    }

    store::Story tell(std::vector<Payment> const& payments, int persons)
    {
        introduce(persons);
        record(planned_.approved_on, planned_.approved_on,
               ledger::Approved{planned_.terms.principal});
        record(planned_.disbursed_on, planned_.disbursed_on,
               ledger::Disbursed{planned_.terms.principal});
        for (auto const& payment : payments) pay(payment);
        // What was reversed is entered in its day's place; its sequence follows from the place.
        std::ranges::stable_sort(story_, {}, &Deed::on);
        return std::move(story_);
    }

  private:
    void introduce(int persons)
    {
        auto const household = named<ledger::HouseholdNumber>(store::story_household);
        auto const village = named<ledger::UnitCode>(store::story_village);
        auto const borrower = named<ledger::BorrowerNumber>(store::story_borrower);
        Date const on = planned_.proposed_on;
        story_.push_back({on, ledger::RecordHouseholdEvent{
                                  household,
                                  on,
                                  ledger::HouseholdRegistered{"虚构户主", village,
                                                              ledger::Standing::ordinary, persons},
                                  {},
                                  {}}});
        auto const resident_id = ledger::ResidentId::parse(invented_resident_id("530921", 0));
        LEDGER_ASSERT(resident_id.has_value());
        story_.push_back({on, ledger::RegisterBorrower{borrower, "虚构", *resident_id, household,
                                                       village, "虚构村党支部"}});
        story_.push_back(
            {on, ledger::ProposeLoan{number_, borrower, named<ledger::FundCode>(fund), on,
                                     planned_.purpose, planned_.industry, planned_.terms}});
    }

    void record(Date booked_on, Date value_on, ledger::Happening what)
    {
        story_.push_back({booked_on, ledger::RecordEvent{number_, value_on, std::move(what)}});
    }

    void pay(Payment const& payment)
    {
        record(payment.booked_on.value_or(payment.repaid_on), payment.repaid_on,
               ledger::Repaid{payment.amount});
        if (!payment.reversed_on) return;
        story_.push_back({*payment.reversed_on,
                          ledger::Reverse{number_, last_sequence(), payment.reversal_reason}});
    }

    /// Of the events so far: no payment is booked between one and its reversal's entry.
    int last_sequence() const
    {
        return static_cast<int>(std::ranges::count_if(story_, [](Deed const& deed) {
            return std::holds_alternative<ledger::RecordEvent>(deed.command);
        }));
    }

    PlannedLoan const& planned_;
    ledger::LoanNumber number_;
    store::Story story_;
};

} // namespace

store::Stories stories(Facts const& facts, std::size_t count, int years,
                       std::size_t loans_of_a_county, std::uint64_t seed)
{
    Dice dice{seed};
    Date const end{first_year + years, 1, 1};
    store::Stories told{opening(loans_of_a_county), {}};
    for (std::size_t i = 0; i < count; ++i) {
        PlannedLoan loan = loan_within(facts, {first_payout, end}, dice);
        loan.number = named<ledger::LoanNumber>(store::story_loan);
        loan.fund = fund;
        auto const history = payments(facts, loan, dice);
        auto story = Teller{loan}.tell(history.payments, dice.between(1, 6));
        std::erase_if(story, [end](Deed const& deed) { return deed.on >= end; });
        told.lives.push_back(std::move(story));
    }
    return told;
}

std::vector<store::Life> lives(ledger::CountyCode const& county, std::size_t loans,
                               std::size_t stories, std::uint64_t seed)
{
    Dice dice{seed ^ std::stoull(county.text())};
    auto const names = invented_names(dice);
    std::vector<store::Life> lives;
    for (std::size_t i = 0; i < loans; ++i) {
        auto const id = ledger::ResidentId::parse(invented_resident_id(county.text(), i));
        LEDGER_ASSERT(id.has_value());
        lives.push_back({dice.below(stories), dice.one_of(names), *id, dice.below(1'000'000)});
    }
    return lives;
}

} // namespace demo
