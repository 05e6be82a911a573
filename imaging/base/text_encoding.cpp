// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/text_encoding.h"

#include "imaging/base/error.h"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace boarddiff::imaging {
namespace {

class Conversion {
 public:
  Conversion(const char* to, const char* from) : handle_(::iconv_open(to, from)) {
    // Every system library has these encodings.
    require(valid(), "as_utf8: an encoding that the system knows");
  }
  ~Conversion() { ::iconv_close(handle_); }
  Conversion(const Conversion&) = delete;
  Conversion& operator=(const Conversion&) = delete;

  // Nothing where a byte has no meaning, unless something is to stand for it.
  std::optional<std::string> converted(std::string bytes, std::optional<char> unknown) {
    std::string result;
    char* from = bytes.data();
    std::size_t left = bytes.size();
    std::array<char, 4096> part = {};
    while (left > 0) {
      char* to = part.data();
      std::size_t room = part.size();
      const bool failed = ::iconv(handle_, &from, &left, &to, &room) == static_cast<std::size_t>(-1);
      const int why = errno;
      result.append(part.data(), part.size() - room);
      if (failed && why != E2BIG) {
        if (!unknown) return std::nullopt;
        result.push_back(*unknown);
        ++from;
        --left;
      }
    }
    return result;
  }

 private:
  [[nodiscard]] bool valid() const {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): how iconv_open says that it failed
    return handle_ != reinterpret_cast<iconv_t>(-1);
  }
  iconv_t handle_;
};

}  // namespace

std::string as_utf8(std::string bytes) {
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
  constexpr char kUnknown = '?';
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return Conversion("UTF-8", "UTF-16").converted(std::move(bytes), kUnknown).value_or("");
  }
  if (bytes.starts_with(kUtf8Mark)) {
    bytes.erase(0, kUtf8Mark.size());
  }
  if (auto text = Conversion("UTF-8", "UTF-8").converted(bytes, std::nullopt)) {
    return *text;
  }
  return Conversion("UTF-8", "WINDOWS-1252").converted(std::move(bytes), kUnknown).value_or("");
}

}  // namespace boarddiff::imaging
