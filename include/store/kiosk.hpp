// The kiosk in the database: a borrower proves himself at an enrolled terminal and sees himself.
// The role of the kiosk calls two functions and reads no table; the database opens no session
// without the hash of the secret. Salts, hashes and digests come and go as bytes.
#pragma once

#include "ledger/kiosk.hpp"
#include "store/access.hpp"
#include "store/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace store {

/// What must be hashed, or for how long nobody may try.
struct KioskChallenge {
    bool is_enrolled = false; ///< the terminal
    int locked_s = 0;         ///< seconds; 0: go on
    std::string salt;         ///< of nobody's card as good as of anybody's
};
/// Counts a try of the card at the terminal; before anything is hashed. With the role `kiosk`.
KioskChallenge kiosk_challenge(Database& kiosk, ledger::CountyCode const&,
                               ledger::Digest const& terminal, ledger::ResidentId const& card);

struct KioskAsked {
    ledger::Digest terminal{};
    ledger::Digest session{};
    std::string address, request_id;
};
/// JSON of the person, as access.kiosk_view makes it: borrower, name, loans, payments; amounts in
/// fen. Nothing: the secret is wrong. The session before it at the terminal is over.
std::optional<std::string> kiosk_open(Database& kiosk, ledger::CountyCode const&, KioskAsked const&,
                                      ledger::ResidentId const& card, std::string const& proof);
/// The same of the session; nothing: it is over.
std::optional<std::string> kiosk_read(Database& kiosk, ledger::CountyCode const&,
                                      KioskAsked const&);
void kiosk_end(Database& kiosk, ledger::CountyCode const&, KioskAsked const&);

/// `verifier`: the SHA-256 of the proof. Also opens a locked card. `by.subject` is filled in.
/// Refuses borrower_not_found. With the role `app`.
ledger::Result<void> set_kiosk_secret(Database& app, ledger::CountyCode const&,
                                      ledger::UnitCode const& confined_to,
                                      ledger::BorrowerNumber const&, ledger::KioskSecretKind,
                                      std::string const& salt, ledger::Digest const& verifier,
                                      TrailRecord by);

/// A card that is locked now.
struct KioskLock {
    std::string borrower, terminal;
    ledger::UnitCode village;
    int failures = 0;
    Instant until{};
};
std::vector<KioskLock> kiosk_locks(Database& app, ledger::CountyCode const&);

struct Terminal {
    std::string code, name;
    bool is_enrolled = true;
    Instant enrolled_at{};
    std::optional<Instant> seen_at;
};
std::vector<Terminal> terminals(Database& access, ledger::CountyCode const&);
/// A new credential, for a terminal that was there too: the old one is good for nothing then.
void enrol_terminal(Database& access, ledger::CountyCode const&, std::string const& code,
                    std::string const& name, ledger::Digest const& token, TrailRecord by);
/// Refuses terminal_not_found.
ledger::Result<void> end_terminal(Database& access, ledger::CountyCode const&,
                                  std::string const& code, TrailRecord by);

} // namespace store
