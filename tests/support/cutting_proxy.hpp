// Stands between a client and the server's Unix socket and, once told to, lets one COMMIT through
// and then drops the connection before its answer: the client cannot know what became of it.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace test {

class CuttingProxy {
  public:
    /// Between `directory` (the cluster's socket folder) and a folder of its own.
    explicit CuttingProxy(std::string directory);
    ~CuttingProxy();
    CuttingProxy(CuttingProxy const&) = delete;
    CuttingProxy& operator=(CuttingProxy const&) = delete;

    /// The folder to connect to instead.
    std::string const& directory() const { return own_directory_; }
    /// Cut the next commit's answer.
    void cut_next_commit() { is_armed_ = true; }
    bool has_cut() const { return has_cut_; }

  private:
    void accept_clients();
    void carry(int client);

    std::string server_path_;
    std::string own_directory_;
    int listener_ = -1;
    std::atomic<bool> is_armed_{false};
    std::atomic<bool> has_cut_{false};
    std::thread acceptor_;
    std::vector<std::thread> carriers_;
};

} // namespace test
