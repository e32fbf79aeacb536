// --explain of a report: what a figure counts, instead of the report's lines.
#pragma once

#include "daifu/verbs.hpp"

#include "ledger/indicator.hpp"
#include "store/queries.hpp"

#include <string>

namespace daifu {

/// --by of a report. Refuses choice_unknown (not a dimension of the statistic).
ledger::Result<ledger::Dimension> grouping_of(ReportArguments const&, ledger::Report);

/// The day that a report is of where none is asked for.
ledger::Date books_day(Books&);

/// All parts of the figure, of the group that `explain` names in the filter's dimension.
Exit explain_indicator(Settings const&, Books&, ExplainArguments const& explain, store::PartFilter);

} // namespace daifu
