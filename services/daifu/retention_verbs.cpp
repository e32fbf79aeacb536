// What is personal of closed accounts: shown, and erased when the law's time is over.
#include "daifu/console.hpp"
#include "daifu/verbs.hpp"

#include "store/queries.hpp"
#include "store/retention.hpp"
#include "wire/choices.hpp"

#include <boost/json.hpp>

namespace daifu {

namespace json = boost::json;

namespace {

constexpr int erased_at_once = 100;

char const* chinese_of(ledger::RetainedKind what)
{
    switch (what) {
    case ledger::RetainedKind::kiosk_secret: return "自助机密码";
    case ledger::RetainedKind::phone: return "电话";
    case ledger::RetainedKind::bank_account: return "银行账号";
    case ledger::RetainedKind::resident_id: return "身份证号";
    }
    throw ledger::Bug("something personal without a name");
}

json::object row_of(store::RetentionDue const& due)
{
    return {{"borrower", due.borrower},
            {"what", wire::name_of(due.what)},
            {"closed_on", due.closed_on.text()},
            {"kept_until", due.until.text()},
            {"document", due.document}};
}

} // namespace

Exit list_retention(Settings const& settings)
{
    Books books{settings};
    if (auto const status = books.status(); !status)
        return refuse_aloud(status.error(), settings.json);
    auto const all = store::retention_due(books.app(), books.county());
    if (settings.json) {
        json::array list;
        for (auto const& due : all) list.push_back(row_of(due));
        print(json::object{{"due", std::move(list)}});
        return Exit::done;
    }
    using enum Align;
    Table table{{"借款人 borrower", "内容 what", "结清 closed", "保存至 kept until", "依据 by"},
                {left, left, left, left, left}};
    for (auto const& due : all)
        table.row({due.borrower, chinese_of(due.what), due.closed_on.text(), due.until.text(),
                   due.document});
    print(all.empty() ? "没有到期应删除的个人信息。\nNothing is due to be erased.\n"
                      : table.text());
    return Exit::done;
}

Exit erase_retention(Settings const& settings)
{
    Books books{settings};
    if (auto const status = books.status(); !status)
        return refuse_aloud(status.error(), settings.json);
    auto const total = store::retention_due(books.app(), books.county()).size();
    Progress progress{"删除 erase", settings.json};
    std::size_t erased = 0;
    for (int more = 1; more > 0;) {
        more = store::erase_due(books.app(), books.county(), erased_at_once, {.actor = "daifu"});
        erased += static_cast<std::size_t>(more);
        progress.show(erased, std::max(erased, total));
    }
    if (settings.json) {
        print(json::object{{"erased", erased}});
        return Exit::done;
    }
    print("已删除 " + std::to_string(erased) + " 项，记入操作记录；备份里的副本随备份到期销毁。\n" +
          std::to_string(erased) +
          " values were erased, each with its record in the trail; copies in backups go with "
          "them.\n");
    return Exit::done;
}

} // namespace daifu
