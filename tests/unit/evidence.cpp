// What a file is by its first bytes, and what the books want of one before events may name it.
#include "ledger/seal.hpp"

#include "tests/unit/household_county.hpp"

using namespace ledger;
using namespace ledger::test;

namespace {

using Asked = RecordFact;

EvidenceKept a_photo()
{
    return {some_digest, MediaType::jpeg, 100'000, "复兴村", "代养的牛"};
}

EvidenceKept& file_of(Asked& asked)
{
    return std::get<EvidenceKept>(asked.what);
}

/// A household with a claim, in books that are open.
WorkingBooks opened()
{
    WorkingBooks books = county_with({happens(Date{2016, 1, 1}, a_poor_household()),
                                      happens(Date{2016, 1, 20}, claim_under(loan_number))});
    REQUIRE(books.perform(OpenBooks{today}, today).has_value());
    return books;
}

} // namespace

TEST_CASE("A file is what its first bytes say, and is named by its SHA-256")
{
    using namespace std::string_view_literals;
    CHECK(media_type_of("\xFF\xD8\xFF\xDB"sv) == MediaType::jpeg);
    CHECK(media_type_of("\x89PNG\r\n\x1A\n"sv) == MediaType::png);
    CHECK(media_type_of("%PDF-1.7"sv) == MediaType::pdf);
    for (std::string_view const other :
         {""sv, "\xFF\xD8"sv, "\x89PNG"sv, " %PDF-1.7"sv, "GIF89a"sv, "<html>"sv, "PK\x03\x04"sv})
        CHECK_FALSE(media_type_of(other).has_value());
    // FIPS 180-4's example, as sha256sum prints it.
    CHECK(hex(file_digest("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(is_file_digest(hex(file_digest(""))));
    CHECK_FALSE(is_file_digest(std::string(64, 'A')));
    CHECK_FALSE(is_file_digest(std::string(63, 'a')));
    CHECK(SubjectName::parse(some_digest)->text() == some_digest);
    CHECK(SubjectName::parse("M-1")->text() == "M-1");
    CHECK(SubjectName::parse(std::string(64, 'g')).error().code == Refusal::identifier_malformed);
}

TEST_CASE("Evidence is refused for its day, digest, size, place, description, and a second time")
{
    Asked asked{Date{2016, 3, 2}, EvidenceKept{"x", MediaType::pdf, 0, "", ""}, {}, {}};
    climb<Asked>(
        opened(), asked,
        {{"date_in_future value_on 2016-03-01",
          [](auto&, auto& a) { a.value_on = Date{2016, 2, 1}; }},
         {"digest_malformed digest", [](auto&, auto& a) { file_of(a).digest = some_digest; }},
         {"number_malformed bytes 1 – 5242880",
          [](auto&, auto& a) { file_of(a).bytes = evidence_bytes_limit + 1; }},
         {"number_malformed bytes 1 – 5242880",
          [](auto&, auto& a) { file_of(a).bytes = evidence_bytes_limit; }},
         {"text_missing place", [](auto&, auto& a) { file_of(a).place = "复兴村"; }},
         {"text_missing description",
          [](auto& now, auto& a) {
              file_of(a).description = "合同";
              REQUIRE(now.perform(RecordFact{today, a_photo(), {}, {}}, today).has_value());
          }},
         {"evidence_already_kept digest 2016-03-01",
          [](auto&, auto& a) { file_of(a).digest = std::string(64, 'e'); }}});
}

TEST_CASE("From the opening on, what names evidence wants it kept; what is kept stays")
{
    WorkingBooks books = opened();
    auto const verified = happens(Date{2016, 1, 25}, verification_of(2));
    CHECK(outcome_of(books, verified) == "evidence_not_found evidence");
    CHECK(outcome_of(books,
                     happens(Date{2016, 1, 25}, BenefitBrought{2, Money::yuan(1), some_digest})) ==
          "evidence_not_found evidence");
    CHECK(outcome_of(books, happens(Date{2016, 1, 25}, BenefitBrought{2, Money::yuan(1), {}})) ==
          "booked");
    REQUIRE(books.perform(RecordFact{today, a_photo(), {}, {}}, today).has_value());
    CHECK(outcome_of(books, verified) == "booked");
    CHECK(books.perform(ReverseFact{evidence_named(some_digest), 1, "错"}, today).error().code ==
          Refusal::event_cannot_be_reversed);
    // Before the opening paper stays paper.
    CHECK(outcome_of(county_with({happens(Date{2016, 1, 1}, a_poor_household()),
                                  happens(Date{2016, 1, 20}, claim_under(loan_number))}),
                     verified) == "booked");
}
