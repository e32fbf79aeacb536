// Reading households: one card, and who was led.
#include "daifu/indicator_parts.hpp"
#include "daifu/verbs.hpp"
#include "daifu/words.hpp"

#include "ledger/indicator.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"
#include "wire/group_name.hpp"

#include <boost/json.hpp>

namespace daifu {

namespace {

using ledger::Refusal;

std::string money(ledger::Money amount)
{
    return grouped(amount.text());
}

std::string day_or_nothing(std::optional<ledger::Date> const& day)
{
    return day ? day->text() : std::string{};
}

std::string card_head(ledger::Household const& household, ledger::HouseholdState const& state)
{
    std::string text = "农户 household " + household.number.text() + "  户主 head " + state.head +
                       "  村 village " + state.village.text() + "\n截至 as of " +
                       state.as_of.text() + ": ";
    if (!state.is_registered) return text + "未登记 not registered\n";
    if (state.is_dissolved()) {
        return text + "已于 " + state.dissolved_on->text() + " 销户 dissolved\n";
    }
    return text + words_of(state.standing) + " 自 since " + state.standing_since.text() +
           ", 人口 persons " + std::to_string(state.persons) + ", 未带动 unled " +
           ledger::share_text(state.unled()) + " 户\n";
}

std::string claims_text(ledger::HouseholdState const& state)
{
    using enum Align;
    if (state.claims.empty()) return {};
    Table table{{"申报 claim", "借款人 borrower", "贷款 loan", "方式 way", "份额 share", "自 since",
                 "核实 verified", "止 until", "脱贫 exited", "返贫 relapsed", "增收 brought"},
                {right, left, left, left, right, left, left, left, left, left, right}};
    for (ledger::Claim const& claim : state.claims) {
        std::string until = day_or_nothing(claim.until);
        if (claim.is_withdrawn) until += " 撤回 withdrawn";
        table.row({std::to_string(claim.sequence), claim.borrower.text(), claim.loan.text(),
                   words_of(claim.way), ledger::share_text(claim.share), claim.since.text(),
                   day_or_nothing(claim.verified_on), until, day_or_nothing(claim.exited_on),
                   day_or_nothing(claim.relapsed_on), money(claim.brought)});
    }
    return "\n" + table.text();
}

std::string events_text(ledger::Household const& household)
{
    using enum Align;
    Table table{{"序号 no", "业务 event", "起息日 value on", "记账日 booked on", "文号 document",
                 "事由 reason"},
                {right, left, left, left, left, left}};
    for (ledger::HouseholdEvent const& event : household.events) {
        std::string what = words_of(event.what);
        if (auto const* step = std::get_if<ledger::ExitStepTaken>(&event.what)) {
            what = words_of(step->step) + " " + step->person;
        }
        if (ledger::is_reversed(household.events, event.sequence)) what += " 已冲正 reversed";
        table.row({std::to_string(event.sequence), what, event.value_on.text(),
                   event.booked_on.text(), event.document, event.reason});
    }
    return "\n" + table.text();
}

std::string counted_text(store::Counted const& counted)
{
    return std::to_string(counted.households) + " / " + std::to_string(counted.persons);
}

/// Nothing where there is nothing to be said.
std::string count_or_dash(std::optional<std::int64_t> count)
{
    return count ? std::to_string(*count) : "—";
}

std::string leading_text(std::span<store::LeadingLine const> lines, ledger::Dimension by)
{
    using enum Align;
    Table table{{"分组 group", "待核实 claimed", "带动 led", "累计带动 led ever",
                 "建档立卡 led poor", "脱贫 exited", "稳定 sustained", "返贫 relapsed",
                 "增收 brought", "贷款 loans", "无带动 without"},
                {left, right, right, right, right, right, right, right, right, right, right}};
    for (store::LeadingLine const& line : lines) {
        if (line.key.empty()) table.rule();
        table.row({line.key.empty() ? "全县 county" : wire::group_name(by, line.key, line.name),
                   counted_text(line.claimed), counted_text(line.led), counted_text(line.led_ever),
                   counted_text(line.led_poor), counted_text(line.exited),
                   counted_text(line.sustained), counted_text(line.relapsed), money(line.brought),
                   count_or_dash(line.loans), count_or_dash(line.loans_without)});
    }
    return table.text();
}

} // namespace

Exit show_household(Settings const& settings, std::string const& number, std::string const& as_of)
{
    auto const parsed = ledger::HouseholdNumber::parse(number);
    if (!parsed) {
        return refuse_aloud({parsed.error().code, "household", parsed.error().limit},
                            settings.json);
    }
    auto const day = optional_day(as_of, "as_of");
    if (!day) return refuse_aloud(day.error(), settings.json);
    Books books{settings};
    if (auto const county = books.status(); !county) {
        return refuse_aloud(county.error(), settings.json);
    }
    auto const household = store::household(books.reader(), books.county(), *parsed);
    if (!household) {
        return refuse_aloud({Refusal::household_not_found, "household", {}}, settings.json);
    }
    auto const state = ledger::fold(*household, day->value_or(business_day()));
    if (settings.json) {
        print(wire::household_card_json(*household, state));
    } else {
        print(card_head(*household, state) + claims_text(state) + events_text(*household));
    }
    return Exit::done;
}

Exit report_leading(Settings const& settings, ReportArguments const& arguments)
{
    auto const as_of = optional_past_day(arguments.as_of, "as_of", business_day());
    if (!as_of) return refuse_aloud(as_of.error(), settings.json);
    auto const by = grouping_of(arguments, ledger::Report::leading);
    if (!by) return refuse_aloud(by.error(), settings.json);
    auto const known_at = optional_instant(arguments.known_at, "--known-at");
    if (!known_at) return refuse_aloud(known_at.error(), settings.json);
    Books books{settings};
    auto const county = books.status();
    if (!county) return refuse_aloud(county.error(), settings.json);
    if (!arguments.explain.code.empty()) {
        return explain_indicator(settings, books, arguments.explain,
                                 {*by, {}, {}, *as_of, {}, 0, *known_at});
    }
    auto const day = as_of->value_or(books_day(books));
    auto const lines = store::leading(books.reader(), books.county(), day, *by, *known_at);
    if (settings.json) {
        auto answer = wire::leading_json(lines, day, *by);
        add_knowledge(answer, books, *known_at, day.plus_days(1), true);
        print(answer);
        return Exit::done;
    }
    print("带动统计 Leading  " + county->name + " " + county->county.text() + "  截至 as of " +
          day.text() +
          "  户 / 人 households / persons  金额单位 amounts in 元 CNY\n"
          "带动、建档立卡、脱贫三项各自统计，不相加 three facts that are never added\n"
          "「带动」为期末正在带动；「累计带动」「建档立卡」「脱贫」为历年累计 led is on the day, "
          "the others are since the beginning\n" +
          leading_text(lines, *by));
    return Exit::done;
}

} // namespace daifu
