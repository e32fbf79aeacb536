// The published figures and what each of them means. sql/views computes them under the same codes;
// a report prints these names and never words of its own.
#include "ledger/indicator.hpp"

#include <algorithm>
#include <array>

namespace ledger {

namespace {

constexpr auto indicators = std::to_array<Indicator>({
    {"lent", "发放金额", "Lent", CountingUnit::fen, "元",
     "期内放款金额合计，已冲正的放款不计；不给起始日期即为累计发放。",
     "Sum of the disbursements with a value date in the period, reversed ones left out; without a "
     "first day it is everything ever lent.",
     1, Report::portfolio, true},
    {"borrowers", "贷款党员", "Borrowers", CountingUnit::borrower, "名",
     "期内有放款的借款人，每人只计一次，不论笔数。",
     "Borrowers with a disbursement in the period, each counted once however many loans."},
    {"households", "贷款党员户", "Borrowing households", CountingUnit::household, "户",
     "期内有放款的借款人所在的户，每户只计一次，不论人数和笔数。",
     "Households of the borrowers with a disbursement in the period, each counted once."},
    {"loans", "贷款笔数", "Loans", CountingUnit::loan, "笔",
     "期内有放款的贷款笔数；一笔贷款分次放款只计一笔。",
     "Loans with a disbursement in the period; a loan paid out in parts counts once.", 1,
     Report::portfolio, true},
    {"repaid", "收回本金", "Principal repaid", CountingUnit::fen, "元",
     "期内还款中用于归还本金的金额，多还款不计。",
     "The part of the period's repayments that settled principal; overpayments are left out."},
    {"interest_received", "收回利息", "Interest received", CountingUnit::fen, "元",
     "期内还款中用于归还利息、罚息和复利的金额；已计提未收到的不计。",
     "The part of the period's repayments that settled interest, penalty and compound interest; "
     "what is accrued and not received is left out.",
     2, Report::portfolio, true},
    {"outstanding", "贷款余额", "Outstanding principal", CountingUnit::fen, "元",
     "期末未归还的本金，正常与逾期合计；不含利息。",
     "Principal not repaid at the end of the period, normal and overdue together; no interest.", 1,
     Report::portfolio, true},
    {"overdue", "逾期本金", "Overdue principal", CountingUnit::fen, "元",
     "期末已到期未归还的本金，自到期日次日起计；未到期部分不计。",
     "Principal fallen due and unpaid at the end of the period, from the day after its due date; "
     "principal not yet due is left out.",
     1, Report::portfolio, true},
    {"par1", "风险贷款余额（有逾期）", "Portfolio at risk", CountingUnit::fen, "元",
     "期末有任何一期本金或利息拖欠（哪怕一天）的贷款的全部未还本金，而不只是逾期的部分。",
     "The whole outstanding principal of loans with any instalment late at the end of the period, "
     "be it by a day; not only the part that is late.",
     1, Report::portfolio, true},
    {"par30", "风险贷款余额（逾期超过30天）", "Portfolio at risk over 30 days", CountingUnit::fen,
     "元", "期末有任何一期本金或利息拖欠超过30天的贷款的全部未还本金，而不只是逾期的部分。",
     "The whole outstanding principal of loans with any instalment more than 30 days late at the "
     "end of the period, not only the part that is late.",
     1, Report::portfolio, true},
    {"par90", "风险贷款余额（逾期超过90天）", "Portfolio at risk over 90 days", CountingUnit::fen,
     "元", "期末有任何一期本金或利息拖欠超过90天的贷款的全部未还本金，而不只是逾期的部分。",
     "The whole outstanding principal of loans with any instalment more than 90 days late at the "
     "end of the period, not only the part that is late.",
     1, Report::portfolio, true},
    {"par180", "风险贷款余额（逾期超过180天）", "Portfolio at risk over 180 days",
     CountingUnit::fen, "元",
     "期末有任何一期本金或利息拖欠超过180天的贷款的全部未还本金，而不只是逾期的部分。",
     "The whole outstanding principal of loans with any instalment more than 180 days late at the "
     "end of the period, not only the part that is late.",
     1, Report::portfolio, true},
    {"rescheduled", "重组贷款余额", "Rescheduled loans", CountingUnit::fen, "元",
     "期末曾经重组的贷款的全部未还本金，不论是否逾期。",
     "The whole outstanding principal of loans that have been rescheduled, late or not.", 1,
     Report::portfolio, true},
    {"par30_with_rescheduled", "风险贷款余额（逾期超过30天，含重组）",
     "Portfolio at risk over 30 days, with rescheduled loans", CountingUnit::fen, "元",
     "期末拖欠超过30天或者曾经重组的贷款的全部未还本金。",
     "The whole outstanding principal of loans more than 30 days late or rescheduled."},
    {"par90_with_rescheduled", "风险贷款余额（逾期超过90天，含重组）",
     "Portfolio at risk over 90 days, with rescheduled loans", CountingUnit::fen, "元",
     "期末拖欠超过90天或者曾经重组的贷款的全部未还本金。",
     "The whole outstanding principal of loans more than 90 days late or rescheduled."},
    {"written_off", "核销本金", "Principal written off", CountingUnit::fen, "元",
     "期内核销的贷款本金；核销后仍向借款人追索。",
     "Principal taken off the books in the period; it is owed all the same.", 1, Report::portfolio,
     true},
    {"recovered", "收回已核销本金", "Written-off principal recovered", CountingUnit::fen, "元",
     "期内从已核销贷款收回的本金。", "Principal of written-off loans that came back in the period.",
     1, Report::portfolio, true},
    {"par30_rate", "风险贷款率（逾期超过30天）", "Portfolio at risk over 30 days, rate",
     CountingUnit::parts_per_million, "%",
     "逾期超过30天的风险贷款余额除以贷款余额；余额为零时为零。",
     "par30 divided by outstanding; zero when nothing is outstanding."},
    {"par90_rate", "风险贷款率（逾期超过90天）", "Portfolio at risk over 90 days, rate",
     CountingUnit::parts_per_million, "%",
     "逾期超过90天的风险贷款余额除以贷款余额；余额为零时为零。",
     "par90 divided by outstanding; zero when nothing is outstanding."},
    {"overdue_rate", "逾期率", "Arrears rate", CountingUnit::parts_per_million, "%",
     "逾期本金除以贷款余额；只看逾期部分，与风险贷款率不同；余额为零时为零。",
     "overdue divided by outstanding: only the part that is late, which is not portfolio at risk; "
     "zero when nothing is outstanding."},
    {"average_loan", "笔均贷款", "Average loan", CountingUnit::fen, "元",
     "期内放款金额除以期内有放款的贷款笔数；没有放款时为零。",
     "What was lent in the period divided by the loans lent; zero where there is none."},
    {"median_loan", "贷款中位数", "Median loan", CountingUnit::fen, "元",
     "期内有放款的贷款按放款额从小到大排列，居中一笔的放款额。",
     "Half of the loans lent in the period had at most this much paid out in it."},
    {"largest_loan", "最大一笔", "Largest loan", CountingUnit::fen, "元",
     "期内一笔贷款的最大放款额。", "The most that was paid out on one loan in the period."},
    {"non_performing", "不良贷款余额", "Non-performing loans", CountingUnit::fen, "元",
     "期末五级分类为次级、可疑、损失的贷款的未还本金。",
     "Principal of the loans that are substandard, doubtful or loss at the end of the period.", 1,
     Report::quality},
    {"non_performing_rate", "不良贷款率", "Non-performing ratio", CountingUnit::parts_per_million,
     "%", "不良贷款余额除以贷款余额。", "non_performing divided by outstanding.", 1,
     Report::quality},
    {"provisions", "贷款损失准备", "Provisions", CountingUnit::fen, "元", "期末贷款损失准备余额。",
     "What is set aside for losses at the end of the period.", 1, Report::quality},
    {"coverage", "拨备覆盖率", "Coverage", CountingUnit::parts_per_million, "%",
     "贷款损失准备除以不良贷款余额；没有不良时为零。",
     "provisions divided by non_performing; zero where there is none.", 1, Report::quality},
    {"due", "到期应收", "Due", CountingUnit::fen, "元", "到期日在期内的各期应还本金和利息。",
     "Principal and interest of the instalments whose due date lies in the period.", 1,
     Report::quality},
    {"collected", "到期已收", "Collected", CountingUnit::fen, "元",
     "到期应收中到期末为止已还的金额。", "What of it was paid by the end of the period.", 1,
     Report::quality},
    {"collected_on_time", "按时收回", "Collected on time", CountingUnit::fen, "元",
     "到期应收中在到期日或之前整期还清的各期金额。",
     "The instalments of it that were settled whole on or before their due date.", 1,
     Report::quality},
    {"collected_on_time_rate", "按时收回率", "Collected on time, rate",
     CountingUnit::parts_per_million, "%", "按时收回除以到期应收。",
     "collected_on_time divided by due.", 1, Report::quality},
    {"subsidy_due", "应贴利息", "Subsidy due", CountingUnit::fen, "元",
     "期内确认的正常利息中由贴息办法承担的部分。",
     "What the schemes bear of the ordinary interest recognised in the period.", 1,
     Report::quality},
    {"subsidy_claimed", "已申报贴息", "Subsidy claimed", CountingUnit::fen, "元",
     "期内申报的贴息。", "Subsidy claimed in the period.", 1, Report::quality},
    {"subsidy_received", "已到位贴息", "Subsidy received", CountingUnit::fen, "元",
     "期内到位的贴息。", "Subsidy received in the period.", 1, Report::quality},
    {"households_claimed", "申报待核实户", "Households claimed", CountingUnit::household, "户",
     "期末有在办申报、尚未核实的户，每户只计一次。",
     "Households with a claim in force that awaits verification, each counted once.", 1,
     Report::leading, true},
    {"persons_claimed", "申报待核实户（人口）", "Persons claimed", CountingUnit::person, "人",
     "期末有在办申报、尚未核实的户，每户只计一次；按这些户的人口计。",
     "Households with a claim in force that awaits verification, each counted once; their persons.",
     1, Report::leading, true},
    {"households_led", "带动农户", "Households led", CountingUnit::household, "户",
     "期末正在带动并已核实的户，每户只计一次，不论几人带动。",
     "Households that are led under a verified claim in force, each counted once however many lead "
     "it.",
     1, Report::leading, true},
    {"persons_led", "带动农户（人口）", "Persons led", CountingUnit::person, "人",
     "期末正在带动并已核实的户，每户只计一次，不论几人带动；按这些户的人口计。",
     "Households that are led under a verified claim in force, each counted once however many lead "
     "it; their persons.",
     1, Report::leading, true},
    {"households_led_ever", "累计带动农户", "Households ever led", CountingUnit::household, "户",
     "到期末为止核实过、没有撤回的带动所涉及的户，带动结束的也计，每户只计一次。",
     "Households with a claim that was verified and not withdrawn, whether the support goes on or "
     "ended, each counted once.",
     1, Report::leading, true},
    {"persons_led_ever", "累计带动农户（人口）", "Persons ever led", CountingUnit::person, "人",
     "到期末为止核实过、没有撤回的带动所涉及的户，带动结束的也计，每户只计一次；按这些户的人口计。",
     "Households with a claim that was verified and not withdrawn, whether the support goes on or "
     "ended, each counted once; their persons.",
     1, Report::leading, true},
    {"households_led_poor", "带动建档立卡户", "Registered-poor households led",
     CountingUnit::household, "户",
     "累计带动农户中，带动开始之日为建档立卡贫困户或返贫户的户；不与带动农户相加。",
     "Of the households ever led those that were registered as poor on the day the support began; "
     "never added to the households led.",
     1, Report::leading, true},
    {"persons_led_poor", "带动建档立卡户（人口）", "Registered-poor persons led",
     CountingUnit::person, "人",
     "累计带动农户中，带动开始之日为建档立卡贫困户或返贫户的户；不与带动农户相加；按这些户的人口计"
     "。",
     "Of the households ever led those that were registered as poor on the day the support began; "
     "never added to the households led; their persons.",
     1, Report::leading, true},
    {"households_exited", "带动户脱贫", "Led households that left poverty", CountingUnit::household,
     "户", "带动建档立卡户中，带动开始之后审定脱贫、其后没有返贫的户；不与前两项相加。",
     "Of the registered-poor households led those whose exit was approved after the support began "
     "and that have not fallen back; never added to the other two.",
     1, Report::leading, true},
    {"persons_exited", "带动户脱贫（人口）", "Led persons that left poverty", CountingUnit::person,
     "人",
     "带动建档立卡户中，带动开始之后审定脱贫、其后没有返贫的户；不与前两项相加；按这些户的人口计。",
     "Of the registered-poor households led those whose exit was approved after the support began "
     "and that have not fallen back; never added to the other two; their persons.",
     1, Report::leading, true},
    {"households_sustained", "稳定脱贫户", "Households out of poverty for good",
     CountingUnit::household, "户", "带动户脱贫中，审定脱贫满规定月数的户。",
     "Of the led households that left poverty those that did so at least the months of the rules "
     "ago.",
     1, Report::leading, true},
    {"persons_sustained", "稳定脱贫户（人口）", "Persons out of poverty for good",
     CountingUnit::person, "人", "带动户脱贫中，审定脱贫满规定月数的户；按这些户的人口计。",
     "Of the led households that left poverty those that did so at least the months of the rules "
     "ago; their persons.",
     1, Report::leading, true},
    {"households_relapsed", "返贫户", "Households that fell back", CountingUnit::household, "户",
     "带动建档立卡户中，带动开始之后脱贫又返贫的户。",
     "Of the registered-poor households led those that left poverty after the support began and "
     "fell back.",
     1, Report::leading, true},
    {"persons_relapsed", "返贫户（人口）", "Persons that fell back", CountingUnit::person, "人",
     "带动建档立卡户中，带动开始之后脱贫又返贫的户；按这些户的人口计。",
     "Of the registered-poor households led those that left poverty after the support began and "
     "fell back; their persons.",
     1, Report::leading, true},
    {"income_brought", "带动增收", "Income brought", CountingUnit::fen, "元",
     "到期末为止登记的、由带动给农户带来的收入；撤回的申报不计。",
     "Income that the leading brought to households, as recorded, claims withdrawn left out.", 1,
     Report::leading},
    {"leading_borrowers", "带动的党员", "Borrowers who led", CountingUnit::borrower, "名",
     "累计带动农户的借款人，每人只计一次。",
     "Borrowers of the households ever led, each counted once.", 1, Report::leading},
    {"loans_without_led", "没有带动户的贷款", "Loans under which nobody was led",
     CountingUnit::loan, "笔", "已放款而从未有核实带动户的贷款。",
     "Loans paid out under which no household was ever verified as led.", 1, Report::leading, true},
    {"lent_per_household_led", "每带动一户的贷款", "Lent per household led", CountingUnit::fen,
     "元", "累计放款除以累计带动农户；没有带动户时为零。",
     "What was lent divided by the households ever led; zero where there is none.", 1,
     Report::leading},
    {"lent_per_household_exited", "每脱贫一户的贷款", "Lent per household that left poverty",
     CountingUnit::fen, "元", "累计放款除以带动户脱贫；没有脱贫户时为零。",
     "What was lent divided by the led households that left poverty; zero where there is none.", 1,
     Report::leading},
});

} // namespace

std::span<Indicator const> all_indicators()
{
    return indicators;
}

Indicator const* indicator_named(std::string_view code)
{
    auto const* found = std::ranges::find(indicators, code, &Indicator::code);
    return found == indicators.end() ? nullptr : found;
}

} // namespace ledger
