// The tables themselves, in the order in which an officer fills them in. What an enumeration takes
// is asked of its own table of spellings.
#include "wire/keys.hpp"

#include "wire/choices.hpp"

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
        {"method", all_names<Method>(), "how it is repaid; required 还款方式"},
        {"interest", all_names<InterestBasis>(), "on what is outstanding, or flat 计息基数"},
        {"day_count", all_names<DayCount>(), "how days become a part of a year 计息天数规则"},
        {"interest_per", all_names<InterestPer>(), "by days, or by whole periods 按日或按期计息"},
        {"every.count", "number", "so many units from one due date to the next 间隔"},
        {"every.unit", all_names<PeriodUnit>(), "the unit of the step 间隔单位"},
        {"instalments", "number", "how many steps; required without due_on 期数"},
        {"first_due_on", "date", "the first due date 首期还款日"},
        {"due_on", "dates", "every due date, instead of the steps 全部还款日"},
        {"settlement_day", "1..31", "interest falls due on this day of the month 结息日"},
        {"month_end", all_names<MonthEnd>(), "what a step does at a short month 月末规则"},
        {"instalment", "yuan", "the amount of each instalment, given 每期金额"},
        {"grace.principal", "number", "first instalments without principal 只还息期数"},
        {"grace.interest_payment", "number",
         "first instalments that pay no interest yet 缓付息期数"},
        {"grace.interest_free", "number", "first instalments without interest 免息期数"},
        {"instalment_multiple", "yuan", "equal amounts are multiples of this 每期取整到"},
        {"down_payment_percent", "percent", "paid back on the first day 首付比例"},
        {"rounding", all_names<Rounding>(), "of interest when it falls due 舍入"},
        {"remainder_to", "last", "which instalment takes what is left 尾差归"},
    };
    return keys;
}

std::vector<Key> terms_and(std::initializer_list<Key> more)
{
    auto keys = term_keys();
    keys.insert(keys.end(), more);
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
    static std::vector<Key> const keys = terms_and({
        {"disbursements[].on", "date", "paid out on this day; required 放款日期"},
        {"disbursements[].amount", "yuan", "paid out; required 放款金额"},
    });
    return keys;
}

std::vector<Key> const& replay_keys()
{
    static std::vector<Key> const keys = terms_and({
        {"events[].type", "approved, disbursed, repaid, reversed", "what happened; required 业务"},
        {"events[].value_on", "date", "when it takes effect; required but of reversed 起息日"},
        {"events[].booked_on", "date", "when it was entered; value_on unless said 记账日期"},
        {"events[].amount", "yuan", "required but of reversed 金额"},
        {"events[].sequence", "number", "of reversed: which event of the list, from 1 冲第几笔"},
        {"as_of", "date", "the end of this day is looked at; required 截至日期"},
        {"penalty_margin_percent", "percent", "overdue principal bears the rate and this 罚息加成"},
        {"allocation_order", all_names<AllocationOrder>(), "what a payment pays first 还款顺序"},
    });
    return keys;
}

Result<void> check_keys(json::object const& request, std::span<Key const> keys)
{
    return check(request, {}, {}, keys);
}

} // namespace wire
