// Turns what a resource can say (a function from a reading to JSON, the code of a command) into a
// handler of the kit: it finds the county, hands the work to a pool or to the writer, and turns
// results, refusals and faults into answers. The routes' table is made of these.
#pragma once

#include "daifud/reading.hpp"
#include "daifud/service.hpp"

#include "http/message.hpp"
#include "http/router.hpp"

#include <boost/json/fwd.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace daifud {

using Read = std::function<ledger::Result<boost::json::object>(Reading const&)>;
using Compute = ledger::Result<boost::json::object> (*)(boost::json::object const& request);

/// Runs on a reader's thread. The answer bears an ETag.
http::Handler read(Service&, Read);
/// A document instead of JSON.
struct Document {
    std::string bytes;
    std::string_view type;
    std::string name; ///< of the file, ASCII; empty: it is shown, not saved
};
using Write = std::function<ledger::Result<Document>(Reading const&)>;
http::Handler document(Service&, Write);
/// The same of figures: from the standby while that is used, else (and where it fails) as above.
/// All that is read is of one instant, which the header Daifu-Known-At says: asked with it as
/// known_at, the figures are the same again.
http::Handler read_figures(Service&, Read);
http::Handler document_of_figures(Service&, Write);
/// The same for everybody, so that a cache on the way may keep it for a while.
http::Handler cacheable(http::Handler);
/// The same with the application's role, on the desk's thread: what leaves a record of the reading.
http::Handler at_desk(Service&, Read);
/// The same with the auditor's role: it reads everything.
http::Handler audit(Service&, Read);
/// A body in, an answer out, without the books.
http::Handler compute(Service&, Compute);
/// A command, as wire::command_from knows it: booked by the writer, answered after the commit.
http::Handler write(Service&, std::string_view command_code);
/// What became of it: "repay.booked" in the log, with the books' own numbers.
http::Response answer_of(store::Outcome const&, std::string const& command);
/// The same command, decided as the books are now and not booked: what it would change. Needs no
/// key.
http::Handler preview(Service&, std::string_view command_code);
http::Handler preview_household(Service&, std::string_view command_code);
/// A file that is evidence: kept on the disk first, by a reader's thread, then in the books.
http::Handler keep_evidence(Service&);
/// The county's figures as server-sent events, from the one that the client names on.
http::Handler live_statistics(Service&);
/// Closes a business day, with its accruals; on a connection of its own, so that no payment waits.
http::Handler close_day(Service&);

/// The county of the request: its Daifu-County header, else the configured one.
ledger::Result<ledger::CountyCode> county_of(Service const&, http::Request const&);

} // namespace daifud
