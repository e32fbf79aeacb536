// The refusal ladders of what happens to a household: each row mends one thing of the row before it
// and meets the next refusal, in the order that record.cpp and admission.cpp document. The last row
// is booked.
#include "tests/unit/household_county.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

using Asked = RecordHouseholdEvent;
using Rungs = std::vector<Rung<Asked>>;

template <class What> What& as(Asked& asked)
{
    return std::get<What>(asked.what);
}

std::vector<Asked> registered()
{
    return {happens(Date{2016, 1, 1}, a_poor_household())};
}

std::vector<Asked> claimed()
{
    auto history = registered();
    history.push_back(happens(Date{2016, 1, 20}, claim_under(loan_number)));
    return history;
}

std::vector<Asked> verified()
{
    auto history = claimed();
    history.push_back(happens(Date{2016, 1, 25}, verification_of(2)));
    return history;
}

/// Registered, with an income of 2,855.00 a head and all safeguards, up to the end of the notice.
std::vector<Asked> noticed()
{
    auto history = registered();
    history.push_back(
        happens(Date{2016, 1, 2}, IncomeRecorded{{2015, Money::yuan(11'420), {}, {}, {}}}));
    history.push_back(happens(Date{2016, 1, 2}, Surveyed{{{}, 2, true, true, true, "丙"}}));
    history.push_back(happens(Date{2016, 1, 3}, step(ExitStep::proposed, "丁")));
    history.push_back(happens(Date{2016, 1, 4}, step(ExitStep::reviewed, "戊")));
    history.push_back(happens(Date{2016, 1, 5}, step(ExitStep::signed_off, "李某")));
    history.push_back(happens(Date{2016, 1, 6}, step(ExitStep::noticed, "丁", Date{2016, 1, 12})));
    return history;
}

ExitStepTaken checked_by(char const* person, int year = 2015)
{
    ExitStepTaken taken = step(ExitStep::checked, person);
    taken.income_year = year;
    return taken;
}

} // namespace

TEST_CASE("A registration is refused for its day, head, persons, village, its days, and a second")
{
    WorkingBooks books = county_with({});
    Asked asked = happens(Date{2016, 3, 2}, HouseholdRegistered{"", {}, Standing::poor, 0});
    asked.what = HouseholdRegistered{"", named<UnitCode>("530921206299"), Standing::poor, 0};
    climb<Asked>(
        std::move(books), asked,
        {{"date_in_future value_on 2016-03-01",
          [](auto&, auto& a) { a.value_on = Date{2016, 1, 1}; }},
         {"text_missing head", [](auto&, auto& a) { as<HouseholdRegistered>(a).head = "李某"; }},
         {"number_malformed persons 1 – 99",
          [](auto&, auto& a) { as<HouseholdRegistered>(a).persons = 100; }},
         {"number_malformed persons 1 – 99",
          [](auto&, auto& a) { as<HouseholdRegistered>(a).persons = 99; }},
         {"village_not_found village",
          [](auto& now, auto& a) {
              now.add_village(named<UnitCode>("530921206299"),
                              {Date{2016, 1, 2}, Date{2016, 3, 1}});
              as<HouseholdRegistered>(a).village = named<UnitCode>("530921206299");
          }},
         {"village_not_there_then village 2016-01-02 – 2016-02-29",
          [](auto& now, auto& a) {
              as<HouseholdRegistered>(a).village = village;
              REQUIRE(now.perform(registered().front(), today).has_value());
          }},
         {"household_already_registered household 2016-01-01",
          [](auto&, auto& a) { a.household = named<HouseholdNumber>("H2"); }}});
}

TEST_CASE("Nothing happens to a household before it is registered or after it is dissolved")
{
    climb<Asked>(
        county_with({}), happens(Date{2015, 12, 31}, PersonsCounted{5}),
        {{"household_not_found household",
          [](auto& now, auto&) { REQUIRE(now.perform(registered().front(), today).has_value()); }},
         {"date_before_registration value_on 2016-01-01",
          [](auto&, auto& a) { a.value_on = Date{2016, 1, 1}; }}});
    auto history = registered();
    history.push_back(happens(Date{2016, 2, 1}, HouseholdDissolved{}));
    CHECK(outcome_of(county_with(history), happens(Date{2016, 2, 2}, PersonsCounted{5})) ==
          "household_dissolved household 2016-02-01");
    CHECK(outcome_of(county_with(history), happens(Date{2016, 1, 31}, PersonsCounted{5})) ==
          "booked");
}

TEST_CASE("Moves, counts and standings are refused for what they lack and where nothing changes")
{
    struct Row {
        HouseholdHappening what;
        char const* outcome;
    };
    for (auto const& row : {
             Row{HouseholdMoved{}, "text_missing head"},
             Row{HouseholdMoved{"", named<UnitCode>("530921999999")}, "village_not_found village"},
             Row{HouseholdMoved{"张某", {}}, "booked"},
             Row{PersonsCounted{0}, "number_malformed persons 1 – 99"},
             Row{PersonsCounted{1}, "booked"},
             Row{StandingRecorded{Standing::exited}, "standing_needs_procedure standing"},
             Row{StandingRecorded{Standing::relapsed}, "standing_needs_procedure standing"},
             Row{StandingRecorded{Standing::poor}, "standing_unchanged standing poor"},
             Row{StandingRecorded{Standing::marginal}, "booked"},
             Row{Relapsed{}, "household_not_exited household poor"},
             Row{IncomeRecorded{{2015, {}, Money::yuan(-100), {}, {}}}, "booked"},
             Row{Surveyed{}, "survey_empty has_safe_housing"},
             Row{Surveyed{{{}, 2, {}, {}, {}, {}}}, "booked"},
         })
    {
        INFO(code_of(row.what));
        CHECK(outcome_of(county_with(registered()), happens(Date{2016, 1, 5}, row.what)) ==
              row.outcome);
    }
    auto without_papers = happens(Date{2016, 1, 5}, StandingRecorded{Standing::marginal});
    without_papers.document.clear();
    CHECK(outcome_of(county_with(registered()), without_papers) == "text_missing document");
    HouseholdRegistered out = a_poor_household();
    out.standing = Standing::exited;
    CHECK(outcome_of(county_with({happens(Date{2016, 1, 1}, out)}),
                     happens(Date{2016, 1, 5}, StandingRecorded{Standing::poor})) ==
          "standing_needs_procedure standing");
}

TEST_CASE("A claim meets its refusals in the documented order")
{
    WorkingBooks books = county_with(registered());
    Asked asked = happens(Date{2016, 1, 5}, claim_under(named<LoanNumber>("L9"), -1));
    as<LeadingClaimed>(asked).promised = Money::fen(-1);
    climb<Asked>(
        std::move(books), asked,
        {{"amount_must_be_positive promised",
          [](auto&, auto& a) { as<LeadingClaimed>(a).promised = {}; }},
         {"share_malformed share", [](auto&, auto& a) { as<LeadingClaimed>(a).share = 10'001; }},
         {"share_malformed share", [](auto&, auto& a) { as<LeadingClaimed>(a).share = 6'000; }},
         {"loan_not_found loan", [](auto&, auto& a) { as<LeadingClaimed>(a).loan = loan_number; }},
         {"date_before_proposal value_on 2016-01-10",
          [](auto& now, auto& a) {
              a.value_on = Date{2016, 1, 20};
              Borrower own = *now.borrower(borrower_number);
              own.household = household_number;
              now.add(own);
          }},
         {"household_is_borrowers_own household",
          [](auto& now, auto&) {
              Borrower other = *now.borrower(borrower_number);
              other.household = named<HouseholdNumber>("HB");
              now.add(other);
              REQUIRE(
                  now.perform(happens(Date{2016, 1, 20}, claim_under(loan_number, 5'000)), today)
                      .has_value());
          }},
         {"borrower_already_leads loan 2",
          [](auto&, auto& a) { as<LeadingClaimed>(a).loan = second_loan; }},
         {"shares_above_one share 0.5000",
          [](auto&, auto& a) { as<LeadingClaimed>(a).share = 5'000; }}});
}

TEST_CASE("A claim under a loan whose approval was withdrawn is refused")
{
    WorkingBooks books = county_with(registered());
    for (int const sequence : {2, 1}) {
        REQUIRE(books.perform(Reverse{loan_number, sequence, "撤销"}, today).has_value());
    }
    CHECK(outcome_of(books, happens(Date{2016, 1, 20}, claim_under(loan_number))) ==
          "loan_withdrawn loan");
}

TEST_CASE("A claim under a loan whose approval lapsed is refused")
{
    WorkingBooks books = county_with(registered());
    REQUIRE(books.perform(Reverse{loan_number, 2, "撤销"}, today).has_value());
    Loan loan = *books.loan(loan_number);
    Programme ruled = *loan.programme;
    ruled.rules.front().approval_valid_days = 30;
    loan.programme = std::make_shared<Programme const>(std::move(ruled));
    loan.walked.reset();
    loan.milestones.clear();
    books.add(std::move(loan));
    REQUIRE(books.perform(event(today, ApprovalExpired{}), today).has_value());
    CHECK(outcome_of(books, happens(Date{2016, 1, 20}, claim_under(loan_number))) ==
          "loan_withdrawn loan");
}

TEST_CASE("A household has at most ten claims in force")
{
    WorkingBooks books = county_with(registered());
    for (int n = 0; n < claims_limit; ++n) {
        Borrower borrower = *books.borrower(borrower_number);
        borrower.number = named<BorrowerNumber>(("C" + std::to_string(n)).c_str());
        Loan loan = *books.loan(loan_number);
        loan.number = named<LoanNumber>(("M" + std::to_string(n)).c_str());
        loan.borrower = borrower.number;
        books.add(borrower);
        books.add(loan);
        REQUIRE(books.perform(happens(Date{2016, 1, 20}, claim_under(loan.number, 100)), today)
                    .has_value());
    }
    CHECK(outcome_of(books, happens(Date{2016, 1, 20}, claim_under(loan_number))) ==
          "too_many_claims 10");
}

TEST_CASE("A verification wants two persons, a place, evidence, and a claim that stands")
{
    Asked asked = happens(Date{2016, 1, 19}, LeadingVerified{3, "", "", "", "xyz"});
    climb<Asked>(
        county_with(claimed()), asked,
        {{"text_missing officer", [](auto&, auto& a) { as<LeadingVerified>(a).officer = "甲"; }},
         {"text_missing witness", [](auto&, auto& a) { as<LeadingVerified>(a).witness = "甲"; }},
         {"text_missing place", [](auto&, auto& a) { as<LeadingVerified>(a).place = "村委会"; }},
         {"digest_malformed evidence",
          [](auto&, auto& a) { as<LeadingVerified>(a).evidence.clear(); }},
         {"text_missing evidence",
          [](auto&, auto& a) { as<LeadingVerified>(a).evidence = some_digest; }},
         {"same_person_twice witness verified",
          [](auto&, auto& a) { as<LeadingVerified>(a).witness = "乙"; }},
         {"claim_not_found claim", [](auto&, auto& a) { as<LeadingVerified>(a).claim = 2; }},
         {"date_too_early value_on 2016-01-20",
          [](auto& now, auto& a) {
              a.value_on = Date{2016, 1, 26};
              REQUIRE(
                  now.perform(happens(Date{2016, 1, 25}, verification_of(2)), today).has_value());
          }},
         {"claim_already_verified claim 2016-01-25",
          [](auto& now, auto&) {
              now = county_with(claimed());
              REQUIRE(
                  now.perform(happens(Date{2016, 1, 25}, ClaimWithdrawn{2}), today).has_value());
          }},
         {"claim_over claim 2016-01-25", [](auto& now, auto&) { now = county_with(claimed()); }}});
}

TEST_CASE("Withdrawing, ending, benefits and shares are refused where the claim does not bear them")
{
    struct Row {
        std::vector<Asked> history;
        HouseholdHappening what;
        char const* outcome;
    };
    auto ended = verified();
    ended.push_back(happens(Date{2016, 2, 1}, SupportEnded{2}));
    auto withdrawn = verified();
    withdrawn.push_back(happens(Date{2016, 2, 1}, ClaimWithdrawn{2}));
    auto shared = registered();
    shared.push_back(happens(Date{2016, 1, 20}, claim_under(loan_number, 5'000)));
    shared.push_back(happens(Date{2016, 1, 20}, claim_under(second_loan, 5'000)));
    for (auto const& row : {
             Row{claimed(), SupportEnded{1}, "claim_not_found claim"},
             Row{claimed(), SupportEnded{2}, "claim_not_verified claim"},
             Row{verified(), SupportEnded{2}, "booked"},
             Row{ended, SupportEnded{2}, "claim_over claim 2016-02-01"},
             Row{ended, ClaimWithdrawn{2}, "claim_over claim 2016-02-01"},
             Row{verified(), ClaimWithdrawn{2}, "booked"},
             Row{claimed(), BenefitBrought{2, {}, {}}, "amount_must_be_positive amount"},
             Row{claimed(), BenefitBrought{2, Money::fen(1), "?"}, "digest_malformed evidence"},
             Row{claimed(), BenefitBrought{7, Money::fen(1), {}}, "claim_not_found claim"},
             Row{ended, BenefitBrought{2, Money::fen(1), {}}, "booked"},
             Row{withdrawn, BenefitBrought{2, Money::fen(1), {}}, "claim_over claim 2016-02-01"},
             Row{claimed(), SharesAgreed{{{2, 0}}}, "share_malformed shares"},
             Row{claimed(), SharesAgreed{{{3, 100}}}, "shares_incomplete shares 2"},
             Row{shared, SharesAgreed{{{2, 100}}}, "shares_incomplete shares 2, 3"},
             Row{shared, SharesAgreed{{{2, 100}, {2, 100}}}, "shares_incomplete shares 2, 3"},
             Row{shared, SharesAgreed{{{3, 5'001}, {2, 5'000}}}, "shares_above_one shares 1.0000"},
             Row{shared, SharesAgreed{{{3, 7'000}, {2, 3'000}}}, "booked"},
             Row{shared, HouseholdDissolved{}, "household_still_led household 2, 3"},
             Row{ended, HouseholdDissolved{}, "booked"},
         })
    {
        INFO(code_of(row.what));
        CHECK(outcome_of(county_with(row.history), happens(Date{2016, 2, 10}, row.what)) ==
              row.outcome);
    }
}

TEST_CASE("The steps of an exit are taken in order, by the right persons, in their time")
{
    struct Row {
        ExitStepTaken step;
        Date on;
        char const* outcome;
    };
    for (auto const& row : {
             Row{step(ExitStep::noticed, "丁"), {2016, 1, 20}, "field_missing until"},
             Row{step(ExitStep::checked, ""), {2016, 1, 20}, "text_missing person"},
             Row{step(ExitStep::approved, "庚"),
                 {2016, 1, 20},
                 "exit_step_out_of_order step checked"},
             Row{step(ExitStep::reviewed, "戊"),
                 {2016, 1, 20},
                 "exit_step_out_of_order step checked"},
             Row{checked_by("己"), {2016, 1, 12}, "notice_not_over value_on 2016-01-12"},
             Row{checked_by("丁"), {2016, 1, 13}, "same_person_twice person proposed"},
             Row{checked_by("己", 2014), {2016, 1, 13}, "income_not_recorded income_year 2014"},
             Row{checked_by("己"), {2016, 1, 13}, "booked"},
             Row{step(ExitStep::proposed, "丁"), {2016, 1, 13}, "booked"}, // begins anew
         })
    {
        INFO(row.on.text() << " " << row.step.person);
        CHECK(outcome_of(county_with(noticed()), happens(row.on, row.step)) == row.outcome);
    }
    auto almost = noticed();
    almost.push_back(happens(Date{2016, 1, 13}, checked_by("己")));
    CHECK(outcome_of(county_with(almost),
                     happens(Date{2016, 1, 14}, step(ExitStep::approved, "己"))) ==
          "same_person_twice person checked");
    CHECK(outcome_of(county_with(almost),
                     happens(Date{2016, 1, 14}, step(ExitStep::approved, "丁"))) ==
          "same_person_twice person proposed");
    almost.push_back(happens(Date{2016, 1, 14}, step(ExitStep::approved, "庚")));
    CHECK(outcome_of(county_with(almost),
                     happens(Date{2016, 1, 15}, step(ExitStep::proposed, "丁"))) ==
          "household_not_poor step exited");
    CHECK(outcome_of(county_with(almost), happens(Date{2016, 1, 15}, Relapsed{})) == "booked");
}

TEST_CASE("A notice of six days is too short, of seven it is not: its first and last day count")
{
    auto history = noticed();
    history.pop_back();
    for (auto const& [until, outcome] : {std::pair{Date{2016, 1, 11}, "notice_too_short until 7"},
                                         std::pair{Date{2016, 1, 12}, "booked"}})
    {
        CHECK(outcome_of(county_with(history),
                         happens(Date{2016, 1, 6}, step(ExitStep::noticed, "丁", until))) ==
              outcome);
    }
}

TEST_CASE(
    "A household leaves poverty at the line of the year, not a fen below, with every safeguard")
{
    struct Row {
        std::int64_t fen; ///< of four persons
        Survey survey;
        int year;
        char const* outcome;
    };
    Survey const safe{{}, 2, true, true, true, {}};
    for (auto const& row : {
             Row{1'142'000, safe, 2015, "booked"},
             Row{1'141'999, safe, 2015, "income_below_line income_year 2855.00"},
             Row{1'142'000, safe, 2016, "income_below_line income_year 2952.00"},
             Row{1'142'000, safe, 2014, "no_poverty_line income_year 2014"},
             Row{1'142'000,
                 {{}, 2, false, true, false, {}},
                 2015,
                 "safeguard_missing step safe_housing, medical_care"},
             Row{1'142'000,
                 {{}, 2, true, false, true, {}},
                 2015,
                 "safeguard_missing step schooling"},
         })
    {
        auto history = noticed();
        history[1] =
            happens(Date{2016, 1, 2}, IncomeRecorded{{row.year, Money::fen(row.fen), {}, {}, {}}});
        history[2] = happens(Date{2016, 1, 2}, Surveyed{row.survey});
        CHECK(outcome_of(county_with(history),
                         happens(Date{2016, 1, 13}, checked_by("己", row.year))) == row.outcome);
    }
}

TEST_CASE("Where no rule of leading is in force nobody is led and nothing is put up")
{
    WorkingBooks books{books_of(programme_of(wide_rules()))};
    books.add_village(village);
    for (std::size_t n = 0; n < 6; ++n) {
        REQUIRE(books.perform(noticed()[n], today).has_value());
    }
    CHECK(outcome_of(books, noticed()[6]) == "no_rule_in_force value_on");
}

TEST_CASE("Suspicious claims are ignored, warned of or refused, as the rules say")
{
    auto registered_now = registered(); // entered on 2016-03-01, led since 2016-01-20
    HouseholdRegistered out = a_poor_household();
    out.standing = Standing::exited;
    auto relative = claim_under(loan_number);
    relative.is_relative = true;
    struct Row {
        std::vector<Asked> history;
        Date on;
        LeadingClaimed claim;
        char const* suspicion;
    };
    auto led = registered();
    led.push_back(happens(Date{2016, 1, 25}, claim_under(second_loan, 4'000)));
    for (auto const& row : {
             Row{registered(), Date{2016, 3, 1}, relative, "household_is_relatives household"},
             Row{{happens(Date{2016, 1, 1}, out)},
                 Date{2016, 3, 1},
                 claim_under(loan_number),
                 "household_exited_before household"},
             Row{led, Date{2016, 3, 1}, claim_under(loan_number),
                 "household_led_by_another household B2"},
             Row{registered(), Date{2016, 1, 20}, claim_under(loan_number),
                 "household_registered_later household 2016-03-01"},
         })
    {
        INFO(row.suspicion);
        Asked const asked = happens(row.on, row.claim);
        CHECK(outcome_of(county_with(row.history, Ruling::ignore), asked) == "booked");
        CHECK(outcome_of(county_with(row.history, Ruling::ignore), asked) == "booked");
        auto ignored = county_with(row.history, Ruling::ignore).perform(asked, today);
        CHECK(ignored->warnings.empty());
        auto warned = county_with(row.history, Ruling::warn).perform(asked, today);
        REQUIRE(warned.has_value());
        REQUIRE(warned->warnings.size() == 1);
        Refused const& warning = warned->warnings.front();
        std::string text = std::string{name_of(warning.code)} + " " + warning.field;
        if (!warning.limit.empty()) text += " " + warning.limit;
        CHECK(text == row.suspicion);
        if (row.history.size() == 1) {
            CHECK(outcome_of(county_with(row.history, Ruling::refuse), asked) == row.suspicion);
        }
    }
}

TEST_CASE("A reversal is refused for its reason, household, event, and what depends on it")
{
    climb<ReverseHouseholdEvent>(
        county_with({}), {household_number, 9, ""},
        {{"text_missing reason", [](auto&, auto& a) { a.reason = "录错"; }},
         {"household_not_found household", [](auto& now, auto&) { now = county_with(verified()); }},
         {"event_not_found sequence", [](auto&, auto& a) { a.sequence = 1; }},
         {"later_events_depend_on_it sequence 2, 3", [](auto&, auto& a) { a.sequence = 2; }},
         {"later_events_depend_on_it sequence 3",
          [](auto& now, auto& a) {
              a.sequence = 3;
              REQUIRE(now.perform(a, today).has_value());
          }},
         {"event_already_reversed sequence", [](auto&, auto& a) { a.sequence = 4; }},
         {"event_cannot_be_reversed sequence", [](auto&, auto& a) { a.sequence = 2; }}});
}

TEST_CASE("What is entered late is refused where later events could not have happened")
{
    // B2 took all of the household on 2016-02-01; half of it for B since 2016-01-20 cannot be.
    auto history = registered();
    history.push_back(happens(Date{2016, 2, 1}, claim_under(second_loan, 10'000)));
    CHECK(outcome_of(county_with(history),
                     happens(Date{2016, 1, 20}, claim_under(loan_number, 5'000))) ==
          "later_events_depend_on_it value_on 2");
}

TEST_CASE("A household takes five hundred events and no more")
{
    WorkingBooks books = county_with(registered());
    for (int n = 1; n < events_per_household_limit; ++n) {
        REQUIRE(
            books.perform(happens(Date{2016, 1, 2}, PersonsCounted{1 + n % 2}), today).has_value());
    }
    CHECK(outcome_of(books, happens(Date{2016, 1, 2}, PersonsCounted{3})) ==
          "too_many_household_events 500");
}

TEST_CASE("A proposal over a half-done exit, and a file that shows two households, are warned of")
{
    auto const warnings_of = [](WorkingBooks books, Asked const& asked) {
        std::string text;
        auto const done = books.perform(asked, today);
        REQUIRE(done.has_value());
        for (Refused const& warning : done->warnings)
            text += std::string{name_of(warning.code)} + " " + warning.field + " " + warning.limit;
        return text;
    };
    Asked const again = happens(Date{2016, 1, 20}, step(ExitStep::proposed, "丁"));
    CHECK(warnings_of(county_with(noticed()), again) == "exit_begun_anew step noticed");
    CHECK(warnings_of(county_with(registered()), again).empty());
    WorkingBooks books = county_with(claimed());
    auto const what = verification_of(2);
    books.add_shown(what.evidence, named<HouseholdNumber>("N9"));
    CHECK(warnings_of(books, happens(Date{2016, 1, 25}, what)) ==
          "evidence_shows_others evidence N9");
}
