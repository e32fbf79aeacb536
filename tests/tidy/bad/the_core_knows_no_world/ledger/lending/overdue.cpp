auto today = std::chrono::system_clock::now();
