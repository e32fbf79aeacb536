// The reference page: our own text first, readable without a script, then Swagger UI from local
// files where they are installed. Nothing comes from another origin, and the policy says so. Every
// file that may be served is named here; a name from a request is only compared.
#include "daifud/description.hpp"
#include "daifud/handlers.hpp"
#include "daifud/pages.hpp"

#include "http/problem.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace daifud {

using Asked = std::shared_ptr<http::Request const>;

namespace {

constexpr char const* page_policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
constexpr char const* file_caching = "public, max-age=3600";

struct PageFile {
    std::string_view name;
    std::string_view type;
};
constexpr std::array<PageFile, 3> swagger_files{{
    {"swagger-ui-bundle.js", "text/javascript; charset=utf-8"},
    {"swagger-ui.css", "text/css; charset=utf-8"},
    {"favicon-32x32.png", "image/png"},
}};
constexpr std::string_view start_file = "start.js";

/// Read once, at the start; a file that is not there is simply absent.
using Files = std::map<std::string, std::string, std::less<>>;

Files files_in(std::string const& directory)
{
    Files files;
    for (auto const& file : swagger_files) {
        std::ifstream in{directory + '/' + std::string{file.name}, std::ios::binary};
        if (in) files.emplace(file.name, std::string{std::istreambuf_iterator<char>{in}, {}});
    }
    return files;
}

http::Response page(std::string body)
{
    auto response = http::ok(std::move(body), http::html_type);
    response.headers.push_back({"Content-Security-Policy", page_policy});
    return response;
}

http::Response file(http::Request const& request, std::string const& body, std::string_view type)
{
    auto response = http::with_etag(request, http::ok(body, type));
    response.headers.push_back({"Cache-Control", file_caching});
    return response;
}

} // namespace

http::Handler description()
{
    return [](Asked asked, http::Respond respond) {
        constexpr std::string_view type = "application/yaml; charset=utf-8";
        respond(http::with_etag(*asked, http::ok(std::string{api_description()}, type)));
    };
}

http::Handler reference_page(Service& service)
{
    auto const& config = service.config;
    bool const has_swagger = files_in(config.docs_directory).size() >= 2;
    auto const address = "http://" + config.address + ':' + std::to_string(config.port);
    return [html = reference_html(address, has_swagger)](Asked, http::Respond respond) {
        respond(page(html));
    };
}

http::Handler problem_page()
{
    return [](Asked, http::Respond respond) { respond(page(problems_html())); };
}

http::Handler page_file(Service& service)
{
    auto files = std::make_shared<Files const>(files_in(service.config.docs_directory));
    return [files](Asked asked, http::Respond respond) {
        auto const& name = asked->parameters.at("file");
        if (name == start_file) {
            return respond(file(*asked, swagger_start(), swagger_files[0].type));
        }
        auto const known = std::ranges::find(swagger_files, name, &PageFile::name);
        auto const found = files->find(name);
        if (known == swagger_files.end() || found == files->end()) {
            return respond(http::refusal(ledger::Refusal::route_not_found));
        }
        respond(file(*asked, found->second, known->type));
    };
}

} // namespace daifud
