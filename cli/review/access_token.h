// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <string>
#include <string_view>

namespace boarddiff::cli {

// 256 random bits in hexadecimal digits.
[[nodiscard]] std::string random_token();

// Lets in the one browser that comes with the address that was printed, and nobody else: the address' token is good
// once, and gives the browser a cookie that only this server knows. Safe to call from several threads.
class AccessToken {
 public:
  explicit AccessToken(int port);

  [[nodiscard]] const std::string& once() const { return once_; }
  // True for the first that comes with it.
  [[nodiscard]] bool redeem(std::string_view token);
  // "name=value", for Set-Cookie; the name holds the port, since browsers tell no ports apart.
  [[nodiscard]] const std::string& cookie() const { return cookie_; }
  // Whether a Cookie header holds it.
  [[nodiscard]] bool is_in(std::string_view cookie_header) const;

 private:
  std::string once_ = {};
  std::string cookie_ = {};
  std::mutex mutex_ = {};
  bool used_ = false;
};

}  // namespace boarddiff::cli
