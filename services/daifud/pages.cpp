// Renders the reference pages. Everything that is put into HTML is escaped, also what is ours.
#include "daifud/pages.hpp"

#include "http/problem.hpp"

#include "ledger/assert.hpp"
#include "ledger/refusal.hpp"

namespace daifud {

namespace {

std::string escaped(std::string_view text)
{
    std::string out;
    for (char const c : text) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else {
            out += c;
        }
    }
    return out;
}

constexpr std::string_view head = R"(<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Daifu API 带富接口</title>
<link rel="icon" href="/docs/assets/favicon-32x32.png">
<style>
body{margin:0;color:#1C2529;background:#F4F6F5;font:16px/1.5 -apple-system,"PingFang SC",
 "Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:62rem;margin:0 auto;padding:1rem 1.25rem 3rem}
h1{color:#17624B;font-size:1.75rem;margin:.5rem 0}
h2{color:#114A39;font-size:1.3rem;margin:2rem 0 .5rem}
main>pre{background:#fff;border:1px solid #D5DCDA;border-radius:6px;padding:.75rem;overflow-x:auto;
 font-size:14px}
:is(p,td)>code{background:#E6F0EC;border-radius:3px;padding:0 .2em}
table{border-collapse:collapse;width:100%;background:#fff;font-size:14px}
th,td{border:1px solid #D5DCDA;padding:.35rem .5rem;text-align:left;vertical-align:top}
th{background:#E6F0EC}
tr:target{background:#FFF4DB}
a{color:#1A5AA0}
.table{overflow-x:auto}
td:last-child{min-width:12rem}
main>p{margin:.35rem 0}
:is(p,span)[lang=en]{color:#4A5A60}
p[lang=en]{font-size:.93rem}
nav ul{columns:15rem;list-style:none;margin:1rem 0;padding:.75rem 1rem;background:#fff;
 border:1px solid #D5DCDA;border-radius:6px}
nav li{padding:.15rem 0;break-inside:avoid}
</style>
)";

/// Where the lines to try it go; the page puts its own address there.
constexpr std::string_view default_address = "http://127.0.0.1:8080";

constexpr std::string_view introduction = R"(</head>
<body>
<main>
<h1>带富接口 · Daifu API</h1>
<p>一个县的创业致富贷款台账，复式记账；接口说明是 /openapi.yaml。</p>
<p lang="en">A double-entry ledger of a county's loan programme. JSON over HTTP; the description is
<a href="/openapi.yaml">/openapi.yaml</a> (OpenAPI 3.1).</p>

<nav aria-label="目录 Contents"><ul>
<li><a href="#try">试一试 <span lang="en">Try it</span></a></li>
<li><a href="#who">谁在操作 <span lang="en">Who asks</span></a></li>
<li><a href="#idempotency">重复提交 <span lang="en">Idempotency</span></a></li>
<li><a href="#money">金额写成文字 <span lang="en">Money is a string</span></a></li>
<li><a href="#as-of">截至某日 <span lang="en">As of</span></a></li>
<li><a href="#preview">先看后记 <span lang="en">Preview</span></a></li>
<li><a href="#explain">打开一个数字 <span lang="en">Open a figure</span></a></li>
<li><a href="#households">农户与带动 <span lang="en">Households</span></a></li>
<li><a href="#paging">翻页 <span lang="en">Paging</span></a></li>
<li><a href="#closing">日终 <span lang="en">Closing a day</span></a></li>
<li><a href="#what-if">试算 <span lang="en">Schedule and replay</span></a></li>
<li><a href="#errors">出错 <span lang="en">Errors</span></a></li>
<li><a href="#operations">全部接口 <span lang="en">Operations</span></a></li>
</ul></nav>

<h2 id="try">试一试 · Try it</h2>
<pre><code>eval "`deploy/run env`"; base=http://127.0.0.1:8080
ask() { curl -s -H "Authorization: Bearer $DAIFU_TOKEN" "$@"; }
ask "$base/v1/statistics/portfolio?from=2015-01-01&amp;until=2016-01-01"
loan=$(ask "$base/v1/loans?limit=500" | grep -o '"loan":"[^}]*"outstanding":"[1-9]' \
     | head -1 | cut -d'"' -f4)
ask "$base/v1/loans/$loan/statement"
ask -i "$base/v1/loans/$loan/repayments" -d '{"amount":"100.00"}' \
     -H 'Content-Type: application/json' -H 'Idempotency-Key: try-it-0001'
</code></pre>

<p>最后一行会真的入账：给第一笔还有余额的贷款还 100.00 元；要撤销，就冲正这笔业务。</p>
<p lang="en">
The last line books: it pays 100.00 yuan into the first loan on which something is outstanding.
To undo it, reverse the event (<code>POST /v1/loans/{loan}/reversals</code>).</p>

<h2 id="who">谁在操作 · Who asks</h2>
<p>人用用户名和密码登录（POST /v1/sessions），复核员、审计员、管理员还要手机验证码；程序用访问令牌。</p>
<p>岗位权限见 /v1/permissions；乡镇经办员只办、只看本乡镇。没有登录是 401，没有权限是 403，都记入操作记录。</p>
<p lang="en">
A person signs in with name and password (<code>POST /v1/sessions</code>), checkers, auditors and
administrators with the code of a telephone too; a machine has a token
(<code>daifu user token</code>). What each role may is the table of <code>/v1/permissions</code>; an
officer of a township works and reads in his own. Not signed in is 401, not allowed 403, and the
trail tells it.</p>
<p>审批、放款、冲正等要第二个人确认：先答 202，列在 /v1/pending，复核员看过将记的凭证、带上它的 effect_digest 确认之后才入账。</p>
<p lang="en">
Approvals, payouts, reversals and the like wait for a second person: the answer is 202, and
<code>/v1/pending</code> lists them until a checker confirms with the <code>effect_digest</code> of
what he saw.</p>
<p>登录五分钟以后，复核等要再输一次密码或验证码（POST /v1/session/proof）；初始密码先改再用；用户变更等另一名管理员确认。</p>
<p lang="en">
Five minutes after signing in, confirming asks for password or code again
(<code>POST /v1/session/proof</code>, refused as <code>proof_needed</code> before). A first password
is changed before anything else. What is asked of a user waits for a second administrator
(<code>/v1/changes</code>).</p>
<p>证件号、电话、账号只显示掩码；查找用 POST /v1/borrowers/searches；看全号要说明用途，先留痕。</p>
<p lang="en">
Resident ids, telephones and accounts leave masked. A search is sent
(<code>POST /v1/borrowers/searches</code>), because addresses are kept in logs; a whole number is
read for a purpose (<code>/v1/borrowers/{borrower}/revelations</code>), and the trail has it
first.</p>

<h2 id="idempotency">重复提交 · Idempotency</h2>
<p>每笔写入都带一个自己取的 Idempotency-Key；同一个键、同样的内容再发一次，得到同一张回单，不会重复入账。</p>
<p lang="en">
Every write carries an <code>Idempotency-Key</code> of 8 to 80 visible ASCII characters that you
choose, but not beginning with <code>closing:</code>, <code>import:</code> or
<code>open-books:</code>. Send the last line above once more: the same receipt comes back, nothing
is booked twice. The same key with another body is refused
(<code>idempotency_key_reused</code>). After a lost answer or a 503, repeat the request with the
same key.</p>
<pre><code>HTTP/1.1 201 Created                    HTTP/1.1 200 OK
                                        Idempotent-Replay: true
{"command":"repay","subject":"…",       {"command":"repay","subject":"…",
 "entry_number":42, …}                   "entry_number":42, …}
</code></pre>

<h2 id="money">金额写成文字 · Money is a string</h2>
<p>金额和利率要加引号；日期不写就是营业日；不认识的字段会被指名拒绝。</p>
<p lang="en">
Amounts are decimal yuan in quotes, <code>"100000.00"</code>, at most two decimals; rates are
percent a year, <code>"4.75"</code>, at most four. A JSON number is refused
(<code>number_must_be_text</code>), because a float has no exact fen. Dates are
<code>2016-08-31</code>; one that may be left out is the business day (today in Asia/Shanghai). An
unknown field, a field written twice and an unknown query parameter are refused by name.</p>

<h2 id="as-of">截至某日 · As of</h2>
<p>贷款卡片看到起息日 as_of 为止的业务；每个数字的公式、依据和规则在 explain；试算平衡表按记账日 booked_through 取数。</p>
<p lang="en">
<code>GET /v1/loans/{loan}?as_of=2016-06-30</code> folds the loan's events up to that value date.
<code>GET /v1/explain/loan/{loan}</code> opens each figure: formula, inputs, rule. The trial balance
takes <code>booked_through</code>, a booking day.</p>

<h2 id="preview">先看后记 · Preview</h2>
<p>每种业务的地址后面加 /preview，就只试算不入账：看到前后的贷款、将记的凭证、受影响的还款分配；payoff 给出以后某天的结清金额。</p>
<p lang="en">Whatever happens to a loan has an address under it: <code>repayments</code>,
<code>extensions</code>, <code>waivers</code>, <code>write-off</code> and so on. The same body sent
to that address with <code>/preview</code> behind it needs no key and books nothing; it answers the
loan before and after, the entry that would be booked, and the earlier payments that would be used
in another way. <code>GET /v1/loans/{loan}/payoff?on=2016-12-31</code> says what settles the loan
on a day to come.</p>

<h2 id="explain">打开一个数字 · Open a figure</h2>
<p>统计里的每个数字都能打开：按哪些贷款、农户、村或责任事项算出来，各自哪一天起算、哪几张凭证、哪些佐证。
分组的数字带上 by 和 key，某段时间的带上 from 和 as_of；比率给出它由哪些指标算出（made_of）。</p>
<p lang="en">Every figure of the statistics opens into what it counts, with the day that makes each
part count, its entries and its evidence. For a group send <code>by</code> and <code>key</code>, for
a period <code>from</code> and <code>as_of</code>; a ratio names what it is made of
(<code>made_of</code>).</p>
<pre><code>curl -s "$base/v1/statistics/portfolio?by=industry&amp;from=2016-01-01"
curl -s "$base/v1/explain/indicator/lent?by=industry&amp;key=cattle&amp;from=2016-01-01"
</code></pre>

<h2 id="households">农户与带动 · Households</h2>
<p>一户只登记一次；申报、核实、份额、退出步骤、返贫等都在这一户的地址下面。带动申报以它的业务序号为名。
统计里每户只计一次，带动、建档立卡、脱贫三项不相加；每个数字都能打开到户或贷款。</p>
<p lang="en">
A household is registered once (<code>POST /v1/households</code>); whatever happens to it has an
address under it: <code>claims</code>, <code>verifications</code>, <code>shares</code>,
<code>exit-steps</code>, <code>relapses</code> and so on. A claim is named by the sequence of the
event that made it. <code>GET /v1/statistics/leading</code> counts each household once; households
led, registered-poor households led and households that left poverty are three facts that are never
added.</p>
<pre><code>curl -s "$base/v1/statistics/leading?by=way"
curl -s "$base/v1/explain/indicator/households_exited?limit=3"
curl -s "$base/v1/households/N0001"
</code></pre>

<h2 id="paging">翻页 · Paging</h2>
<p>把上一页的 next 作为 after 再发，next 为 null 就到底了；把 ETag 放进 If-None-Match，没有变化时只回 304。</p>
<p lang="en">
<code>GET /v1/loans</code> answers <code>next</code>, a cursor: send it as <code>after</code>;
<code>null</code> ends the list. Answers bear an <code>ETag</code>; send it as
<code>If-None-Match</code> and an unchanged answer costs nothing (304).</p>

<h2 id="closing">日终 · Closing a day</h2>
<p>把这一天和以前没有日终的各天依次计提利息并日终；可以重复执行；日终以后这一天不再记账。</p>
<p lang="en">
<code>POST /v1/days/{date}/closing</code> with <code>{}</code> posts the accruals of each
open day up to that one and closes it. It may be repeated; a closed day takes no new booking
(<code>day_closed</code>).</p>

<h2 id="what-if">试算 · Schedule and replay</h2>
<p>不需要账簿，也不需要服务：从标准输入读一个 JSON 对象，算出还款计划，或者把一笔贷款的业务从头推演一遍。</p>
<p lang="en">
Without books and without a server: <code>daifu schedule</code> and <code>daifu replay</code>
read one JSON object and write one. <code>POST /v1/schedules</code> is the same as
<code>daifu schedule</code>.</p>
<pre><code>daifu schedule &lt;&lt;'END'
{"principal":"100000.00","annual_rate":"4.75","method":"equal_instalments",
 "interest_per":"period","every":{"count":1,"unit":"month"},"instalments":24,
 "disbursements":[{"on":"2015-11-10","amount":"100000.00"}]}
END
daifu replay &lt;&lt;'END'
{"principal":"100000.00","annual_rate":"4.75","method":"interest_only",
 "every":{"count":1,"unit":"quarter"},"settlement_day":20,"instalments":9,
 "events":[{"type":"disbursed","value_on":"2015-11-10","amount":"100000.00"},
           {"type":"repaid","value_on":"2015-12-20","amount":"527.78"}],
 "as_of":"2016-03-31"}
END
</code></pre>

<h2 id="errors">出错 · Errors</h2>
<p>出错时什么都没有入账；<code>code</code> 固定不变，可供程序判断；<a href="/docs/problems">全部代码和办法</a>。</p>
<p lang="en">
An error is <code>application/problem+json</code> (RFC 9457): <code>code</code> is stable,
<code>title</code> and <code>title_zh</code> are sentences for people, <code>field</code> and
<code>limit</code> say what is wrong and where the limit lies, <code>request_id</code> finds it in
the log. Nothing was booked. <a href="/docs/problems">Every code, with what to do</a>.</p>
)";

/// One row a refusal, with the anchor that its `type` names.
std::string problem_table()
{
    std::string table = "<div class=\"table\"><table>\n<thead><tr><th>code</th><th>HTTP</th>"
                        "<th>中文</th><th>English</th><th>怎么办 · What to do</th></tr></thead>\n"
                        "<tbody>\n";
    for (auto const code : ledger::all_refusals()) {
        ledger::Refused const refused{code, {}, "…"};
        auto const advice = [code] {
            switch (ledger::kind_of(code)) {
            case ledger::RefusalKind::malformed: return "改好再发 · Mend the field and send again";
            case ledger::RefusalKind::not_found: return "核对编号 · Check the number";
            case ledger::RefusalKind::conflict: return "先看现状 · Read the present state first";
            case ledger::RefusalKind::rule: return "规则不允许 · The rule forbids it";
            case ledger::RefusalKind::protocol: return "改客户端程序 · Mend the client";
            case ledger::RefusalKind::access:
                return "登录或找管理员 · Sign in, or ask for the right";
            case ledger::RefusalKind::unavailable:
                return "稍后用同一个键再发 · Again later, same key";
            }
            LEDGER_ASSERT(false && "every kind has an advice");
            return "";
        }();
        std::string const name{ledger::name_of(code)};
        table += "<tr id=\"" + name + "\"><td><code>" + name + "</code></td><td>" +
                 std::to_string(http::status_of(code)) + "</td><td>" +
                 escaped(ledger::chinese(refused)) + "</td><td>" +
                 escaped(ledger::english(refused)) + "</td><td>" + advice + "</td></tr>\n";
    }
    return table + "</tbody></table></div>\n";
}

} // namespace

std::string reference_html(std::string const& address, bool has_swagger)
{
    std::string html{head};
    if (has_swagger) html += "<link rel=\"stylesheet\" href=\"/docs/assets/swagger-ui.css\">\n";
    std::string text{introduction};
    text.replace(text.find(default_address), default_address.size(), escaped(address));
    html += text;
    html += "<h2 id=\"operations\">全部接口 · Operations</h2>\n";
    if (has_swagger) {
        html += "<div id=\"swagger-ui\"></div>\n</main>\n"
                "<script src=\"/docs/assets/swagger-ui-bundle.js\"></script>\n"
                "<script src=\"/docs/assets/start.js\"></script>\n";
    } else {
        html += "<p>Swagger UI is not installed here (<code>npm ci --prefix tools</code>, then set "
                "<code>docs_directory</code>). Every operation is in "
                "<a href=\"/openapi.yaml\">/openapi.yaml</a>.</p>\n</main>\n";
    }
    return html + "</body>\n</html>\n";
}

std::string problems_html()
{
    return std::string{head} +
           "</head>\n<body>\n<main>\n<h1>出错代码 · Problems</h1>\n"
           "<p><a href=\"/docs\">接口说明 · The API</a></p>\n" +
           problem_table() + "</main>\n</body>\n</html>\n";
}

std::string swagger_start()
{
    return "window.onload = () => SwaggerUIBundle({\n"
           "  url: '/openapi.yaml', dom_id: '#swagger-ui', validatorUrl: null,\n"
           "  docExpansion: 'list', defaultModelsExpandDepth: 0, tryItOutEnabled: false\n"
           "});\n";
}

} // namespace daifud
