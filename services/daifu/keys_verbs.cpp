// The keys that seal what is personal: turned while the service works.
#include "daifu/console.hpp"
#include "daifu/verbs.hpp"

#include "store/access.hpp"
#include "store/personal.hpp"
#include "store/queries.hpp"

#include <boost/json.hpp>

namespace daifu {

namespace json = boost::json;

namespace {

constexpr int rows_at_once = 500;

/// Seals everything of a county with the newest key; how many values.
int seal_anew(Settings const& settings, Books& books, ledger::CountyCode const& county)
{
    int done = 0;
    for (int more = rows_at_once; more > 0;) {
        more = store::reseal(books.owner(), county, rows_at_once);
        done += more;
        if (more > 0 && !settings.json)
            print("  " + county.text() + " 已重新加密 sealed again " + std::to_string(done) + "\n");
    }
    return done + store::reseal_totp(books.access(), county);
}

void tell(Books& books, ledger::CountyCode const& county, char const* event, int key)
{
    store::TrailRecord const record{
        .actor = "daifu",
        .event = event,
        .subject = "key " + std::to_string(key),
        .became = json::serialize(json::object{{"key", key}}),
    };
    store::append_trail(books.access(), county, {&record, 1});
}

void say_sealed(Settings const& settings, int key, int done)
{
    if (settings.json) return print(json::object{{"key", key}, {"sealed", done}});
    print("密钥 " + std::to_string(key) + " 已启用，重新加密 " + std::to_string(done) +
          " 项；请另行备份 " + settings.key_file + "。\nKey " + std::to_string(key) +
          " seals from now on; " + std::to_string(done) +
          " values were sealed again. Keep a copy of " + settings.key_file +
          " apart from the database.\n");
}

} // namespace

// Of every county of the database: they share the key file.
Exit rotate_keys(Settings const& settings, bool keep_newest)
{
    Books books{settings};
    if (auto const county = books.status(); !county)
        return refuse_aloud(county.error(), settings.json);
    auto const all = store::counties(books.reader());
    for (auto const& each : all) {
        if (auto const known = store::check_key(books.app(), each.county); !known)
            return refuse_aloud(known.error(), settings.json);
    }
    int const key = keep_newest ? books.keys().newest().number : books.keys().add();
    int done = 0;
    for (auto const& each : all) {
        done += seal_anew(settings, books, each.county);
        // Whoever was writing with an older key has written by then: the books are locked for it.
        if (keep_newest) store::reseal_last(books.owner(), each.county);
        tell(books, each.county, keep_newest ? "keys_retired" : "keys_rotated", key);
    }
    if (keep_newest) books.keys().keep_newest();
    say_sealed(settings, key, done);
    return Exit::done;
}

Exit list_keys(Settings const& settings)
{
    Books books{settings};
    if (auto const county = books.status(); !county)
        return refuse_aloud(county.error(), settings.json);
    auto const known = store::check_key(books.app(), books.county());
    if (!known) return refuse_aloud(known.error(), settings.json);
    using enum Align;
    Table table{{"密钥 key", "值 values sealed"}, {right, right}};
    json::array list;
    for (auto const& [key, count] : store::sealed_by_key(books.owner(), books.county())) {
        table.row({std::to_string(key), std::to_string(count)});
        list.push_back(json::object{{"key", key}, {"values", count}});
    }
    if (settings.json)
        print(json::object{{"keys", std::move(list)}});
    else
        print(table.text());
    return Exit::done;
}

} // namespace daifu
