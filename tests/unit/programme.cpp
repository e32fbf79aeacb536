// programme.hpp: what the county's dated tables give on a day. The rules in force are in
// journal.cpp.
#include "tests/unit/tables_of_law.hpp"

#include "tests/support/show.hpp"

using namespace ledger;
using namespace ledger::test;

TEST_CASE("A term finds the tier that it belongs to in the table of its day")
{
    struct Row {
        int months;
        Date on;
        char const* rate;
    };
    Programme programme;
    programme.base_rates = base_rates_of_law();
    // 2014-11-22 merged the tiers of up to a year and of one to five years; the LPR has two tiers.
    for (Row const& row : {Row{6, Date{2014, 11, 21}, "5.60"}, Row{7, Date{2014, 11, 21}, "6.00"},
                           Row{12, Date{2014, 11, 21}, "6.00"}, Row{13, Date{2014, 11, 21}, "6.15"},
                           Row{36, Date{2014, 11, 21}, "6.15"}, Row{37, Date{2014, 11, 21}, "6.40"},
                           Row{60, Date{2014, 11, 21}, "6.40"}, Row{61, Date{2014, 11, 21}, "6.55"},
                           Row{6, Date{2014, 11, 22}, "5.60"}, Row{12, Date{2014, 11, 22}, "5.60"},
                           Row{36, Date{2014, 11, 22}, "6.00"}, Row{12, Date{2015, 10, 24}, "4.35"},
                           Row{24, Date{2015, 10, 24}, "4.75"}, Row{61, Date{2015, 10, 24}, "4.90"},
                           Row{12, Date{2019, 8, 19}, "4.35"}, Row{12, Date{2019, 8, 20}, "4.25"},
                           Row{24, Date{2019, 8, 20}, "4.85"}, Row{24, Date{2020, 4, 20}, "4.65"}})
    {
        INFO(row.months << " months on " << row.on);
        auto const rate = programme.base_rate_for(row.months, row.on);
        REQUIRE(rate.has_value());
        CHECK(rate->text() == row.rate);
    }
    CHECK_FALSE(programme.base_rate_for(12, Date{2012, 7, 5}).has_value());
    CHECK(programme.base_rate("lpr_1y", Date{2019, 8, 20})->text() == "4.25");
    CHECK_FALSE(programme.base_rate("lpr_1y", Date{2019, 8, 19}).has_value());
}

TEST_CASE("Days of lateness give a class by the table of the day")
{
    struct Row {
        int days;
        RiskClass practice;
        RiskClass rules_of_2023;
    };
    Programme programme;
    programme.class_floors = class_floors_of_law();
    using enum RiskClass;
    for (Row const& row :
         {Row{0, normal, normal}, Row{1, special_mention, special_mention},
          Row{90, special_mention, special_mention}, Row{91, substandard, substandard},
          Row{180, substandard, substandard}, Row{181, doubtful, substandard},
          Row{270, doubtful, substandard}, Row{271, doubtful, doubtful},
          Row{360, doubtful, doubtful}, Row{361, doubtful, loss}})
    {
        INFO(row.days);
        CHECK(programme.class_floor(row.days, Date{2023, 6, 30}) == row.practice);
        CHECK(programme.class_floor(row.days, Date{2023, 7, 1}) == row.rules_of_2023);
    }
    CHECK(programme.class_floor(400, Date{2006, 12, 31}) == normal);
}

TEST_CASE("Each class has the provision rate of the day, and none before the first table")
{
    Programme programme;
    programme.provision_rates = provision_rates_of_law();
    // 财税〔2015〕3号: nothing on normal loans to agriculture, from a later day.
    programme.provision_rates.push_back({Date{2014, 1, 1}, RiskClass::normal, 0});
    CHECK(programme.provision_rate_ppm(RiskClass::normal, Date{2002, 4, 1}) == 0);
    CHECK(programme.provision_rate_ppm(RiskClass::normal, Date{2013, 12, 31}) == 10'000);
    CHECK(programme.provision_rate_ppm(RiskClass::normal, Date{2014, 1, 1}) == 0);
    CHECK(programme.provision_rate_ppm(RiskClass::doubtful, Date{2014, 1, 1}) == 500'000);
}

TEST_CASE("Rules and schemes are found by version and code, or not at all")
{
    Programme programme;
    programme.rules.resize(2);
    programme.rules[0].version = 1;
    programme.rules[1].version = 2;
    programme.subsidy_schemes = {{"S", "贴息办法", SubsidyPaidTo::lender, {}, 0, {}}};
    CHECK(programme.rules_of_version(2) == &programme.rules[1]);
    CHECK(programme.rules_of_version(3) == nullptr);
    CHECK(programme.subsidy_scheme("S") == &programme.subsidy_schemes[0]);
    CHECK(programme.subsidy_scheme("T") == nullptr);
}
