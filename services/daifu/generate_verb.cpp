// Invented books of any size, for measuring: counties side by side on two connections.
#include "daifu/verbs.hpp"
#include "demo/stories.hpp"
#include "store/generate.hpp"
#include "store/migrate.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace daifu {

namespace json = boost::json;

namespace {

constexpr std::size_t most_stories = 1000;
/// So many live one story, or more: deciding costs a hundred times what living does.
constexpr std::size_t lives_a_story = 20;
constexpr std::size_t workers = 2; ///< each keeps one connection of the database busy

/// The asked county, then codes that are on no list.
std::vector<ledger::CountyCode> county_codes(ledger::CountyCode const& first, int counties)
{
    constexpr int from = 990'000;
    std::vector<ledger::CountyCode> codes{first};
    for (int code = from + 1; codes.size() < static_cast<std::size_t>(counties); ++code) {
        auto const next = ledger::CountyCode::parse(std::to_string(code));
        if (*next != first) codes.push_back(*next);
    }
    return codes;
}

/// Loans of the n-th county: as even as they go.
std::size_t share_of(std::size_t loans, std::size_t counties, std::size_t n)
{
    return loans / counties + (n < loans % counties ? 1 : 0);
}

class Generation {
  public:
    Generation(Settings settings, GenerateArguments const& arguments)
        : settings_{std::move(settings)}
        , arguments_{arguments}
        , stories_{std::clamp<std::size_t>(loans() / lives_a_story, 1, most_stories)}
    {
    }

    ledger::Result<store::Generated> run()
    {
        Books books{settings_};
        codes_ = county_codes(books.county(), arguments_.counties);
        if (auto ready = make_counties(books); !ready) return std::unexpected{ready.error()};
        decided_ = store::decide_stories(
            books.owner(), codes_.front(),
            demo::stories(demo::embedded_facts(), stories_, arguments_.years,
                          share_of(loans(), codes_.size(), 0), arguments_.seed));
        count_commands();
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < std::min(workers, codes_.size()); ++i)
                threads.emplace_back([this] { work(); });
        }
        if (broke_) std::rethrow_exception(broke_);
        if (refused_) return std::unexpected{*refused_};
        return sum_;
    }
    std::size_t stories() const { return stories_; }

  private:
    std::size_t loans() const { return static_cast<std::size_t>(arguments_.loans); }
    std::vector<store::Life> lives_of(std::size_t n) const
    {
        return demo::lives(codes_[n], share_of(loans(), codes_.size(), n), stories_,
                           arguments_.seed);
    }

    /// None is filled unless all are empty.
    ledger::Result<void> make_counties(Books& books) const
    {
        for (auto const& code : codes_) {
            if (auto made = store::create_county(books.owner(), code); !made)
                return std::unexpected{made.error()};
            auto const status = store::county(books.reader(), code);
            if (status && (status->entries > 0 || status->borrowers > 0))
                return ledger::refuse(ledger::Refusal::books_not_empty, "county", code.text());
        }
        return {};
    }

    void count_commands()
    {
        for (std::size_t n = 0; n < codes_.size(); ++n)
            commands_ += store::count_commands(*decided_, lives_of(n));
    }

    /// Takes the next county until there is none, or somebody has failed.
    void work()
    {
        try {
            for (;;) {
                std::size_t const n = next_++;
                if (n >= codes_.size() || has_failed()) return;
                fill(n);
            }
        } catch (...) {
            std::lock_guard const lock{mutex_};
            broke_ = std::current_exception();
        }
    }

    void fill(std::size_t n)
    {
        Settings own = settings_;
        own.county = codes_[n].text();
        Books books{own};
        std::size_t told = 0;
        auto const made = store::generate_books(books.owner(), codes_[n], *decided_, lives_of(n),
                                                [&](std::size_t done) {
                                                    tell(done - told);
                                                    told = done;
                                                });
        ledger::Date const open_on{demo::first_year + arguments_.years, 1, 1};
        auto const opened = made ? open_county(books, open_on) : std::unexpected{made.error()};
        std::lock_guard const lock{mutex_};
        if (!opened) {
            refused_ = opened.error();
            return;
        }
        sum_.loans += made->loans;
        sum_.entries += made->entries;
        sum_.postings += made->postings;
    }

    bool has_failed()
    {
        std::lock_guard const lock{mutex_};
        return broke_ || refused_;
    }

    void tell(std::size_t more)
    {
        std::lock_guard const lock{mutex_};
        done_ += more;
        progress_.show(done_, commands_);
    }

    Settings settings_;
    GenerateArguments const& arguments_;
    std::size_t stories_;
    std::vector<ledger::CountyCode> codes_;
    std::shared_ptr<store::DecidedStories const> decided_;
    std::size_t commands_ = 0, done_ = 0;
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_; ///< of what follows, and of done_
    Progress progress_{"生成 generating", settings_.json};
    std::optional<ledger::Refused> refused_;
    std::exception_ptr broke_;
    store::Generated sum_;
};

} // namespace

ledger::Result<store::Generated> generate_books(Settings const& settings,
                                                GenerateArguments const& arguments)
{
    return Generation{settings, arguments}.run();
}

Exit generate(Settings const& settings, GenerateArguments const& arguments)
{
    ledger::Date const end{demo::first_year + arguments.years, 1, 1};
    if (end > business_day()) {
        return refuse_aloud({ledger::Refusal::date_in_future, "years", business_day().text()},
                            settings.json);
    }
    auto const began = std::chrono::steady_clock::now();
    std::optional<Generation> generation{std::in_place, settings, arguments};
    auto const made = generation->run();
    std::size_t const stories = generation->stories();
    generation.reset(); // the bar makes room
    if (!made) return refuse_aloud(made.error(), settings.json);
    double const seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    auto const each_second = [seconds](std::int64_t n) {
        return static_cast<std::int64_t>(static_cast<double>(n) / seconds);
    };
    if (settings.json) {
        print(json::object{{"counties", arguments.counties},
                           {"loans", made->loans},
                           {"entries", made->entries},
                           {"postings", made->postings},
                           {"stories", stories},
                           {"open_on", end.text()},
                           {"seconds", seconds}});
        return Exit::done;
    }
    auto const number = [](std::int64_t n) { return grouped(std::to_string(n)); };
    print(number(arguments.counties) + " 个县，贷款 " + number(made->loans) + " 笔，凭证 " +
          number(made->entries) + " 张，分录 " + number(made->postings) +
          " 条（均为虚构），账簿自 " + end.text() + " 启用\n" +
          counted(static_cast<std::size_t>(arguments.counties), "county", "counties") + ", " +
          number(made->loans) + " loans, " + number(made->entries) + " entries, " +
          number(made->postings) + " postings, all invented; books open from " + end.text() + "\n" +
          number(each_second(made->loans)) + " loans/s, " + number(each_second(made->postings)) +
          " postings/s\n");
    return Exit::done;
}

} // namespace daifu
