// One class a format. Text that could be read as syntax is quoted or kept to a line of its own.
#include "daifu/exports.hpp"

#include "ledger/assert.hpp"
#include "ledger/seal.hpp"
#include "registers/csv.hpp"
#include "registers/encoding.hpp"
#include "registers/values.hpp"
#include "wire/answers.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <ostream>

namespace daifu {

namespace {

using ledger::AccountClass;
using ledger::ChartLine;

std::string_view root_of(AccountClass account_class)
{
    switch (account_class) {
    case AccountClass::asset: return "Assets";
    case AccountClass::liability: return "Liabilities";
    case AccountClass::equity: return "Equity";
    case AccountClass::income: return "Income";
    case AccountClass::expense: return "Expenses";
    case AccountClass::memo: return "Equity:Memo"; // three of the programs know five roots only
    }
    throw ledger::Bug("an account class without a root");
}

bool is_plain(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// Signed, debits positive, with the unit: "-1234.50 CNY".
std::string amount_of(ledger::Posting const& posting)
{
    std::int64_t const minor =
        posting.side == ledger::Side::debit ? posting.minor_units : -posting.minor_units;
    std::string const unit{ledger::code_of(posting.unit)};
    return wire::minor_units_text(minor, unit) + " " + unit;
}

class Chart {
  public:
    explicit Chart(ExportAccounts accounts)
        : accounts_{std::move(accounts)}
    {
        for (ChartLine const& line : accounts_.chart) lines_.emplace(line.code, &line);
    }
    ChartLine const& line(ledger::AccountCode const& code) const
    {
        auto const found = lines_.find(code);
        if (found == lines_.end()) {
            throw store::IntegrityFault("account " + code.text() + " is not in the chart");
        }
        return *found->second;
    }
    std::span<ledger::AccountName const> used() const { return accounts_.used; }

  private:
    ExportAccounts accounts_;
    std::map<ledger::AccountCode, ChartLine const*> lines_;
};

std::string narrative_of(store::EntryCard const& card)
{
    std::string text = card.record.entry.narrative();
    std::ranges::replace(text, '\n', ' ');
    return text;
}

/// Ledger and hledger share their journal but for declarations.
class PlainText : public Exporter {
  public:
    PlainText(ExportAccounts accounts, bool is_hledger)
        : chart_{std::move(accounts)}
        , is_hledger_{is_hledger}
    {
    }

    void begin(std::ostream& out) override
    {
        out << "; Daifu journal export. Dates are booking days; value dates are secondary dates.\n";
        if (is_hledger_) {
            out << "commodity 1000.00 CNY\ncommodity 1000.0000 HOUSEHOLD\n"
                   "commodity 1000.0000 PERSON\n";
        } else {
            out << "commodity CNY\n    format 1000.00 CNY\n"
                   "commodity HOUSEHOLD\n    format 1000.0000 HOUSEHOLD\n"
                   "commodity PERSON\n    format 1000.0000 PERSON\n"
                   "tag entry\ntag cause\ntag subject\ntag digest\ntag narrative\n";
        }
        for (ledger::AccountName const& account : chart_.used()) {
            ChartLine const& line = chart_.line(account.code);
            out << "account " << ledger_account(line, account.subkey) << "\n    ; " << line.chinese
                << " " << line.english << "\n";
        }
        out << "\n";
    }

    void entry(std::ostream& out, store::EntryCard const& card) override
    {
        ledger::JournalEntry const& entry = card.record.entry;
        out << entry.booked_on().text() << "=" << entry.value_on().text() << " * ("
            << card.record.entry_number << ") " << ledger::code_of(entry.cause()) << "\n"
            << "    ; entry: " << card.record.entry_number << "\n"
            << "    ; cause: " << ledger::code_of(entry.cause()) << "\n"
            << "    ; subject: " << card.record.subject << "\n"
            << "    ; digest: " << card.digest << "\n"
            << "    ; narrative: " << narrative_of(card) << "\n";
        for (ledger::Posting const& posting : entry.postings()) {
            out << "    "
                << ledger_account(chart_.line(posting.account.code), posting.account.subkey) << "  "
                << amount_of(posting) << "\n";
        }
        out << "\n";
    }

  private:
    Chart chart_;
    bool is_hledger_;
};

std::string beancount_text(std::string_view text)
{
    std::string quoted = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

class Beancount : public Exporter {
  public:
    explicit Beancount(ExportAccounts accounts)
        : chart_{std::move(accounts)}
    {
    }

    void begin(std::ostream& out) override
    {
        out << "; Daifu journal export. Dates are booking days; value dates are metadata.\n"
               "option \"title\" \"Daifu\"\noption \"operating_currency\" \"CNY\"\n\n";
        for (ledger::AccountName const& account : chart_.used()) {
            ChartLine const& line = chart_.line(account.code);
            out << "1900-01-01 open " << beancount_account(line, account.subkey) << "\n"
                << "  name: " << beancount_text(line.chinese + " " + line.english) << "\n"
                << "  code: " << beancount_text(account.code.text()) << "\n"
                << "  subkey: " << beancount_text(account.subkey) << "\n";
        }
        out << "\n";
    }

    void entry(std::ostream& out, store::EntryCard const& card) override
    {
        ledger::JournalEntry const& entry = card.record.entry;
        out << entry.booked_on().text() << " * " << beancount_text(narrative_of(card)) << "\n"
            << "  entry: " << card.record.entry_number << "\n"
            << "  cause: " << beancount_text(ledger::code_of(entry.cause())) << "\n"
            << "  subject: " << beancount_text(card.record.subject) << "\n"
            << "  value_on: " << entry.value_on().text() << "\n"
            << "  digest: " << beancount_text(card.digest) << "\n";
        for (ledger::Posting const& posting : entry.postings()) {
            out << "  "
                << beancount_account(chart_.line(posting.account.code), posting.account.subkey)
                << "  " << amount_of(posting) << "\n";
        }
        out << "\n";
    }

  private:
    Chart chart_;
};

class Csv : public Exporter {
  public:
    explicit Csv(ExportAccounts accounts)
        : chart_{std::move(accounts)}
    {
    }

    void begin(std::ostream& out) override
    {
        out << registers::byte_order_mark; // else a spreadsheet in China reads GB18030
        out << registers::csv_line({"entry_number", "booked_on", "value_on", "recorded_at", "cause",
                                    "subject", "event_sequence", "narrative", "line", "account",
                                    "account_name", "subkey", "unit", "debit", "credit", "actor",
                                    "digest"});
    }

    void entry(std::ostream& out, store::EntryCard const& card) override
    {
        ledger::EntryRecord const& record = card.record;
        int number = 0;
        for (ledger::Posting const& posting : record.entry.postings()) {
            std::string const unit{ledger::code_of(posting.unit)};
            std::string const amount = wire::minor_units_text(posting.minor_units, unit);
            bool const is_debit = posting.side == ledger::Side::debit;
            out << registers::csv_line(
                {std::to_string(record.entry_number), record.entry.booked_on().text(),
                 record.entry.value_on().text(), wire::rfc3339(record.recorded_at),
                 std::string{ledger::code_of(record.entry.cause())},
                 registers::inert(record.subject),
                 record.event_sequence == 0 ? "" : std::to_string(record.event_sequence),
                 registers::inert(narrative_of(card)), std::to_string(++number),
                 posting.account.code.text(), chart_.line(posting.account.code).chinese,
                 registers::inert(posting.account.subkey), unit, is_debit ? amount : "",
                 is_debit ? "" : amount, registers::inert(record.actor), card.digest});
        }
    }

  private:
    Chart chart_;
};

} // namespace

std::string ledger_account(ChartLine const& line, std::string_view subkey)
{
    std::string name = std::string{root_of(line.account_class)} + ":" + line.code.text();
    return subkey.empty() ? name : name + ":" + std::string{subkey};
}

std::string beancount_component(std::string_view subkey)
{
    std::string component;
    for (std::size_t i = 0; i < subkey.size(); ++i) {
        char const c = subkey[i];
        bool const stands_alone = c == '-' && (i == 0 || is_plain(subkey[i - 1])) &&
                                  (i + 1 == subkey.size() || is_plain(subkey[i + 1]));
        if (is_plain(c) || stands_alone) {
            component += c;
        } else { // two dashes never stand in a component otherwise
            constexpr std::string_view digits = "0123456789ABCDEF";
            auto const byte = static_cast<unsigned char>(c);
            component += "--";
            component += digits[byte >> 4U];
            component += digits[byte & 15U];
        }
    }
    bool const starts_well = !component.empty() && (std::isupper(component.front()) != 0 ||
                                                    std::isdigit(component.front()) != 0);
    return starts_well && !component.starts_with("X-") ? component : "X-" + component;
}

std::string beancount_account(ChartLine const& line, std::string_view subkey)
{
    std::string code = line.code.text();
    std::ranges::replace(code, '.', '-');
    std::string name = std::string{root_of(line.account_class)} + ":A" + code;
    return subkey.empty() ? name : name + ":" + beancount_component(subkey);
}

ExportFormat format_named(std::string_view name)
{
    if (name == "ledger") return ExportFormat::ledger;
    if (name == "hledger") return ExportFormat::hledger;
    if (name == "beancount") return ExportFormat::beancount;
    LEDGER_ASSERT(name == "csv");
    return ExportFormat::csv;
}

std::unique_ptr<Exporter> exporter(ExportFormat format, ExportAccounts accounts)
{
    switch (format) {
    case ExportFormat::ledger: return std::make_unique<PlainText>(std::move(accounts), false);
    case ExportFormat::hledger: return std::make_unique<PlainText>(std::move(accounts), true);
    case ExportFormat::beancount: return std::make_unique<Beancount>(std::move(accounts));
    case ExportFormat::csv: return std::make_unique<Csv>(std::move(accounts));
    }
    throw ledger::Bug("an export format without an exporter");
}

} // namespace daifu
