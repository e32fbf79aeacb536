// Staff, what proves them, and the trail of it. Secrets come here as hashes, digests or sealed, and
// never leave as anything else. Every change writes its record of the trail in its own transaction:
// what is not in the trail has not happened. All of it with the role `access`, which sees no loan.
#pragma once

#include "ledger/access.hpp"
#include "ledger/seal.hpp"
#include "store/database.hpp"
#include "store/execute.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace store {

/// A record of the trail. `was` and `became` are JSON texts; empty: nothing to tell.
struct TrailRecord {
    std::string actor{};         ///< user name; empty: nobody known
    std::string event{};         ///< "signed_in", "right_missing" …
    std::string subject{};       ///< whose or what
    std::string result = "done"; ///< or the refusal's code
    std::string address{};
    std::string request_id{};
    std::string was{};
    std::string became{};
};
/// Whether there are books of the county.
bool has_county(Database& access, ledger::CountyCode const&);
void append_trail(Database& access, ledger::CountyCode const&, std::span<TrailRecord const>);

struct TrailLine {
    std::int64_t number = 0;
    Instant happened_at{};
    TrailRecord what;
};
struct TrailFilter {
    std::string whose{};                     ///< his doing, or about him; empty: anybody's
    std::string actor{}, subject{}, event{}; ///< empty: any
    std::optional<std::int64_t> before{};    ///< cursor: the number of the last line of the page
    int limit = 50;
};
/// The latest first.
std::vector<TrailLine> trail(Database& access, ledger::CountyCode const&, TrailFilter const&);

struct Staff {
    ledger::Principal who;
    bool is_enabled = true;
    bool has_second_factor = false;
    Instant added_at{};
    Instant password_set_at{};
};
std::vector<Staff> all_staff(Database& access, ledger::CountyCode const&);
std::optional<Staff> staff(Database& access, ledger::CountyCode const&, ledger::UserName const&);

/// Refuses user_already_exists, township_not_found.
ledger::Result<void> add_staff(Database& access, ledger::CountyCode const&,
                               ledger::Principal const&, std::string const& password_hash,
                               TrailRecord const& by);
/// What is empty stays as it is.
struct StaffChange {
    std::optional<ledger::UserRoles> roles{};
    std::optional<ledger::UnitCode> township{}; ///< an empty code: the whole county
    std::optional<bool> is_enabled{};
};
/// Whoever is disabled has no session and no token from then on. Refuses user_not_found,
/// township_not_found.
ledger::Result<void> change_staff(Database& access, ledger::CountyCode const&,
                                  ledger::UserName const&, StaffChange const&,
                                  TrailRecord const& by);
/// Ends his other sessions (all where `keeping` is 0) and his tokens. Refuses user_not_found.
ledger::Result<void> set_password(Database& access, ledger::CountyCode const&,
                                  ledger::UserName const&, std::string const& password_hash,
                                  std::int64_t keeping, TrailRecord const& by);

/// What a sign-in is judged by.
struct Proof {
    std::string password_hash;
    std::string totp_secret; ///< sealed bytes; empty: none
    bool is_set_up = false;  ///< the telephone showed a right code once
    std::int64_t totp_last_step = 0;
    ledger::UserRoles roles;
    bool is_enabled = true;
    bool has_expired = false; ///< an initial password that nobody changed in time
};
std::optional<Proof> proof_of(Database& access, ledger::CountyCode const&, ledger::UserName const&);
/// A new secret, with the digests of its recovery codes; it counts once a right code was shown.
void offer_totp(Database& access, ledger::CountyCode const&, ledger::UserName const&,
                std::string const& sealed_secret, std::span<ledger::Digest const> recovery_codes);
/// Its first code was right at this step.
void set_up_totp(Database& access, ledger::CountyCode const&, ledger::UserName const&,
                 std::int64_t step, std::int64_t session, TrailRecord const& by);
/// A telephone is lost: an administrator takes the second factor away. Refuses user_not_found.
ledger::Result<void> forget_totp(Database& access, ledger::CountyCode const&,
                                 ledger::UserName const&, TrailRecord const& by);
/// False when that step, or a later one, was used already: by somebody who was faster.
bool take_totp_step(Database& access, ledger::CountyCode const&, ledger::UserName const&,
                    std::int64_t step);
/// False when there is no such code, or it was used.
bool take_recovery_code(Database& access, ledger::CountyCode const&, ledger::UserName const&,
                        ledger::Digest const&);

enum class TriedBy : std::uint8_t { account = 1, address };
inline constexpr int free_tries_account = 5;
inline constexpr int free_tries_address = 20;
/// Counts a try before it is judged. Seconds to wait where the key is locked; nothing: go on.
std::optional<int> count_try(Database& access, ledger::CountyCode const&, TriedBy,
                             std::string const& key);
/// He was right.
void forgive(Database& access, ledger::CountyCode const&, TriedBy, std::string const& key);

inline constexpr std::chrono::minutes session_idle_limit{30};
inline constexpr std::chrono::hours session_limit{12};

struct NewSession {
    ledger::UserName user;
    ledger::Digest token{};
    std::string agent;
    bool has_second_factor = false;
};
/// Its number. The trail tells the sign-in.
std::int64_t open_session(Database& access, ledger::CountyCode const&, NewSession const&,
                          TrailRecord const& by);
struct SessionLine {
    std::int64_t number = 0;
    std::string address, agent;
    Instant opened_at{}, seen_at{}, expires_at{};
};
/// Those that go on.
std::vector<SessionLine> sessions_of(Database& access, ledger::CountyCode const&,
                                     ledger::UserName const&);
/// Refuses session_not_found: none of his that goes on.
ledger::Result<void> end_session(Database& access, ledger::CountyCode const&,
                                 ledger::UserName const&, std::int64_t number,
                                 TrailRecord const& by);

enum class TokenScope : std::uint8_t {
    read = 1,
    write,   ///< and record
    confirm, ///< and confirm what others recorded, as if its owner had proved himself
};
/// "read", "write", "confirm".
std::string_view code_of(TokenScope);
inline constexpr int token_days_most = 366;
struct NewToken {
    ledger::UserName user;
    ledger::Digest token{};
    std::string purpose;
    TokenScope scope{};
    int days = 90;
    bool has_second_factor =
        true; ///< as the session has that makes it; the operator's terminal: yes
};
/// Its number. Refuses user_not_found.
ledger::Result<std::int64_t> make_token(Database& access, ledger::CountyCode const&,
                                        NewToken const&, TrailRecord const& by);
struct TokenLine {
    std::int64_t number = 0;
    std::string purpose;
    TokenScope scope{};
    Instant made_at{}, expires_at{};
    std::optional<Instant> seen_at;
};
std::vector<TokenLine> tokens_of(Database& access, ledger::CountyCode const&,
                                 ledger::UserName const&);
/// Refuses token_not_found.
ledger::Result<void> end_token(Database& access, ledger::CountyCode const&, ledger::UserName const&,
                               std::int64_t number, TrailRecord const& by);

/// As what a telephone's secret is sealed.
std::string totp_sealed_as(ledger::UserName const&);
/// Seals the secrets of telephones that an older key sealed with the newest; how many.
int reseal_totp(Database& access, ledger::CountyCode const&);

/// Whom a session or a token proves, with his rights as they are now.
struct Admitted {
    ledger::Principal who;
    std::int64_t session = 0; ///< 0: a token
    bool may_write = true;    ///< false: a token that only reads
    bool has_second_factor = false;
    bool is_set_up = false;
    bool is_proved_lately = true;      ///< gave password or code within proof_limit; its scope
    bool has_initial_password = false; ///< an administrator made it; a token: false
    bool is_by_token() const { return session == 0; }
};
/// Ends the session that the token proves, where there is one.
void leave_session(Database& access, ledger::CountyCode const&, ledger::Digest const& token,
                   TrailRecord const& by);

/// For how long a password or a code, once given, stands for what needs one.
inline constexpr std::chrono::minutes proof_limit{5};
/// An initial password that nobody changed is good for no longer.
inline constexpr int initial_password_days = 7;
/// He gave his password or his code once more.
void prove_session(Database& access, ledger::CountyCode const&, ledger::UserName const&,
                   std::int64_t session);

struct Asked {
    ledger::CountyCode county;
    ledger::Digest token{};
};
/// Of each what it proves, in order; nothing: unknown, ended, expired, idle for too long, or its
/// user disabled. One query, however many ask.
std::vector<std::optional<Admitted>> admitted(Database& access, std::span<Asked const>);

} // namespace store
