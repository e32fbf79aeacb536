// Households against the model of seats and against their own laws, on seeded random lives: several
// officers claim, verify, share and end, on the day or late; what cannot be is refused.
#include "tests/property/naive_households.hpp"
#include "tests/property/random_life.hpp"

#include "ledger/working_books.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace ledger;
using ledger::test::Dice;
using ledger::test::lived;
using ledger::test::NaiveHousehold;
using ledger::test::runs;
using ledger::test::seed_of;

namespace {

constexpr Date first_day{2015, 1, 1};
constexpr Date last_day{2016, 3, 1};

template <class Name> Name named(std::string const& text)
{
    return Name::parse(text).value();
}

HouseholdNumber const home = named<HouseholdNumber>("H");

/// A county with three borrowers and a loan each, where suspicions are ignored.
WorkingBooks a_county()
{
    Programme programme;
    ProgrammeRules rules;
    rules.version = 1;
    programme.rules = {rules};
    programme.leading_rules = {{first_day.plus_days(-1), "", false, 7, 12, Ruling::ignore,
                                Ruling::ignore, Ruling::ignore, Ruling::ignore}};
    for (int year = 2014; year <= 2016; ++year) {
        programme.poverty_lines.push_back({year, Money::yuan(1'000), true});
    }
    Books facts;
    facts.county = named<CountyCode>("530921");
    facts.programme = std::make_shared<Programme const>(std::move(programme));
    WorkingBooks books{facts};
    for (char const* village : {"530921206201", "530921206204"}) {
        books.add_village(named<UnitCode>(village));
    }
    for (int n = 1; n <= 3; ++n) {
        Borrower borrower;
        borrower.number = named<BorrowerNumber>("B" + std::to_string(n));
        borrower.household = named<HouseholdNumber>("HB" + std::to_string(n));
        std::string const digits = "5309211900010100" + std::to_string(n);
        borrower.resident_id = ResidentId::parse(digits + resident_id_check_digit(digits)).value();
        Loan loan;
        loan.number = named<LoanNumber>("L" + std::to_string(n));
        loan.borrower = borrower.number;
        loan.proposed_on = first_day;
        loan.rules_version = 1;
        loan.programme = facts.programme;
        books.add(borrower);
        books.add(loan);
    }
    return books;
}

/// Mostly all is well; now and then something is not asked.
Surveyed visit(Dice& dice)
{
    auto const safeguard = [&dice]() -> std::optional<bool> {
        if (dice.one_in(6)) return std::nullopt;
        return !dice.one_in(8);
    };
    return {{{}, 1, safeguard(), safeguard(), safeguard(), {}}};
}

HouseholdHappening anything(Dice& dice, int events)
{
    static constexpr char const* people[] = {"甲", "乙", "丙", "丁"};
    auto const person = [&dice] { return std::string{people[dice.between(0, 3)]}; };
    auto const claim = [&dice, events] { return dice.between(1, std::max(events, 1)); };
    switch (dice.between(0, 15)) {
    case 0: return PersonsCounted{dice.between(1, 9)};
    case 1:
        return StandingRecorded{dice.any_of(
            {Standing::ordinary, Standing::poor, Standing::marginal, Standing::unstable})};
    case 2: return HouseholdMoved{{}, named<UnitCode>("530921206204")};
    case 3:
        return dice.one_in(6) ? HouseholdHappening{HouseholdDissolved{}}
                              : HouseholdHappening{PersonsCounted{3}};
    case 4:
    case 5:
    case 6:
        return LeadingClaimed{named<LoanNumber>("L" + std::to_string(dice.between(1, 3))),
                              {},
                              Way::other,
                              dice.any_of({0, 1, 2'500, 5'000, 7'000, 10'000}),
                              {},
                              false};
    case 7:
    case 8: return LeadingVerified{claim(), "甲", "乙", "村", std::string(64, 'b')};
    case 9: return ClaimWithdrawn{claim()};
    case 10: return SupportEnded{claim()};
    case 11: {
        SharesAgreed agreed;
        int const first = claim();
        agreed.shares.emplace_back(first, dice.between(1, 6'000));
        if (dice.one_in(2)) agreed.shares.emplace_back(claim(), dice.between(1, 6'000));
        return agreed;
    }
    case 12: return BenefitBrought{claim(), Money::yuan(dice.between(1, 999)), {}};
    case 13:
        return dice.one_in(3) ? HouseholdHappening{Relapsed{}} : HouseholdHappening{visit(dice)};
    case 14: return IncomeRecorded{{2015, Money::yuan(dice.between(500, 9'000)), {}, {}, {}}};
    default: return ExitStepTaken{ExitStep::proposed, person(), {}, 0, {}};
    }
}

/// The next steps of an exit come more often than chance would bring them.
HouseholdHappening next_step(Dice& dice, HouseholdState const& state, Date on)
{
    static constexpr char const* people[] = {"甲", "乙", "丙", "丁"};
    ExitStepTaken step;
    step.step = all_exit_steps[std::min<std::size_t>(state.exit.size(), 5)];
    step.person = people[dice.between(0, 3)];
    if (step.step == ExitStep::noticed) step.until = on.plus_days(dice.between(5, 8));
    if (step.step == ExitStep::checked) step.income_year = 2015;
    return step;
}

class Life {
  public:
    explicit Life(std::uint64_t seed)
        : dice{seed}
        , books{a_county()}
    {
        act(HouseholdRegistered{"户主", named<UnitCode>("530921206201"),
                                dice.any_of({Standing::poor, Standing::poor, Standing::ordinary}),
                                dice.between(1, 7)},
            today);
    }

    Household const& household() const { return *books.household(home); }

    void live(int actions)
    {
        for (int n = 0; n < actions; ++n) {
            today = today.plus_days(dice.between(0, 9));
            Date const on = dice.one_in(4) ? today.plus_days(-dice.between(0, 30)) : today;
            if (dice.one_in(9)) {
                int const sequence = dice.between(1, static_cast<int>(household().events.size()));
                static_cast<void>(
                    books.perform(ReverseHouseholdEvent{home, sequence, "冲正"}, today));
            } else if (dice.one_in(3)) {
                act(next_step(dice, fold(household(), on), on), on);
            } else {
                act(anything(dice, static_cast<int>(household().events.size())), on);
            }
        }
    }

    bool act(HouseholdHappening what, Date on)
    {
        auto const effects =
            books.perform(RecordHouseholdEvent{home, on, std::move(what), "文件", "原因"}, today);
        if (effects && effects->entry) {
            for (Posting const& posting : effects->entry->postings()) {
                bool const is_contra = posting.account.code.text() == "9199";
                bool const adds = (posting.side == Side::debit) != is_contra;
                booked[posting.account.code.text() + " " + posting.account.subkey + " " +
                       std::string{code_of(posting.unit)}] +=
                    adds ? posting.minor_units : -posting.minor_units;
            }
        }
        return effects.has_value();
    }

    Dice dice;
    WorkingBooks books;
    Date today = first_day;
    std::map<std::string, std::int64_t> booked; ///< by acts, not by reversals
};

std::map<std::string, std::int64_t> told(Household const& household, Date as_of)
{
    std::map<std::string, std::int64_t> all;
    for (auto const& [where, units] : holdings(fold(household, as_of))) {
        all[where.first.code.text() + " " + where.first.subkey + " " +
            std::string{code_of(where.second)}] = units;
    }
    return all;
}

std::string story_of(Household const& household)
{
    std::string text;
    for (auto const& event : household.events) {
        text += std::to_string(event.sequence) + " " + event.value_on.text() + " " +
                std::string{code_of(event.what)} + "\n";
    }
    return text;
}

/// Claims by what they are and not by the number that the order of entry gave them.
std::vector<std::string> facts_of(HouseholdState const& state)
{
    std::vector<std::string> facts;
    for (Claim const& claim : state.claims) {
        facts.push_back(
            claim.borrower.text() + " " + claim.since.text() + " " + share_text(claim.share) + " " +
            (claim.verified_on ? claim.verified_on->text() : "-") + " " +
            (claim.until ? claim.until->text() : "-") + " " + claim.brought.text() +
            (claim.is_withdrawn ? " withdrawn" : "") + (claim.was_poor() ? " poor" : "") +
            (claim.exited_on ? " out " + claim.exited_on->text() : "") +
            (claim.relapsed_on ? " back " + claim.relapsed_on->text() : ""));
    }
    std::ranges::sort(facts);
    return facts;
}

/// The events in force, day by day in random order of the days; the registration first, and ties
/// on a day in their order of entry.
std::vector<HouseholdEvent const*> by_shuffled_days(Life& life)
{
    std::map<Date, std::vector<HouseholdEvent const*>> by_day;
    std::vector<HouseholdEvent const*> order;
    for (HouseholdEvent const* event : events_in_force(life.household().events, all_days.until)) {
        bool const registers = std::holds_alternative<HouseholdRegistered>(event->what);
        if (registers)
            order.push_back(event);
        else
            by_day[event->value_on].push_back(event);
    }
    std::vector<Date> days;
    for (auto const& [day, events] : by_day) days.push_back(day);
    std::ranges::shuffle(days, life.dice.engine());
    for (Date const day : days) {
        order.insert(order.end(), by_day[day].begin(), by_day[day].end());
    }
    return order;
}

/// The same happening, where claims have other numbers.
HouseholdHappening renumbered(HouseholdHappening what, std::map<int, int> const& number)
{
    std::visit(
        [&number](auto& each) {
            if constexpr (requires { each.claim; }) each.claim = number.at(each.claim);
            if constexpr (requires { each.shares; }) {
                for (auto& [claim, share] : each.shares) claim = number.at(claim);
            }
        },
        what);
    return what;
}

} // namespace

TEST_CASE("What a household holds is where the seats of the slow model sit, on every evening")
{
    for (int run = 0; run < runs(60, 20'000); ++run) {
        Life life{seed_of(run)};
        life.live(life.dice.between(0, 40));
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(life.household()));
        for (int n = 0; n < 3; ++n) {
            Date const evening =
                n == 0 ? last_day.plus_days(60) : first_day.plus_days(life.dice.between(0, 300));
            NaiveHousehold const naive = lived(life.household(), evening);
            CHECK(told(life.household(), evening) == naive.where_everything_sits());
            auto const state = fold(life.household(), evening);
            for (Claim const& claim : state.claims) {
                auto const& seat = naive.claims.at(claim.sequence);
                CHECK(claim.was_poor() == seat.was_poor);
                CHECK(claim.exited_on.has_value() == seat.has_exited);
                CHECK(claim.relapsed_on.has_value() == seat.has_relapsed);
                CHECK(claim.is_in_force() == !seat.is_over);
            }
        }
    }
}

TEST_CASE("The engine takes an event in order exactly where the slow model can")
{
    int taken = 0, refused = 0;
    for (int run = 0; run < runs(60, 5'000); ++run) {
        Life life{seed_of(run)};
        for (int n = 0; n < 25; ++n) {
            life.today = life.today.plus_days(life.dice.between(0, 9));
            auto const what =
                life.dice.one_in(3)
                    ? next_step(life.dice, fold(life.household(), life.today), life.today)
                    : anything(life.dice, static_cast<int>(life.household().events.size()));
            bool const leaves_share_open = std::holds_alternative<LeadingClaimed>(what) &&
                                           std::get<LeadingClaimed>(what).share == 0;
            NaiveHousehold naive = lived(life.household(), life.today);
            HouseholdEvent event{static_cast<int>(life.household().events.size()) + 1,
                                 life.today,
                                 life.today,
                                 what,
                                 {},
                                 {}};
            if (auto* claimed = std::get_if<LeadingClaimed>(&event.what)) {
                claimed->borrower = named<BorrowerNumber>("B" + claimed->loan.text().substr(1));
            }
            INFO("DAIFU_SEED=" << seed_of(run) << "\n"
                               << story_of(life.household()) << code_of(what));
            bool const can = !leaves_share_open && naive.take(event);
            bool const did = life.act(what, life.today);
            if (!leaves_share_open) CHECK(did == can);
            (did ? taken : refused) += 1;
        }
    }
    CHECK(taken > 100);
    CHECK(refused > 100);
}

TEST_CASE("Events entered in any order that the books take end in the same household")
{
    int compared = 0;
    for (int run = 0; run < runs(200, 20'000); ++run) {
        Life life{seed_of(run)};
        life.live(life.dice.between(5, 25));
        auto const order = by_shuffled_days(life);
        WorkingBooks books = a_county();
        std::map<int, int> number;
        bool is_taken = true;
        for (HouseholdEvent const* event : order) {
            HouseholdHappening what = event->what;
            try {
                what = renumbered(what, number);
            } catch (std::out_of_range const&) { // its claim is not entered yet
                is_taken = false;
                break;
            }
            auto const effects = books.perform(
                RecordHouseholdEvent{home, event->value_on, what, "文件", "原因"}, last_day);
            if (!effects) {
                is_taken = false;
                break;
            }
            number[event->sequence] = effects->household_event->sequence;
        }
        if (!is_taken || !books.household(home)) continue; // nothing in force
        ++compared;
        INFO("DAIFU_SEED=" << seed_of(run) << "\n" << story_of(life.household()));
        Household const& other = *books.household(home);
        for (Date const evening : {first_day.plus_days(90), last_day.plus_days(60)}) {
            CHECK(holdings(fold(other, evening)) == holdings(fold(life.household(), evening)));
            CHECK(facts_of(fold(other, evening)) == facts_of(fold(life.household(), evening)));
        }
    }
    CHECK(compared > 10);
}

TEST_CASE("Reversing an event gives the household as if it had never been")
{
    int compared = 0;
    for (int run = 0; run < runs(200, 20'000); ++run) {
        Life life{seed_of(run)};
        life.live(life.dice.between(2, 20));
        Household const before = life.household();
        int const sequence = life.dice.between(1, static_cast<int>(before.events.size()));
        bool const was_out = is_reversed(before.events, sequence);
        if (!life.books.perform(ReverseHouseholdEvent{home, sequence, "冲正"}, last_day)) continue;
        REQUIRE_FALSE(was_out);
        ++compared;
        Household never = before;
        // Out of force by a reversal of its own, which is what "never been" means here.
        never.events.push_back({static_cast<int>(never.events.size()) + 1,
                                before.events[static_cast<std::size_t>(sequence) - 1].value_on,
                                last_day,
                                Reversed{sequence},
                                {},
                                {}});
        NaiveHousehold const naive = lived(never, last_day.plus_days(60));
        CHECK(told(life.household(), last_day.plus_days(60)) == naive.where_everything_sits());
    }
    CHECK(compared > 10);
}
