// Every code that a Chinese reader may meet in a sentence has a word.
#include "ledger/words.hpp"
#include "ledger/household.hpp"
#include "ledger/loan.hpp"

#include <catch2/catch.hpp>

using namespace ledger;

TEST_CASE("Every enumerator of a vocabulary has a word, and a code without one is shown as it is")
{
    auto const has_word = [](std::string_view vocabulary, std::string_view code) {
        INFO(vocabulary << " " << code);
        CHECK(chinese_word(vocabulary, code) != code);
    };
    for (Standing const each : all_standings) has_word("standing", code_of(each));
    for (ExitStep const each : all_exit_steps) has_word("exit_step", code_of(each));
    for (RiskClass const each : all_risk_classes) has_word("risk_class", code_of(each));
    for (int n = 1; n <= static_cast<int>(LoanStatus::written_off); ++n) {
        has_word("loan_status", code_of(static_cast<LoanStatus>(n)));
    }
    for (int n = 1; n <= static_cast<int>(Way::other); ++n) {
        has_word("way", code_of(static_cast<Way>(n)));
    }
    CHECK(chinese_word("standing", "rich") == "rich");
    CHECK(chinese_word("colour", "poor") == "poor");
}

TEST_CASE("A Chinese sentence says the word and an English one the code")
{
    struct Row {
        Refused refused;
        char const* zh;
        char const* en;
    };
    for (auto const& row : {
             Row{{Refusal::loan_not_disbursed, "loan", "approved"},
                 "这笔贷款还没有放款，现为已批未放",
                 "The loan has not been disbursed: it is approved"},
             Row{{Refusal::exit_step_out_of_order, "step", "approved"},
                 "退出要按顺序办，下一步是县级审定",
                 "The steps of an exit are taken in order: the next is approved"},
             Row{{Refusal::safeguard_missing, "step", "safe_housing, medical_care"},
                 "三保障没有全部落实：缺住房安全、基本医疗",
                 "Not all safeguards are in place: safe_housing, medical_care"},
         })
    {
        CHECK(chinese(row.refused) == row.zh);
        CHECK(english(row.refused) == row.en);
    }
}
