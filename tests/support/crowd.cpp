#include "tests/support/crowd.hpp"

#include "store/checkpoints.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace test {

using namespace ledger;

namespace {

constexpr std::size_t batch = 2'000;
constexpr int people = 900; ///< with ids to invent; each takes several loans
constexpr int households = 300;
constexpr int months = 18;

LoanNumber loan(int n)
{
    return loan_number("L" + std::to_string(n));
}

} // namespace

Crowd::Crowd(std::string const& url, int loans)
    : desk{url}
{
    Date const first = on("2015-02-02");
    desk.open(0, first);
    desk.booked(PayIntoFund{id<FundCode>("F1"), Money::yuan(200'000LL * loans), first, "进账单"},
                first);
    for (int n = 1; n <= std::min(people, loans); ++n) add(register_borrower(n), first);
    for (int month = 0; month < months; ++month) {
        Date const day = first.plus_days(30 * month);
        for (int n = 1; n <= loans; ++n) {
            int const age = month - n % months;
            if (age == 0) lend(n, day);
            if (age > 0 && age % 3 == 0)
                add(RecordEvent{loan(n), day, Repaid{Money::yuan(100)}}, day);
        }
        flush();
        store::take_checkpoint(desk.app, fengqing());
    }
    Date const last = on("2016-08-01");
    for (int n = 1; n <= households; ++n) lead(n, last);
    flush();
    desk.booked(OpenBooks{last}, last);
}

void Crowd::lend(int n, Date day)
{
    ProposeLoan proposal = propose(n, day);
    proposal.borrower = id<BorrowerNumber>("B" + std::to_string(n % people + 1));
    Money const principal = proposal.terms.principal;
    add(proposal, day);
    add(RecordEvent{proposal.loan, day, Approved{principal}}, day);
    add(RecordEvent{proposal.loan, day, Disbursed{principal}}, day);
}

void Crowd::lead(int n, Date day)
{
    auto const household = id<HouseholdNumber>("N" + std::to_string(n));
    auto const village = id<UnitCode>(first_village());
    for (HouseholdHappening const& what : {
             HouseholdHappening{HouseholdRegistered{"户主", village, Standing::poor, 4}},
             HouseholdHappening{LeadingClaimed{loan(n), {}, Way::on_trust, 0, {}, false}},
             HouseholdHappening{LeadingVerified{2, "甲", "乙", "村", std::string(64, 'a')}},
         })
        add(RecordHouseholdEvent{household, day, what, "1号", "见文件"}, day);
}

void Crowd::add(Command command, Date day)
{
    waiting_.push_back(desk.envelope(std::move(command), day));
    if (waiting_.size() >= batch) flush();
}

void Crowd::flush()
{
    for (auto const& outcome : store::execute(desk.app, waiting_)) {
        if (auto const* refused = std::get_if<Refused>(&outcome.answer)) {
            INFO(name_of(refused->code) << ' ' << refused->field);
            REQUIRE(outcome.is_booked());
        }
    }
    waiting_.clear();
}

} // namespace test
