// The whole journal in the formats of other accounting programs, streamed entry by entry: hledger,
// Ledger, Beancount and CSV. Account names are stable, distinct and valid in each; debits are
// positive; an entry's date is its booking day, its value date goes along as the secondary date or
// as metadata. Nothing is computed here but the name of an account.
#pragma once

#include "store/queries.hpp"

#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daifu {

enum class ExportFormat : std::uint8_t { ledger = 1, hledger, beancount, csv };

/// The accounts that the journal uses, with their lines of the chart.
struct ExportAccounts {
    std::vector<ledger::ChartLine> chart;
    std::vector<ledger::AccountName> used;
};

/// The format with this name of the command line: "ledger", "hledger", "beancount", "csv".
ExportFormat format_named(std::string_view);

class Exporter {
  public:
    virtual ~Exporter() = default;
    /// Declarations; once, first.
    virtual void begin(std::ostream&) = 0;
    virtual void entry(std::ostream&, store::EntryCard const&) = 0;
};

std::unique_ptr<Exporter> exporter(ExportFormat, ExportAccounts);

/// "Assets:1303.01:FQ-2015-0001" for hledger and Ledger.
std::string ledger_account(ledger::ChartLine const&, std::string_view subkey);
/// "Assets:A1303-01:FQ-2015-0001" for Beancount, whose components start with a capital or a digit
/// and hold letters, digits and dashes only. Different subkeys never become the same component.
std::string beancount_account(ledger::ChartLine const&, std::string_view subkey);
std::string beancount_component(std::string_view subkey);

} // namespace daifu
