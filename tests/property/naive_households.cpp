// Seats, one by one.
#include "tests/property/naive_households.hpp"

#include <algorithm>
#include <set>

namespace ledger::test {

namespace {

constexpr int poor = 2, exited = 3, unstable = 4, relapsed = 7;

struct Life {
    NaiveHousehold& h;
    HouseholdEvent const& event;

    bool is_open(int claim) const { return h.claims.contains(claim) && !h.claims[claim].is_over; }
    void free_seats_of(int claim) const { std::ranges::replace(h.seats, claim, 0); }
    int free_seats() const { return static_cast<int>(std::ranges::count(h.seats, 0)); }
    void sit(int claim, int seats) const
    {
        for (int& seat : h.seats) {
            if (seats > 0 && seat == 0) {
                seat = claim;
                --seats;
            }
        }
    }
    bool end(int claim) const
    {
        if (!is_open(claim)) return false;
        free_seats_of(claim);
        h.claims[claim].is_over = true;
        return true;
    }

    bool operator()(HouseholdRegistered const& what) const
    {
        if (h.is_there) return false;
        h.is_there = true;
        h.village = what.village.text();
        h.standing = static_cast<int>(what.standing);
        h.persons = what.persons;
        h.seats.assign(10'000, 0);
        return true;
    }
    bool operator()(HouseholdMoved const& what) const
    {
        if (!what.village.is_empty()) h.village = what.village.text();
        return true;
    }
    bool operator()(PersonsCounted const& what) const
    {
        h.persons = what.persons;
        return true;
    }
    bool operator()(StandingRecorded const& what) const
    {
        int const to = static_cast<int>(what.standing);
        bool const was_out = h.standing == exited || h.standing == unstable;
        if (to == exited || to == relapsed || to == h.standing || (was_out && to == poor)) {
            return false;
        }
        h.standing = to;
        h.step = 0;
        return true;
    }
    bool operator()(HouseholdDissolved const&) const
    {
        if (free_seats() < 10'000) return false;
        h.is_gone = true;
        return true;
    }
    bool operator()(LeadingClaimed const& what) const
    {
        std::set<int> sitting{h.seats.begin(), h.seats.end()};
        sitting.erase(0);
        for (int const claim : sitting) {
            if (h.claims[claim].borrower == what.borrower.text()) return false;
        }
        if (sitting.size() >= 10 || free_seats() < what.share || what.share < 1) return false;
        bool const was_poor = h.standing == poor || h.standing == relapsed;
        h.claims[event.sequence] = {
            what.borrower.text(), event.value_on, false, false, false, was_poor, false, false};
        sit(event.sequence, what.share);
        return true;
    }
    bool operator()(LeadingVerified const& what) const
    {
        if (!is_open(what.claim) || h.claims[what.claim].is_verified) return false;
        return h.claims[what.claim].is_verified = true;
    }
    bool operator()(ClaimWithdrawn const& what) const
    {
        if (!end(what.claim)) return false;
        return h.claims[what.claim].is_withdrawn = true;
    }
    bool operator()(SupportEnded const& what) const
    {
        return is_open(what.claim) && h.claims[what.claim].is_verified && end(what.claim);
    }
    bool operator()(SharesAgreed const& what) const
    {
        std::multiset<int> named;
        std::set<int> open;
        int sum = 0;
        for (auto const& [claim, share] : what.shares) {
            named.insert(claim);
            sum += share;
        }
        for (auto const& [claim, its] : h.claims) {
            if (!its.is_over) open.insert(claim);
        }
        bool const is_each_once = std::ranges::equal(named, open);
        if (!is_each_once || sum > 10'000) return false;
        std::ranges::fill(h.seats, 0);
        for (auto const& [claim, share] : what.shares) sit(claim, share);
        return true;
    }
    bool operator()(BenefitBrought const& what) const
    {
        return h.claims.contains(what.claim) && !h.claims[what.claim].is_withdrawn;
    }
    bool operator()(ExitStepTaken const& what) const
    {
        if (h.standing != poor && h.standing != relapsed) return false;
        int const wanted = static_cast<int>(what.step);
        if (wanted != 1 && wanted != h.step + 1) return false;
        if (wanted == 1) h.proposer = what.person;
        if (wanted == 4) {
            if (*what.until - event.value_on < 6) return false;
            h.notice_until = *what.until;
        }
        if (wanted == 5 && !check(what)) return false;
        if (wanted == 6) {
            if (what.person == h.proposer || what.person == h.checker) return false;
            leave_poverty();
        }
        h.step = wanted;
        return true;
    }
    bool operator()(Relapsed const&) const
    {
        if (h.standing != exited && h.standing != unstable) return false;
        h.standing = relapsed;
        h.step = 0;
        for (auto& [number, claim] : h.claims) claim.has_relapsed |= claim.has_exited;
        return true;
    }
    bool operator()(IncomeRecorded const& what) const
    {
        h.income_of[what.income.year] = what.income.total();
        return true;
    }
    bool operator()(Surveyed const& what) const
    {
        auto const hear = [](std::optional<bool> const& said, bool& of) {
            if (said.has_value()) of = said.value();
        };
        hear(what.survey.has_safe_housing, h.is_housed);
        hear(what.survey.has_schooling, h.is_schooled);
        hear(what.survey.has_medical_care, h.is_cared_for);
        return true;
    }
    bool operator()(Reversed const&) const { return false; }

  private:
    bool check(ExitStepTaken const& what) const
    {
        if (event.value_on <= h.notice_until || what.person == h.proposer) return false;
        auto const income = h.income_of.find(what.income_year);
        if (income == h.income_of.end() || !(h.is_housed && h.is_schooled && h.is_cared_for))
            return false;
        h.checker = what.person;
        return income->second.fen() / h.persons >= 100'000;
    }
    void leave_poverty() const
    {
        h.standing = exited;
        for (auto& [number, claim] : h.claims) {
            if (claim.is_withdrawn || claim.since >= event.value_on) continue;
            claim.has_exited = true;
            claim.has_relapsed = false;
        }
    }
};

} // namespace

bool NaiveHousehold::take(HouseholdEvent const& event)
{
    bool const registers = std::holds_alternative<HouseholdRegistered>(event.what);
    if (is_gone || is_there == registers) return false;
    NaiveHousehold tried = *this;
    if (!std::visit(Life{tried, event}, event.what)) return false;
    *this = std::move(tried);
    return true;
}

std::map<std::string, std::int64_t> NaiveHousehold::where_everything_sits() const
{
    std::map<std::string, std::int64_t> sitting;
    if (!is_there || is_gone) return sitting;
    for (int const seat : seats) {
        std::string where = "9101." + std::string{"0"} + std::to_string(standing) + " " + village;
        if (seat != 0) {
            auto const& claim = claims.at(seat);
            where = std::string{claim.is_verified ? "9103.0" : "9102.0"} +
                    std::to_string(standing) + " " + claim.borrower;
        }
        sitting[where + " HOUSEHOLD"] += 1;
        sitting[where + " PERSON"] += persons;
        sitting["9199  HOUSEHOLD"] += 1;
        sitting["9199  PERSON"] += persons;
    }
    return sitting;
}

NaiveHousehold lived(Household const& household, Date as_of)
{
    std::set<int> out;
    for (auto const& event : household.events) {
        if (auto const* reversed = std::get_if<Reversed>(&event.what)) {
            out.insert(reversed->sequence);
            out.insert(event.sequence);
        }
    }
    NaiveHousehold naive;
    for (Date day{2015, 1, 1}; day <= as_of; day = day.plus_days(1)) {
        for (auto const& event : household.events) {
            if (event.value_on != day || out.contains(event.sequence)) continue;
            bool const happened = naive.take(event);
            LEDGER_ASSERT(happened);
        }
    }
    return naive;
}

} // namespace ledger::test
