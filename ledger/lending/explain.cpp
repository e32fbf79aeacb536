// "Why this number": the fold once more, with a recorder. No figure is computed here.
#include "ledger/explain.hpp"

#include "ledger/lending/recorder.hpp"
#include "ledger/lending/walk.hpp"

namespace ledger {

std::vector<Explanation> explain(Loan const& loan, Date as_of)
{
    Recorder recorder{loan};
    Walked walked = walk_through(loan, as_of, &recorder);
    LEDGER_ASSERT(walked.conflicts.empty());
    walked.walk.advance_to(as_of);
    walked.walk.tell_running();
    return recorder.take();
}

} // namespace ledger
