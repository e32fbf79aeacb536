// The keys that seal what is personal: turned while the service works.
#include "daifu/console.hpp"
#include "daifu/verbs.hpp"

#include "store/access.hpp"
#include "store/personal.hpp"

#include <boost/json.hpp>

namespace daifu {

namespace json = boost::json;

namespace {

constexpr int rows_at_once = 500;

/// Seals everything of the county with the newest key; how many values.
int seal_anew(Settings const& settings, Books& books)
{
    int done = 0;
    for (int more = rows_at_once; more > 0;) {
        more = store::reseal(books.app(), books.county(), rows_at_once);
        done += more;
        if (more > 0 && !settings.json)
            print("  已重新加密 sealed again " + std::to_string(done) + "\n");
    }
    return done + store::reseal_totp(books.access(), books.county());
}

void tell(Books& books, char const* event, int key)
{
    store::TrailRecord const record{
        .actor = "daifu",
        .event = event,
        .subject = "key " + std::to_string(key),
        .became = json::serialize(json::object{{"key", key}}),
    };
    store::append_trail(books.access(), books.county(), {&record, 1});
}

} // namespace

Exit rotate_keys(Settings const& settings, bool keep_newest)
{
    Books books{settings};
    if (auto const county = books.status(); !county)
        return refuse_aloud(county.error(), settings.json);
    if (auto const known = store::check_key(books.app(), books.county()); !known)
        return refuse_aloud(known.error(), settings.json);
    int const key = keep_newest ? books.keys().newest().number : books.keys().add();
    int const done = seal_anew(settings, books);
    if (keep_newest) {
        // Whoever was writing with an older key has written by now: the books were locked for it.
        store::reseal_last(books.app(), books.county());
        books.keys().keep_newest();
    }
    tell(books, keep_newest ? "keys_retired" : "keys_rotated", key);
    if (settings.json) {
        print(json::object{{"key", key}, {"sealed", done}});
    } else {
        print("密钥 " + std::to_string(key) + " 已启用，重新加密 " + std::to_string(done) +
              " 项；请另行备份 " + settings.key_file + "。\nKey " + std::to_string(key) +
              " seals from now on; " + std::to_string(done) +
              " values were sealed again. Keep a copy of " + settings.key_file +
              " apart from the database.\n");
    }
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
    for (auto const& [key, count] : store::sealed_by_key(books.app(), books.county())) {
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
