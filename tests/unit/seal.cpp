// The canonical encoding's bytes, fixed for good. They were written out by a separate few lines of
// Python from the format's description and hashed with sha256sum and openssl dgst -sm3, so that a
// change in the encoder cannot agree with itself.
#include "ledger/seal.hpp"

#include <catch2/catch.hpp>

using namespace ledger;

namespace {

EntryRecord golden_record()
{
    auto const account = [](char const* code, char const* subkey) {
        return AccountName{*AccountCode::parse(code), subkey};
    };
    return {*CountyCode::parse("530921"),
            42,
            std::chrono::sys_time<std::chrono::microseconds>{
                std::chrono::microseconds{1472632200123456}}, // 2016-08-31 08:30:00.123456 UTC
            "clerk",
            "key-00001",
            "L1",
            3,
            JournalEntry::balanced(Cause::repayment, Date{2016, 8, 30}, Date{2016, 8, 31}, "还款",
                                   {debit(account("1002", ""), Money::yuan(1500)),
                                    credit(account("1303.01", "L1"), Money::yuan(1500))})};
}

constexpr char const* golden_bytes =
    "010000000635333039323100000008000000000000002a0000000800053b59e72c54400000000563"
    "6c65726b000000096b65792d3030303031000000024c310000000800000000000000030000000972"
    "657061796d656e740000000a323031362d30382d33300000000a323031362d30382d333100000006"
    "e8bf98e6acbe00000008000000000000000200000004313030320000000000000005646562697400"
    "000003434e590000000800000000000249f000000007313330332e3031000000024c310000000663"
    "726564697400000003434e590000000800000000000249f0";
constexpr char const* golden_sha256 =
    "c67742ee87cf78421553f1e89ddd665770121d44d99a99cad998079d85d70c28";
constexpr char const* golden_sm3 =
    "8cfe19a639c205d97efb9257ecb8f9bd69d637538ff4e6917953543536003f93";

std::string hex_of(std::vector<std::uint8_t> const& bytes)
{
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 32) {
        Digest part{};
        std::size_t const size = std::min<std::size_t>(32, bytes.size() - at);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, part.begin());
        text += hex(part).substr(0, size * 2);
    }
    return text;
}

} // namespace

TEST_CASE("The canonical encoding of an entry has its golden bytes")
{
    CHECK(hex_of(canonical_encoding(golden_record())) == golden_bytes);
}

TEST_CASE("The leaf digests are those that sha256sum and openssl give")
{
    auto const bytes = canonical_encoding(golden_record());
    CHECK(hex(leaf_digest(bytes, DigestAlgorithm::sha256)) == golden_sha256);
    CHECK(hex(leaf_digest(bytes, DigestAlgorithm::sm3)) == golden_sm3);
    CHECK(code_of(DigestAlgorithm::sha256) == "sha256");
    CHECK(code_of(DigestAlgorithm::sm3) == "sm3");
}

TEST_CASE("No field of an entry can change without changing its bytes")
{
    auto const golden = canonical_encoding(golden_record());
    std::vector<EntryRecord> changed(7, golden_record());
    changed[0].county = *CountyCode::parse("530922");
    changed[1].entry_number = 43;
    changed[2].recorded_at += std::chrono::microseconds{1};
    changed[3].actor = "clerc";
    changed[4].idempotency_key = "key-00002";
    changed[5].subject = "L2";
    changed[6].event_sequence = 4;
    for (auto const& record : changed) CHECK(canonical_encoding(record) != golden);
    // Text cannot move from one field to its neighbour.
    auto moved = golden_record();
    moved.actor = "clerkk";
    moved.idempotency_key = "ey-00001";
    CHECK(canonical_encoding(moved) != golden);
}
