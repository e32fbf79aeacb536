// Names of things: Id<Tag> for business identifiers (text, unique in their county), and the two
// national identifiers with their check characters. A ResidentId has no operator<< : only masked()
// prints, so that a log line cannot hold one by accident.
#pragma once

#include "ledger/refusal.hpp"

#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace ledger {

/// 1 to 40 ASCII letters, digits and - _ . ; compared exactly.
Result<std::string> checked_identifier(std::string_view);

template <class Tag> class Id {
  public:
    Id() = default; ///< empty: "not yet named"
    /// Refuses identifier_malformed.
    static Result<Id> parse(std::string_view text)
    {
        auto checked = checked_identifier(text);
        if (!checked) return std::unexpected{checked.error()};
        Id id;
        id.text_ = std::move(*checked);
        return id;
    }
    std::string const& text() const { return text_; }
    bool is_empty() const { return text_.empty(); }
    friend auto operator<=>(Id const&, Id const&) = default;

  private:
    std::string text_;
};

using CountyCode = Id<struct CountyTag>; ///< six digits, GB/T 2260: 530921 is Fengqing
using UnitCode = Id<struct UnitTag>;     ///< township (9 digits) or village (12 digits)
using BorrowerNumber = Id<struct BorrowerTag>;
using HouseholdNumber = Id<struct HouseholdTag>;
using LoanNumber = Id<struct LoanTag>; ///< the contract number
using FundCode = Id<struct FundTag>;
using AccountCode = Id<struct AccountTag>; ///< a line of the chart of accounts: "1303.01"

/// A resident id by GB 11643: 18 characters, a real birth date, the check digit; x and full-width
/// digits are normalised. The region code is not judged: it stays the birthplace's for life.
class ResidentId {
  public:
    /// Refuses, in this order: resident_id_malformed, resident_id_date_impossible,
    /// resident_id_check_digit_wrong.
    static Result<ResidentId> parse(std::string_view);
    /// "530921********0003".
    std::string masked() const;
    /// The whole number, for storage only.
    std::string const& reveal() const { return text_; }
    friend auto operator<=>(ResidentId const&, ResidentId const&) = default;

  private:
    std::string text_;
};

/// The check character for the first 17 digits.
char resident_id_check_digit(std::string_view first_17);

/// A unified social credit code by GB 32100-2015.
class CreditCode {
  public:
    /// Refuses credit_code_malformed, credit_code_check_digit_wrong.
    static Result<CreditCode> parse(std::string_view);
    std::string const& text() const { return text_; }
    friend auto operator<=>(CreditCode const&, CreditCode const&) = default;

  private:
    std::string text_;
};

/// Text that people read: trimmed of spaces (ideographic ones too), valid UTF-8, no control
/// characters, line breaks or direction overrides, at most `limit` characters. Refuses, in order,
/// text_missing, utf8_invalid, text_has_control_characters, text_too_long.
Result<std::string> checked_text(std::string_view, int limit);

} // namespace ledger
