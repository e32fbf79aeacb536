#include "http/client_address.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <ranges>

namespace http {

std::string client_address(Request const& request, std::string_view of_connection)
{
    auto const backwards = request.headers | std::views::reverse;
    auto const last = std::ranges::find_if(backwards, [](Header const& header) {
        return equal_without_case(header.name, "X-Forwarded-For");
    });
    if (last == backwards.end()) return std::string{of_connection};
    std::string_view const list = last->value;
    auto const comma = list.rfind(',');
    auto const text = trimmed(comma == std::string_view::npos ? list : list.substr(comma + 1));
    namespace ip = boost::asio::ip;
    boost::system::error_code fault;
    auto const address = ip::make_address(text, fault);
    if (fault) return std::string{of_connection};
    bool const is_mapped = address.is_v6() && address.to_v6().is_v4_mapped();
    // One client has one text: ::ffff:10.0.0.7 is 10.0.0.7.
    return is_mapped ? ip::make_address_v4(ip::v4_mapped, address.to_v6()).to_string()
                     : address.to_string();
}

} // namespace http
