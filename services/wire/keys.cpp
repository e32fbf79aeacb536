// The tables themselves, in the order in which an officer fills them in. What an enumeration takes
// is asked of its own table of spellings.
#include "wire/keys.hpp"

#include "wire/choices.hpp"
#include "wire/happenings.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

std::vector<Key> const& term_keys()
{
    static std::vector<Key> const keys{
        {"principal", "yuan", "what was agreed; required 约定本金"},
        {"annual_rate", "percent a year", "one fixed rate, or the rate before rates 年利率"},
        {"rates[].from", "date", "a step of the rate: its first day 利率自何日起"},
        {"rates[].annual_rate", "percent a year", "a step of the rate 该段年利率"},
        {"pricing.reset", all_names<RateReset>(), "when the base rate is looked up again 重定价"},
        {"pricing.tier", "text", "which base rate; else the tier of the whole term 档次"},
        {"pricing.points_percent", "percent", "added to the base rate, may be negative 加减点"},
        {"pricing.multiple_percent", "percent", "of the base rate; 100 unless said 倍数"},
        {"method", all_names<Method>(), "how it is repaid; required 还款方式"},
        {"interest", all_names<InterestBasis>(), "on what is outstanding, or flat 计息基数"},
        {"day_count", all_names<DayCount>(), "how days become a part of a year 计息天数规则"},
        {"interest_per", all_names<InterestPer>(), "by days, or by whole periods 按日或按期计息"},
        {"every.count", "number", "so many units from one due date to the next 间隔"},
        {"every.unit", all_names<PeriodUnit>(), "the unit of the step 间隔单位"},
        {"instalments", "number", "how many steps; required without due_on 期数"},
        {"first_due_on", "date", "the first due date 首期还款日"},
        {"due_on", "dates", "every due date, instead of the steps 全部还款日"},
        {"matures_on", "date", "the last due date, instead of instalments 到期日"},
        {"stub", all_names<Stub>(), "with matures_on: where the odd period goes 零头期"},
        {"settlement_day", "1..31", "interest falls due on this day of the month 结息日"},
        {"due_day", all_names<DueDay>(), "where a due date goes on a free day 遇节假日"},
        {"interest_follows", "true, false", "the period ends on the moved day 利息随之调整"},
        {"month_end", all_names<MonthEnd>(), "what a step does at a short month 月末规则"},
        {"principal_plan[].on", "date", "a part of the principal: its day 分期还本日"},
        {"principal_plan[].after.count", "number", "or so long after the first payment out 几期后"},
        {"principal_plan[].after.unit", all_names<PeriodUnit>(), "unit of that time 单位"},
        {"principal_plan[].share_percent", "percent", "its share of the principal 比例"},
        {"principal_plan[].amount", "yuan", "or its amount 金额"},
        {"principal_every", "number", "principal with every so manieth instalment 隔几期还本"},
        {"instalment", "yuan", "the amount of each instalment, given 每期金额"},
        {"grace.principal", "number", "first instalments without principal 只还息期数"},
        {"grace.interest_payment", "number",
         "first instalments that pay no interest yet 缓付息期数"},
        {"grace.interest_free", "number", "first instalments without interest 免息期数"},
        {"instalment_multiple", "yuan", "equal amounts are multiples of this 每期取整到"},
        {"down_payment_percent", "percent", "paid back on the first day 首付比例"},
        {"rounding", all_names<Rounding>(), "of interest when it falls due 舍入"},
        {"remainder_to", all_names<RemainderTo>(), "which instalment takes what is left 尾差归"},
    };
    return keys;
}

/// The county's dated tables that both take.
std::vector<Key> const& table_keys()
{
    static std::vector<Key> const keys{
        {"base_rates[].from", "date", "a base rate: its first day 基准利率自何日起"},
        {"base_rates[].tier", "text", "lpr_1y, lpr_5y, upto_1y, 1y_to_5y … 档次"},
        {"base_rates[].annual_rate", "percent a year", "the base rate 基准利率"},
        {"holidays", "dates", "days without work beside weekends 非工作日"},
        {"working_days", "dates", "weekend days that are worked 调休上班日"},
    };
    return keys;
}

std::vector<Key> const& rule_keys()
{
    static std::vector<Key> const keys{
        {"penalty_margin_percent", "percent", "overdue principal bears the rate and this 罚息加成"},
        {"charges_penalty", "true, false", "false: overdue principal bears nothing 是否计罚息"},
        {"misuse_margin_percent", "percent", "the same of misused principal 挪用加成"},
        {"compounding", all_names<Compounding>(), "interest on unpaid interest 复利"},
        {"allocation_order", "list of " + all_names<DebtComponent>(),
         "what a payment pays first; or interest_first, principal_first 还款顺序"},
        {"allocate_by", all_names<AllocateBy>(), "oldest instalment or component first 冲还方式"},
        {"non_accrual_allocation_order", "as allocation_order", "while non-accrual 非应计时顺序"},
        {"in_advance", all_names<InAdvance>(), "what early money does 提前还款方式"},
        {"non_accrual_after_days", "number", "days late; 0: never 转非应计天数"},
        {"approval_valid_days", "number", "days that an approval holds; 0: no end 审批有效天数"},
        {"compensation_after_days", "number", "days late before a payout 代偿前逾期天数"},
        {"compensation_share_percent", "percent", "of principal, at most 代偿比例上限"},
        {"class_floors[].from", "date", "a class table: its first day 分类表自何日起"},
        {"class_floors[].days_late", "number", "more days late than this 逾期超过天数"},
        {"class_floors[].risk_class", all_names<RiskClass>(), "at least this class 至少为"},
        {"provision_rates[].from", "date", "a provision rate: its first day 准备率自何日起"},
        {"provision_rates[].risk_class", all_names<RiskClass>(), "of this class 类别"},
        {"provision_rates[].rate_percent", "percent", "of principal 准备率"},
        {"subsidy.paid_to", all_names<SubsidyPaidTo>(), "who receives it 贴息给谁"},
        {"subsidy.principal_cap", "yuan", "of so much principal 贴息本金上限"},
        {"subsidy.days_cap", "number", "so many days from each payment out 贴息天数上限"},
        {"subsidy.steps[].from", "date", "a step of the scheme: its first day 自何日起"},
        {"subsidy.steps[].kind", all_names<SubsidyKind>(), "how it is reckoned 方式"},
        {"subsidy.steps[].percent", "percent", "share, points, or spread to the base rate 数值"},
        {"subsidy.steps[].cap_percent", "percent", "of a spread: at most these points 封顶点数"},
        {"subsidy.steps[].tier", "text", "of a spread: the base rate's tier 档次"},
    };
    return keys;
}

std::vector<Key> const& event_keys()
{
    static std::vector<Key> const keys{
        {"events[].type", all_event_types(), "what happened; required 业务"},
        {"events[].value_on", "date", "when it takes effect; required but of reversed 起息日"},
        {"events[].booked_on", "date", "when it was entered; value_on unless said 记账日期"},
        {"events[].document", "text", "the paper that authorises it 文号"},
        {"events[].reason", "text", "in words 原因"},
        {"events[].amount", "yuan", "of every event that moves money 金额"},
        {"events[].sequence", "number", "of reversed: which event of the list, from 1 冲第几笔"},
        {"events[].in_advance", all_names<InAdvance>(), "of repaid: for this payment 提前还款方式"},
        {"events[].component", "penalty, compound, interest", "of waived 减免什么"},
        {"events[].annual_rate", "percent a year", "of rate_changed, extended, rescheduled 新利率"},
        {"events[].until", "date", "of extended: maturity; of interest_paused: end 至何日"},
        {"events[].priced_from", "date", "of extended: the new rate's first day 新利率自何日起"},
        {"events[].method", all_names<Method>(), "of rescheduled 还款方式"},
        {"events[].every.count", "number", "of rescheduled 间隔"},
        {"events[].every.unit", all_names<PeriodUnit>(), "of rescheduled 间隔单位"},
        {"events[].instalments", "number", "of rescheduled 期数"},
        {"events[].first_due_on", "date", "of rescheduled 首期还款日"},
        {"events[].grace_principal", "number", "of rescheduled 只还息期数"},
        {"events[].risk_class", all_names<RiskClass>(), "of classified; null: by lateness 类别"},
        {"events[].has_second_person", "true, false", "of classified 是否复核"},
    };
    return keys;
}

std::vector<Key> joined(std::initializer_list<std::vector<Key>> parts)
{
    std::vector<Key> keys;
    for (auto const& part : parts) keys.insert(keys.end(), part.begin(), part.end());
    return keys;
}

/// "events[].amount" is known, and so are "events" and "events[]" on the way to it.
bool is_known(std::string const& path, std::span<Key const> keys)
{
    return std::ranges::any_of(keys, [&path](Key const& key) {
        return key.path == path || key.path.starts_with(path + '.') ||
               key.path.starts_with(path + "[]");
    });
}

/// `pattern` is the path as the table writes it, `path` as people count it.
Result<void> check(json::object const& object, std::string const& pattern, std::string const& path,
                   std::span<Key const> keys)
{
    for (auto const& member : object) {
        std::string const key{member.key().data(), member.key().size()};
        std::string const dot = path.empty() ? "" : ".";
        std::string const known = pattern + dot + key;
        std::string const told = path + dot + key;
        if (!is_known(known, keys)) return refuse(Refusal::field_unknown, told);
        if (auto const* const inner = member.value().if_object()) {
            if (auto const sound = check(*inner, known, told, keys); !sound) return sound;
        }
        auto const* const list = member.value().if_array();
        for (std::size_t n = 0; list != nullptr && n < list->size(); ++n) {
            auto const* const inner = list->at(n).if_object();
            if (inner == nullptr) continue;
            auto const sound =
                check(*inner, known + "[]", told + '[' + std::to_string(n) + ']', keys);
            if (!sound) return sound;
        }
    }
    return {};
}

} // namespace

std::vector<Key> const& schedule_keys()
{
    static std::vector<Key> const keys =
        joined({term_keys(),
                {{"disbursements[].on", "date", "paid out on this day; required 放款日期"},
                 {"disbursements[].amount", "yuan", "paid out; required 放款金额"}},
                table_keys()});
    return keys;
}

std::vector<Key> const& replay_keys()
{
    static std::vector<Key> const keys =
        joined({term_keys(),
                event_keys(),
                {{"as_of", "date", "the end of this day is looked at; required 截至日期"}},
                rule_keys(),
                table_keys()});
    return keys;
}

Result<void> check_keys(json::object const& request, std::span<Key const> keys)
{
    return check(request, {}, {}, keys);
}

} // namespace wire
