// Every limit of the network side, with its reason. All of them can be configured; the defaults are
// for a county's office behind one reverse proxy.
#pragma once

#include <chrono>
#include <cstddef>

namespace http {

struct Limits {
    /// Request line and headers. Our own clients send less than 1 KiB.
    std::size_t header_bytes = 8 * 1024;
    /// The largest command is a proposal with 600 explicit due dates, about 10 KiB. Imports go
    /// through the command line.
    std::size_t body_bytes = 64 * 1024;
    /// Bodies above body_bytes (evidence: up to 5 MiB a file) that are in memory at once; a further
    /// one is told to come again.
    std::size_t large_bodies = 8;
    /// In place of read_deadline for such a body: 5 MiB at 700 kbit/s.
    std::chrono::milliseconds large_body_deadline{60'000};
    /// Clients that receive events; each is a connection, too.
    std::size_t streams = 200;
    /// From the first byte of a request to its last. A whole-request deadline, not one for each
    /// read: a client that drips a byte a second is cut all the same.
    std::chrono::milliseconds read_deadline{5'000};
    /// Between two requests of one connection.
    std::chrono::milliseconds idle_deadline{30'000};
    /// From the last byte of a request to the first of its answer. The database ends a statement
    /// after 60 s by itself: where that much and more passes it does not answer at all, and whoever
    /// waits is told to ask again rather than left to wait.
    std::chrono::milliseconds answer_deadline{75'000};
    /// From the first byte of an answer to its last: a client that does not read is cut.
    std::chrono::milliseconds write_deadline{15'000};
    /// After a stop: what is in flight may take this long.
    std::chrono::milliseconds drain_deadline{10'000};
    /// Each costs at most a read buffer (read_buffer_limit), a body (body_bytes), the answer that
    /// is being written and a file descriptor: with the defaults and answers of 64 KiB, 192 KiB.
    std::size_t connections = 4'000;
    /// One office behind one address; a reverse proxy counts as one, so raise it there.
    std::size_t connections_per_address = 64;
};

/// What a connection reads at most before it has parsed it; a body moves on into its own text, so
/// body_bytes may be set above this and header_bytes may not. Beast 1.81 bounds neither chunk
/// extensions nor trailers by header_limit or body_limit; a bounded buffer does.
inline constexpr std::size_t read_buffer_limit = 65'536;

/// After an answer that closes the connection the rest of the request is read and thrown away, so
/// that the client sees the answer and not a reset; up to this much and this long.
inline constexpr std::size_t linger_bytes_limit = 1024 * 1024;
inline constexpr std::chrono::milliseconds linger_deadline{1'000};

/// A stream without events says so this often, so that a client that is gone is noticed.
inline constexpr std::chrono::seconds stream_heartbeat{15};

/// A client that is turned away by "service_busy" is asked to wait this long.
inline constexpr int retry_after_s = 1;

} // namespace http
