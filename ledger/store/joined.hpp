// Whoever does several things in one transaction: what the connection reads or changes meanwhile
// joins it.
#pragma once

#include "ledger/store/session.hpp"

namespace store {

/// Whatever happens, the next use has its own transaction again.
struct Joined {
    Database::Session& session;
    Joined(Database::Session& of, pqxx::transaction_base& transaction)
        : session{of}
    {
        session.together = &transaction;
    }
    ~Joined() { session.together = nullptr; }
    Joined(Joined const&) = delete;
    Joined& operator=(Joined const&) = delete;
};

} // namespace store
