// The ways through the service. Reading: network thread -> reader's thread -> SQL view -> JSON.
// Writing: network thread (parse, check the key) -> the writer's queue -> one batch -> receipt.
#include "daifud/adapt.hpp"

#include "daifud/command_request.hpp"
#include "daifud/confinement.hpp"
#include "daifud/evidence.hpp"
#include "daifud/hand_on.hpp"

#include "store/execute.hpp"
#include "store/queries.hpp"
#include "store/snapshot.hpp"
#include "wire/answers.hpp"
#include "wire/json.hpp"

#include <boost/json/object.hpp>

namespace daifud {

using ledger::Refusal;
using ledger::Result;
using ledger::UnitCode;

namespace {

http::Response answer(http::Request const& request, Result<boost::json::object> const& result)
{
    if (!result) return http::refusal(result.error());
    auto response = http::ok(wire::text_of(*result));
    return request.method == "POST" ? response : http::with_etag(request, std::move(response));
}

auto answering(Read read)
{
    return [read = std::move(read)](Reading const& reading) {
        return answer(reading.request, read(reading));
    };
}

auto writing(Write write)
{
    return [write = std::move(write)](Reading const& reading) {
        auto written = write(reading);
        if (!written) return http::refusal(written.error());
        auto response =
            http::with_etag(reading.request, http::ok(std::move(written->bytes), written->type));
        // Its own style and nothing else; no script.
        response.headers.push_back({"Content-Security-Policy",
                                    "default-src 'none'; style-src 'unsafe-inline'; "
                                    "frame-ancestors 'none'; base-uri 'none'"});
        if (!written->name.empty()) {
            response.headers.push_back(
                {"Content-Disposition", "attachment; filename=\"" + written->name + "\""});
        }
        return response;
    };
}

/// `respond_with`: from a reading to the response.
template <class RespondWith>
http::Response responded(Service& service, store::Database& database, Asked const& asked,
                         ledger::CountyCode const& county, RespondWith const& respond_with)
{
    if (!service.counties.holds(database, county)) {
        return http::refusal({Refusal::county_not_found, "Daifu-County", {}});
    }
    // The database shows no more than he may see, whatever is asked of it.
    store::Confined const confined{database,
                                   asked->caller ? caller_of(*asked).confined_to : UnitCode{}};
    Reading const reading{*asked, database, county, service.business_day()};
    if (auto const own = check_object(reading); !own) return http::refusal(own.error());
    return respond_with(reading);
}

template <class RespondWith>
http::Handler read_by(Service& service, Workers& pool, RespondWith respond_with)
{
    return [&service, &pool, respond_with](Asked asked, http::Respond respond) {
        auto const county = county_of(service, *asked);
        if (!county) return respond(http::refusal(county.error()));
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        hand_on(pool, asked, back,
                [&service, respond_with, asked, county = *county](store::Database& database) {
                    return responded(service, database, asked, county, respond_with);
                });
    };
}

/// The work goes to the standby while that is used. What it does not answer, and a county that it
/// does not know, is asked of the primary.
template <class Work>
void hand_on_figures(Service& service, Asked const& asked, Back const& back, Work work)
{
    if (!service.standby) return hand_on(service.readers, asked, back, std::move(work));
    if (!service.standby->is_used()) {
        service.standby_readers->hand_waiting_to(service.readers);
        return hand_on(service.readers, asked, back, std::move(work));
    }
    bool const is_taken =
        service.standby_readers->submit([&service, asked, back, work](store::Database& database) {
            try {
                auto answered = work(database);
                bool const is_new =
                    answered.refused && answered.refused->code == Refusal::county_not_found;
                if (!is_new) return (*back)(std::move(answered));
            } catch (std::exception const&) {
                service.standby->failed();
            }
            hand_on(service.readers, asked, back, work);
        });
    if (!is_taken) (*back)(busy());
}

template <class RespondWith>
http::Handler read_figures_by(Service& service, RespondWith respond_with)
{
    return [&service, respond_with](Asked asked, http::Respond respond) {
        auto const county = county_of(service, *asked);
        if (!county) return respond(http::refusal(county.error()));
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        hand_on_figures(
            service, asked, back,
            [&service, respond_with, asked, county = *county](store::Database& database) {
                http::Response response;
                store::in_one_snapshot(database, [&] {
                    response = responded(service, database, asked, county, respond_with);
                    auto const known_at = store::recorded_through(database, county);
                    if (!response.refused && known_at) {
                        response.headers.push_back({"Daifu-Known-At", wire::rfc3339(*known_at)});
                    }
                });
                return response;
            });
    };
}

/// Reads the command and answers what `look` finds that it would change.
template <class Look>
http::Handler previewing(Service& service, std::string_view command_code, Look look)
{
    return [&service, look, code = std::string{command_code}](Asked asked, http::Respond respond) {
        auto const county = county_of(service, *asked);
        if (!county) return respond(http::refusal(county.error()));
        auto command = command_of(*asked, code, service.business_day());
        if (!command) return respond(http::refusal(command.error()));
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        hand_on(service.readers, asked, back,
                [&service, look, code, asked, county = *county,
                 command = *std::move(command)](store::Database& database) {
                    if (!service.counties.holds(database, county)) {
                        return http::refusal({Refusal::county_not_found, "Daifu-County", {}});
                    }
                    auto const changed = look(database, county, command, service.business_day(),
                                              caller_of(*asked).confined_to);
                    if (!changed) return http::refusal(changed.error());
                    return answer(*asked, wire::preview_json(code, *changed));
                });
    };
}

} // namespace

http::Response answer_of(store::Outcome const& outcome, std::string const& command)
{
    if (auto const* const refused = std::get_if<ledger::Refused>(&outcome.answer)) {
        auto response = http::refusal(*refused);
        response.event = command + ".refused";
        return response;
    }
    auto const& receipt = std::get<store::Receipt>(outcome.answer);
    auto body = wire::text_of(wire::to_json(receipt));
    auto response =
        outcome.is_replay ? http::replayed(std::move(body)) : http::created(std::move(body));
    response.event = command + (outcome.is_replay ? ".replayed" : ".booked");
    response.log.push_back({"subject", receipt.subject});
    if (receipt.entry_number) response.log.push_back({"entry", *receipt.entry_number});
    return response;
}

Result<ledger::CountyCode> county_of(Service const& service, http::Request const& request)
{
    auto const* const header = request.header("Daifu-County");
    if (header == nullptr) return service.config.county;
    auto county = ledger::CountyCode::parse(*header);
    if (!county) return ledger::refuse(Refusal::county_not_found, "Daifu-County");
    return county;
}

http::Handler read(Service& service, Read read)
{
    return read_by(service, service.readers, answering(std::move(read)));
}

http::Handler read_figures(Service& service, Read read)
{
    return read_figures_by(service, answering(std::move(read)));
}

http::Handler at_desk(Service& service, Read read)
{
    return read_by(service, service.desk, answering(std::move(read)));
}

http::Handler audit(Service& service, Read read)
{
    return read_by(service, service.auditor, answering(std::move(read)));
}

http::Handler document(Service& service, Write write)
{
    return read_by(service, service.readers, writing(std::move(write)));
}

http::Handler document_of_figures(Service& service, Write write)
{
    return read_figures_by(service, writing(std::move(write)));
}

http::Handler cacheable(http::Handler handler)
{
    return [handler = std::move(handler)](Asked asked, http::Respond respond) {
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        handler(asked, http::Respond{[back](http::Response response) {
                    if (!response.refused) {
                        response.headers.push_back({"Cache-Control", "public, max-age=300"});
                        response.headers.push_back({"Vary", "Daifu-County"});
                    }
                    (*back)(std::move(response));
                }});
    };
}

http::Handler compute(Service& service, Compute compute)
{
    return [&service, compute](Asked asked, http::Respond respond) {
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        hand_on(service.readers, asked, back, [compute, asked](store::Database&) {
            auto const body = body_of(*asked);
            if (!body) return http::refusal(body.error());
            return answer(*asked, compute(*body));
        });
    };
}

http::Handler write(Service& service, std::string_view command_code)
{
    auto const* const row = ledger::permission_for(command_code);
    LEDGER_ASSERT(row != nullptr && !row->is_checked); // those wait: daifud/pending.hpp
    return [&service, command = std::string{command_code}](Asked asked, http::Respond respond) {
        auto envelope = envelope_of(service, *asked, command);
        if (!envelope) return respond(http::refusal(envelope.error()));
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        bool const is_taken = service.writer.submit(
            *std::move(envelope), [back, asked, command](store::Outcome const& outcome) {
                (*back)(*guarded(*asked, [&] { return answer_of(outcome, command); }));
            });
        if (!is_taken) (*back)(busy());
    };
}

http::Handler preview(Service& service, std::string_view command_code)
{
    return previewing(service, command_code, store::preview);
}

http::Handler preview_household(Service& service, std::string_view command_code)
{
    return previewing(service, command_code, store::preview_household);
}

http::Handler keep_evidence(Service& service)
{
    return [&service](Asked asked, http::Respond respond) {
        auto read = evidence_envelope(service, *asked);
        if (!read) return respond(http::refusal(read.error()));
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        auto const keep = [&service, asked, back, envelope = *std::move(read)](store::Database&) {
            auto failed = guarded(*asked, [&]() -> Later {
                service.evidence.keep(envelope.county, asked->body);
                return std::nullopt;
            });
            if (failed) return (*back)(*std::move(failed));
            bool const is_taken =
                service.writer.submit(envelope, [back, asked](store::Outcome const& outcome) {
                    (*back)(*guarded(*asked, [&] { return answer_of(outcome, "keep_evidence"); }));
                });
            if (!is_taken) (*back)(busy());
        };
        if (!service.readers.submit(keep)) (*back)(busy());
    };
}

http::Handler live_statistics(Service& service)
{
    return [&service](Asked asked, http::Respond respond) {
        auto const county = county_of(service, *asked);
        if (!county) return respond(http::refusal(county.error()));
        if (*county != service.config.county) {
            return respond(http::refusal({Refusal::county_not_found, "Daifu-County", {}}));
        }
        auto const* const seen = asked->header("Last-Event-ID");
        auto response = http::ok({}, "text/event-stream; charset=utf-8");
        response.stream = service.live.subscribe(seen == nullptr ? std::string{} : *seen);
        respond(std::move(response));
    };
}

http::Handler close_day(Service& service)
{
    return [&service](Asked asked, http::Respond respond) {
        auto const envelope = envelope_of(service, *asked, "close_day");
        if (!envelope) return respond(http::refusal(envelope.error()));
        // A day is the county's.
        if (auto const own = ledger::check_place(envelope->confined_to, std::nullopt); !own)
            return respond(http::refusal(own.error()));
        auto const back = std::make_shared<http::Respond>(std::move(respond));
        hand_on(service.closer, asked, back,
                [&service, envelope = *envelope](store::Database& database) {
                    if (!service.counties.holds(database, envelope.county)) {
                        return http::refusal({Refusal::county_not_found, "Daifu-County", {}});
                    }
                    auto answered = closing_answer(envelope, database);
                    service.live.changed();
                    return answered;
                });
    };
}

} // namespace daifud
