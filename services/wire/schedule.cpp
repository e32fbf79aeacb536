// `daifu schedule`: reads terms and disbursements, asks the engine, writes its rows. It computes
// nothing itself.
#include "wire/schedule.hpp"

#include "services/wire/first_rate.hpp"
#include "services/wire/parts.hpp"
#include "wire/keys.hpp"
#include "wire/programme.hpp"

#include <algorithm>

namespace json = boost::json;

namespace wire {

namespace {

using namespace ledger;

inline constexpr int disbursements_limit = 100; ///< a loan is paid out in a few parts

json::object to_json(Instalment const& row)
{
    return {
        {"number", row.number},
        {"from", row.span.from.text()},
        {"until", row.span.until.text()},
        {"days", row.days},
        {"due_on", row.due_on.text()},
        {"principal", row.principal.text()},
        {"interest", row.interest.text()},
        {"total", row.total().text()},
        {"balance", row.balance.text()},
    };
}

std::vector<DisbursementPlan> read_disbursements(ObjectReader& request)
{
    std::vector<DisbursementPlan> plans;
    for (ObjectReader& each : request.objects("disbursements", 1, disbursements_limit)) {
        Date const on = each.date("on");
        plans.push_back({on, each.positive_money("amount")});
    }
    std::ranges::stable_sort(plans, {}, &DisbursementPlan::on);
    return plans;
}

} // namespace

void check_first_rate(ObjectReader& request, Terms const& terms, Date first_day)
{
    if (request.has("annual_rate") || terms.rate_steps.empty()) return;
    if (terms.rate_steps.front().from <= first_day) return;
    request.blame(Refusal::terms_contradict, "rates[0].from",
                  "rates[0].from <= " + first_day.text() + " | annual_rate");
}

Result<json::object> schedule_answer(json::object const& request)
{
    ObjectReader reader{request};
    Result<Terms> const terms = terms_from(reader);
    Programme const programme = tables_from(reader);
    std::vector<DisbursementPlan> const plans = read_disbursements(reader);
    if (auto const read = reader.finish(); !read) return std::unexpected{read.error()};
    if (auto const known = check_keys(request, schedule_keys()); !known) {
        return std::unexpected{known.error()};
    }

    check_first_rate(reader, *terms, plans.front().on);
    if (!reader.is_good()) return std::unexpected{*reader.first_refusal()};
    Result<Terms> const priced = signed_terms(*terms, plans.front().on, programme);
    if (!priced) return std::unexpected{priced.error()};
    Result<Schedule> const planned = schedule(*priced, plans, programme);
    if (!planned) return std::unexpected{planned.error()};
    return to_json(*planned);
}

json::object to_json(Schedule const& schedule)
{
    json::array rows;
    for (Instalment const& row : schedule.instalments) rows.push_back(to_json(row));
    json::object out;
    out["instalments"] = std::move(rows);
    out["totals"] = json::object{
        {"principal", schedule.principal.text()},
        {"interest", schedule.interest.text()},
        {"total", (schedule.principal + schedule.interest).text()},
    };
    return out;
}

} // namespace wire
