#include "ledger/kiosk.hpp"

#include "ledger/assert.hpp"
#include "ledger/core/utf8.hpp"

#include <algorithm>

namespace ledger {

namespace {

constexpr std::array<KioskPicture, kiosk_pictures_shown> wall{{
    {"teapot", "茶壶"},
    {"walnut", "核桃"},
    {"ox", "牛"},
    {"pig", "猪"},
    {"corn", "玉米"},
    {"sun", "太阳"},
    {"fish", "鱼"},
    {"house", "房子"},
    {"umbrella", "伞"},
    {"chicken", "鸡"},
    {"flower", "花"},
    {"tractor", "拖拉机"},
}};

std::unexpected<Refused> malformed(std::string field)
{
    return refuse(Refusal::kiosk_secret_malformed, std::move(field));
}

/// Each digit as far from the one before as the second from the first, by at most one.
bool is_in_a_row(std::string_view digits)
{
    int const step = digits[1] - digits[0];
    if (step < -1 || step > 1) return false;
    for (std::size_t i = 1; i < digits.size(); ++i)
        if (digits[i] - digits[i - 1] != step) return false;
    return true;
}

/// 121212, 123123.
bool repeats(std::string_view digits)
{
    return digits.substr(0, 2) == digits.substr(2, 2) ? digits.substr(0, 2) == digits.substr(4, 2)
                                                      : digits.substr(0, 3) == digits.substr(3, 3);
}

/// The six digits somewhere in the number, or a birthday written shorter or the other way round.
bool is_of_number(std::string_view digits, std::string const& id)
{
    constexpr std::size_t born_at = 6;
    std::string const year = id.substr(born_at, 4), month = id.substr(born_at + 4, 2),
                      day = id.substr(born_at + 6, 2);
    std::string const short_year = year.substr(2);
    return id.find(digits) != std::string::npos || digits == short_year + month + day ||
           digits == day + month + short_year || digits == month + day + short_year ||
           digits == year + month;
}

} // namespace

std::string_view code_of(KioskSecretKind kind)
{
    switch (kind) {
    case KioskSecretKind::pin: return "pin";
    case KioskSecretKind::pictures: return "pictures";
    }
    LEDGER_ASSERT(!"a kind of secret that is not in the list");
}

std::span<KioskPicture const> kiosk_pictures()
{
    return wall;
}

Result<KioskSecret> KioskSecret::of_pin(std::string_view text)
{
    auto const points = code_points(text);
    if (!points || points->size() != kiosk_pin_digits) return malformed("pin");
    KioskSecret secret;
    secret.kind_ = KioskSecretKind::pin;
    for (char32_t const point : *points) {
        if (point >= U'０' && point <= U'９')
            secret.text_ += static_cast<char>('0' + (point - U'０'));
        else if (point >= U'0' && point <= U'9')
            secret.text_ += static_cast<char>(point);
        else
            return malformed("pin");
    }
    return secret;
}

Result<KioskSecret> KioskSecret::of_pictures(std::span<std::string const> codes)
{
    if (codes.size() != kiosk_pictures_chosen) return malformed("pictures");
    KioskSecret secret;
    secret.kind_ = KioskSecretKind::pictures;
    for (std::string const& code : codes) {
        bool const is_shown = std::ranges::find(wall, code, &KioskPicture::code) != wall.end();
        if (!is_shown) return malformed("pictures");
        secret.text_ += code + " ";
    }
    return secret;
}

Result<void> check_kiosk_secret(KioskSecret const& secret, ResidentId const& of_whom)
{
    auto const& digits = secret.reveal();
    if (secret.kind() == KioskSecretKind::pictures) {
        auto const first = digits.substr(0, digits.find(' ') + 1);
        if (digits == first + first + first + first)
            return refuse(Refusal::kiosk_secret_guessable, "pictures");
        return {};
    }
    bool const is_guessable =
        is_in_a_row(digits) || repeats(digits) || is_of_number(digits, of_whom.reveal());
    if (is_guessable) return refuse(Refusal::kiosk_secret_guessable, "pin");
    return {};
}

} // namespace ledger
