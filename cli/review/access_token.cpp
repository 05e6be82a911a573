// SPDX-License-Identifier: Apache-2.0
#include "cli/review/access_token.h"

#include "imaging/base/error.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <array>

namespace boarddiff::cli {
namespace {

// Takes as long for any two texts of one length.
bool are_same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string random_token() {
  std::array<unsigned char, 32> bytes = {};
  imaging::require(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "random_token: random numbers");
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string token;
  for (const unsigned char byte : bytes) token += {kDigits[byte / 16U], kDigits[byte % 16U]};
  return token;
}

AccessToken::AccessToken(int port)
    : once_(random_token()), cookie_("boarddiff-" + std::to_string(port) + "=" + random_token()) {}

bool AccessToken::redeem(std::string_view token) {
  const std::lock_guard lock(mutex_);
  if (used_ || !are_same(token, once_)) {
    return false;
  }
  used_ = true;
  return true;
}

bool AccessToken::is_in(std::string_view cookie_header) const {
  while (!cookie_header.empty()) {
    const std::size_t end = cookie_header.find(';');
    std::string_view one = cookie_header.substr(0, end);
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    if (are_same(one, cookie_)) {
      return true;
    }
    cookie_header.remove_prefix(end == std::string_view::npos ? cookie_header.size() : end + 1);
  }
  return false;
}

}  // namespace boarddiff::cli
