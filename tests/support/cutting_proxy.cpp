// Plain blocking sockets, one thread a connection; closing a socket ends its thread.
#include "tests/support/cutting_proxy.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <poll.h>
#include <stdexcept>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace test {
namespace {

constexpr char const* socket_name = "/.s.PGSQL.5432";

sockaddr_un address_of(std::string const& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) throw std::runtime_error{"socket path too long"};
    std::ranges::copy(path, address.sun_path);
    return address;
}

/// Passes on what is there; 0 or less when the other side is gone.
ssize_t pass_on(int from, int to, std::string& seen)
{
    std::array<char, 65536> buffer;
    ssize_t const size = recv(from, buffer.data(), buffer.size(), 0);
    if (size <= 0) return size;
    seen.assign(buffer.data(), static_cast<std::size_t>(size));
    return send(to, buffer.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL);
}

} // namespace

CuttingProxy::CuttingProxy(std::string directory)
    : server_path_{std::move(directory) + socket_name}
{
    std::string pattern = std::filesystem::temp_directory_path() / "daifu-proxy-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"mkdtemp failed"};
    own_directory_ = pattern;
    listener_ = socket(AF_UNIX, SOCK_STREAM, 0);
    auto const address = address_of(own_directory_ + socket_name);
    if (bind(listener_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0 ||
        listen(listener_, 16) != 0)
        throw std::runtime_error{"the proxy cannot listen"};
    acceptor_ = std::thread{[this] { accept_clients(); }};
}

CuttingProxy::~CuttingProxy()
{
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    close(listener_);
    for (auto& carrier : carriers_) carrier.join();
    std::error_code ignored;
    std::filesystem::remove_all(own_directory_, ignored);
}

void CuttingProxy::accept_clients()
{
    for (;;) {
        int const client = accept(listener_, nullptr, nullptr);
        if (client < 0) return;
        carriers_.emplace_back([this, client] { carry(client); });
    }
}

void CuttingProxy::carry(int client)
{
    int const server = socket(AF_UNIX, SOCK_STREAM, 0);
    auto const address = address_of(server_path_);
    bool is_open =
        connect(server, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    bool is_cutting = false;
    std::string seen;
    while (is_open) {
        std::array<pollfd, 2> waiting{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
        poll(waiting.data(), waiting.size(), -1);
        if (waiting[0].revents != 0) {
            is_open = pass_on(client, server, seen) > 0;
            if (seen.find("COMMIT") != std::string::npos && is_armed_.exchange(false))
                is_cutting = true;
        }
        if (is_open && waiting[1].revents != 0) {
            std::array<char, 65536> answer;
            if (is_cutting) {
                recv(server, answer.data(), answer.size(), 0); // committed; nobody will hear of it
                has_cut_ = true;
                break;
            }
            is_open = pass_on(server, client, seen) > 0;
        }
    }
    close(server);
    close(client);
}

} // namespace test
