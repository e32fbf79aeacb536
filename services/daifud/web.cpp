// The pages for the browser, as their build left them: read once, at the start, and sent compressed
// as they lie there. A file's name holds a digest of its content, so it never changes and is kept
// for ever; a page names its files and is asked for anew each time. Any address below a door
// ("/c/loan/FQ-2015-0001") is that door's page, which knows its own screens.
#include "daifud/handlers.hpp"

#include "http/problem.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace daifud {

using Asked = std::shared_ptr<http::Request const>;

namespace {

constexpr std::string_view kept_for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view asked_anew = "no-cache";
/// Nothing from another origin, nothing inside the page itself, and nobody may frame it.
constexpr char const* built_policy =
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

/// What a browser may be sent; what has another ending is not a page's file.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ogg", "audio/ogg"},
}};

struct WebFile {
    std::string_view type;
    std::string plain;
    std::string brotli; ///< empty: compression gains nothing
};
using WebFiles = std::map<std::string, WebFile, std::less<>>;

std::string content_of(std::filesystem::path const& file)
{
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// By name. A directory that is not there has no files.
std::shared_ptr<WebFiles const> files_in(std::filesystem::path const& directory)
{
    auto files = std::make_shared<WebFiles>();
    std::error_code absent;
    for (auto const& entry : std::filesystem::directory_iterator{directory, absent}) {
        auto const type = std::ranges::find(types, entry.path().extension().string(),
                                            [](auto const& pair) { return pair.first; });
        if (type == types.end()) continue;
        auto const compressed = entry.path().string() + ".br";
        files->emplace(entry.path().filename().string(),
                       WebFile{type->second, content_of(entry.path()), content_of(compressed)});
    }
    return files;
}

bool accepts_brotli(http::Request const& request)
{
    auto const* const accepted = request.header("Accept-Encoding");
    if (accepted == nullptr) return false;
    std::string_view rest = *accepted;
    while (!rest.empty()) {
        auto const one = http::trimmed(rest.substr(0, rest.find(',')));
        rest.remove_prefix(std::min(rest.find(','), rest.size() - 1) + 1);
        if (one == "br") return true; // whoever weighs it ("br;q=0") is sent the plain one
    }
    return false;
}

http::Response answer(http::Request const& request, WebFile const& file, std::string_view caching)
{
    bool const is_compressed = !file.brotli.empty() && accepts_brotli(request);
    auto response =
        http::with_etag(request, http::ok(is_compressed ? file.brotli : file.plain, file.type));
    response.headers.push_back({"Cache-Control", std::string{caching}});
    response.headers.push_back({"Vary", "Accept-Encoding"});
    if (is_compressed && response.status == 200)
        response.headers.push_back({"Content-Encoding", "br"});
    return response;
}

http::Handler one_of(std::shared_ptr<WebFiles const> files, std::function<std::string(Asked)> name,
                     std::string_view caching)
{
    return [files = std::move(files), name = std::move(name), caching](Asked asked,
                                                                       http::Respond respond) {
        auto const file = files->find(name(asked));
        if (file == files->end()) return respond(http::refusal(ledger::Refusal::route_not_found));
        auto response = answer(*asked, file->second, caching);
        response.headers.push_back({"Content-Security-Policy", built_policy});
        respond(std::move(response));
    };
}

} // namespace

http::Handler web_page(Service& service, std::string name)
{
    return one_of(
        files_in(service.config.web_directory),
        [name = std::move(name)](Asked const&) { return name; }, asked_anew);
}

http::Handler web_file(Service& service)
{
    return one_of(
        files_in(std::filesystem::path{service.config.web_directory} / "assets"),
        [](Asked const& asked) { return asked->parameters.at("file"); }, kept_for_ever);
}

} // namespace daifud
