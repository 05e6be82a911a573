// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/text_encoding.h"

#include <catch2/catch.hpp>

#include <string>

using boarddiff::imaging::as_utf8;

namespace {

// Each sign of ASCII and a micro sign in two bytes.
std::string in_utf16(bool big_end_first) {
  std::string bytes = big_end_first ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : {'1', '0', '\xB5', 'F'}) {
    bytes += big_end_first ? std::string{'\0', c} : std::string{c, '\0'};
  }
  return bytes;
}

}  // namespace

TEST_CASE("text in UTF-8 stays as it is, without its mark", "[imaging][text_encoding]") {
  CHECK(as_utf8("10\xC2\xB5"
                "F") ==
        "10\xC2\xB5"
        "F");
  CHECK(as_utf8("\xEF\xBB\xBFRef") == "Ref");
  CHECK(as_utf8("").empty());
}

TEST_CASE("text of other encodings becomes UTF-8", "[imaging][text_encoding]") {
  const std::string micro =
      "10\xC2\xB5"
      "F";
  CHECK(as_utf8(in_utf16(false)) == micro);
  CHECK(as_utf8(in_utf16(true)) == micro);
  CHECK(as_utf8("10\xB5"
                "F") == micro);
}

TEST_CASE("text of more than a buffer is converted whole", "[imaging][text_encoding]") {
  const std::string text = std::string(10'000, 'x') + '\xB5';
  CHECK(as_utf8(text) == std::string(10'000, 'x').append("\xC2\xB5"));
}

TEST_CASE("what has no meaning becomes a question mark", "[imaging][text_encoding]") {
  CHECK(as_utf8("a\x81"
                "b") == "a?b");
  CHECK(as_utf8(std::string("\xFF\xFE") + "a") == "?");  // half of a sign
}
