// Reports of funds and of the registers beside the households: how far the programme reaches, what
// the poor villages have, the planned exits beside what is counted, who answers for what by when.
#include "daifu/indicator_parts.hpp"
#include "daifu/verbs.hpp"
#include "daifu/words.hpp"

#include "store/registers.hpp"
#include "wire/answers.hpp"
#include "wire/register_answers.hpp"

#include <boost/json.hpp>

namespace daifu {

namespace {

using ledger::Refusal;

std::string or_dash(std::string const& text)
{
    return text.empty() ? "—" : text;
}

std::string title(std::string const& what, store::CountyStatus const& county, ledger::Date as_of)
{
    return what + "  " + county.name + " " + county.county.text() + "  截至 as of " + as_of.text() +
           "\n";
}

std::string coverage_text(std::span<store::CoverageLine const> lines)
{
    using enum Align;
    Table table{{"乡镇 township", "贫困村 poor villages", "有规划 with plan",
                 "规划金额 plan amount", "有股份合作 with cooperation", "股金 capital",
                 "有集体收入 with income", "年收入 income"},
                {left, right, right, right, right, right, right, right}};
    for (store::CoverageLine const& line : lines) {
        if (line.key.empty()) table.rule();
        table.row({line.key.empty() ? "全县 county" : line.name, std::to_string(line.villages),
                   std::to_string(line.with_plan), grouped(line.plan.text()),
                   std::to_string(line.with_cooperation), grouped(line.cooperation.text()),
                   std::to_string(line.with_income), grouped(line.income.text())});
    }
    return table.text();
}

std::string plan_text(std::span<store::TargetLine const> lines)
{
    using enum Align;
    Table table{
        {"年 year", "单位 unit", "指标 target", "计划 planned", "完成 counted", "文号 document"},
        {right, left, left, right, right, left}};
    for (store::TargetLine const& line : lines) {
        table.row({std::to_string(line.target.year), line.unit_name + " " + line.target.unit.text(),
                   words_of(line.target.indicator), std::to_string(line.planned),
                   std::to_string(line.counted), line.document});
    }
    return table.text();
}

std::string responsibilities_text(std::span<store::ResponsibilityLine const> lines)
{
    using enum Align;
    Table table{{"责任 no", "对象 about", "乡镇 township", "村 village", "人员 person", "任务 task",
                 "责任 duty", "目标 goal", "时限 deadline", "完成 fulfilled"},
                {left, left, left, left, left, left, left, left, left, left}};
    for (store::ResponsibilityLine const& line : lines) {
        std::string done = line.fulfilled_on ? line.fulfilled_on->text() : std::string{};
        if (line.is_overdue) done = "已超期 overdue";
        table.row({line.responsibility, line.about + " " + line.subject,
                   or_dash(line.place.township_name), or_dash(line.place.village_name), line.person,
                   line.task, line.duty, line.goal, line.deadline.text(), done});
    }
    return table.text();
}

/// All pages.
std::vector<store::ResponsibilityLine> all_responsibilities(Books& books, ledger::Date as_of,
                                                            bool only_overdue)
{
    std::vector<store::ResponsibilityLine> all;
    store::RegisterFilter filter{as_of, {}, {}, store::page_limit};
    for (;;) {
        auto page = store::responsibilities(books.reader(), books.county(), only_overdue, filter);
        for (auto& line : page) all.push_back(std::move(line));
        if (std::cmp_less(page.size(), store::page_limit)) return all;
        filter.after = all.back().responsibility;
    }
}

/// The day, the books and the county's name, or the refusal said aloud.
template <class Report> Exit report(Settings const& settings, std::string const& as_of, Report say)
{
    auto const day = optional_past_day(as_of, "as_of", business_day());
    if (!day) return refuse_aloud(day.error(), settings.json);
    Books books{settings};
    auto const county = books.status();
    if (!county) return refuse_aloud(county.error(), settings.json);
    say(books, *county, day->value_or(business_day()));
    return Exit::done;
}

std::string funds_text(std::span<store::FundFigures const> lines)
{
    using enum Align;
    Table table{{"资金 fund", "投入 paid in", "可用 available", "已批未放 reserved", "已放 lent",
                 "使用率% use", "风险金余额 risk fund", "限额使用率% use of caps"},
                {left, right, right, right, right, right, right, right}};
    for (store::FundFigures const& line : lines) {
        if (line.fund.code.empty()) table.rule();
        auto const answer = wire::to_json(line);
        auto const text = [&answer](std::string_view code) {
            return grouped(std::string{answer.at(code).as_string()});
        };
        table.row({line.fund.code.empty() ? "全县 county" : line.fund.name, text("fund_paid_in"),
                   text("fund_available"), text("fund_reserved"), text("fund_lent"),
                   text("fund_use_rate"), text("risk_available"), text("cap_use_rate")});
    }
    return table.text();
}

std::string reached_text(store::Reached const& reached)
{
    return std::to_string(reached.reached) + " / " + std::to_string(reached.of);
}

std::string reach_text(std::span<store::ReachLine const> lines)
{
    using enum Align;
    Table table{{"乡镇 township", "有贷款的村 villages", "有贷款的支部 branches",
                 "贫困村有规划 plan", "有合作 cooperation", "有收入 income",
                 "逾期责任 overdue duties", "脱贫户 households", "党员户 member households",
                 "人口 persons", "党员 members"},
                {left, right, right, right, right, right, right, right, right, right, right}};
    for (store::ReachLine const& line : lines) {
        if (line.key.empty()) table.rule();
        auto const poor = [&line](std::int64_t villages) {
            return reached_text({line.poor_villages, villages});
        };
        table.row({line.key.empty() ? "全县 county" : line.name, reached_text(line.villages),
                   reached_text(line.branches), poor(line.with_plan), poor(line.with_cooperation),
                   poor(line.with_income),
                   reached_text({line.responsibilities, line.responsibilities_overdue}),
                   reached_text(line.households), reached_text(line.member_households),
                   reached_text(line.persons), reached_text(line.members)});
    }
    return table.text();
}

/// A figure opened; its groups are those of the one dimension by which its statistic is split.
Exit explained(Settings const& settings, ReportArguments const& arguments, ledger::Dimension by,
               std::optional<store::Instant> known_at)
{
    auto const as_of = optional_past_day(arguments.as_of, "as_of", business_day());
    if (!as_of) return refuse_aloud(as_of.error(), settings.json);
    Books books{settings};
    if (auto const county = books.status(); !county)
        return refuse_aloud(county.error(), settings.json);
    return explain_indicator(settings, books, arguments.explain,
                             {by, {}, {}, *as_of, {}, 0, known_at});
}

/// The same with the instant at which it was known.
template <class Report>
Exit known_report(Settings const& settings, ReportArguments const& arguments, ledger::Dimension by,
                  Report say)
{
    auto const known_at = optional_instant(arguments.known_at, "--known-at");
    if (!known_at) return refuse_aloud(known_at.error(), settings.json);
    if (!arguments.explain.code.empty()) return explained(settings, arguments, by, *known_at);
    return report(settings, arguments.as_of,
                  [&](Books& books, auto const& county, ledger::Date day) {
                      say(books, county, day, *known_at);
                  });
}

} // namespace

Exit report_funds(Settings const& settings, ReportArguments const& arguments)
{
    return known_report(settings, arguments, ledger::Dimension::fund,
                        [&](Books& books, auto const& county, ledger::Date day,
                            std::optional<store::Instant> known_at) {
                            auto const lines =
                                store::fund_figures(books.reader(), books.county(), day, known_at);
                            if (!settings.json) {
                                print(title("资金统计 Funds", county, day) + funds_text(lines));
                                return;
                            }
                            auto answer = wire::fund_figures_json(lines, day);
                            add_knowledge(answer, books, known_at, day.plus_days(1), false);
                            print(answer);
                        });
}

Exit report_reach(Settings const& settings, ReportArguments const& arguments)
{
    return known_report(
        settings, arguments, ledger::Dimension::township,
        [&](Books& books, auto const& county, ledger::Date day,
            std::optional<store::Instant> known_at) {
            auto const lines = store::reach(books.reader(), books.county(), day, known_at);
            if (!settings.json) {
                print(title("覆盖与任务 Reach", county, day) +
                      "每格：达到 / 全部或计划 reached / of all or planned\n" + reach_text(lines));
                return;
            }
            auto answer = wire::reach_json(lines, day);
            add_knowledge(answer, books, known_at, day.plus_days(1), true);
            print(answer);
        });
}

Exit report_villages(Settings const& settings, std::string const& as_of)
{
    return report(settings, as_of, [&](Books& books, auto const& county, ledger::Date day) {
        auto const lines = store::village_coverage(books.reader(), books.county(), day);
        if (settings.json) return print(wire::village_coverage_json(lines, day));
        print(title("贫困村统计 Poor villages", county, day) + coverage_text(lines));
    });
}

Exit report_plan(Settings const& settings, std::string const& as_of, int year)
{
    bool const is_known =
        year == 0 || (year >= ledger::target_year_least && year <= ledger::target_year_most);
    if (!is_known) {
        return refuse_aloud({Refusal::number_malformed, "--year",
                             std::to_string(ledger::target_year_least) + " – " +
                                 std::to_string(ledger::target_year_most)},
                            settings.json);
    }
    return report(settings, as_of, [&](Books& books, auto const& county, ledger::Date day) {
        auto const lines = store::plan(books.reader(), books.county(), day, year);
        if (settings.json) return print(wire::plan_json(lines, day));
        print(title("脱贫计划完成情况 Planned exits", county, day) + plan_text(lines));
    });
}

Exit report_responsibilities(Settings const& settings, std::string const& as_of, bool only_overdue)
{
    return report(settings, as_of, [&](Books& books, auto const& county, ledger::Date day) {
        auto const lines = all_responsibilities(books, day, only_overdue);
        if (settings.json) {
            // Everything is on this one page.
            int const limit = static_cast<int>(lines.size()) + 1;
            return print(wire::responsibilities_json(lines, day, limit));
        }
        print(title("责任清单（五定） Responsibilities", county, day) +
              responsibilities_text(lines));
    });
}

} // namespace daifu
