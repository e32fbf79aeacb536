// Format 1 of an entry's bytes. Every field is there, each behind its length, so that no two
// different entries have the same bytes and none can be left out unseen. The format is frozen:
// tests/unit/seal.cpp holds golden bytes; a change is a new version beside this one.
#include "ledger/seal.hpp"

namespace ledger {
namespace {

class Encoder {
  public:
    void byte(std::uint8_t value) { bytes_.push_back(value); }
    void text(std::string_view value)
    {
        LEDGER_ASSERT(value.size() <= 0xffff'ffffU);
        big_endian(value.size(), 4);
        bytes_.insert(bytes_.end(), value.begin(), value.end());
    }
    void number(std::int64_t value)
    {
        big_endian(8, 4);
        big_endian(static_cast<std::uint64_t>(value), 8);
    }
    std::vector<std::uint8_t> take() { return std::move(bytes_); }

  private:
    void big_endian(std::uint64_t value, int width)
    {
        for (int shift = (width - 1) * 8; shift >= 0; shift -= 8)
            bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
    }

    std::vector<std::uint8_t> bytes_;
};

std::string_view side_text(Side side)
{
    return side == Side::debit ? "debit" : "credit";
}

} // namespace

std::vector<std::uint8_t> canonical_encoding(EntryRecord const& record)
{
    Encoder out;
    out.byte(canonical_format_version);
    out.text(record.county.text());
    out.number(record.entry_number);
    out.number(record.recorded_at.time_since_epoch().count());
    out.text(record.actor);
    out.text(record.idempotency_key);
    out.text(record.subject);
    out.number(record.event_sequence);
    out.text(code_of(record.entry.cause()));
    out.text(record.entry.value_on().text());
    out.text(record.entry.booked_on().text());
    out.text(record.entry.narrative());
    out.number(static_cast<std::int64_t>(record.entry.postings().size()));
    for (Posting const& posting : record.entry.postings()) {
        out.text(posting.account.code.text());
        out.text(posting.account.subkey);
        out.text(side_text(posting.side));
        out.text(code_of(posting.unit));
        out.number(posting.minor_units);
    }
    return out.take();
}

} // namespace ledger
