// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/printable_text.h"

#include <catch2/catch.hpp>

#include <string>

using boarddiff::imaging::printable_text;

TEST_CASE("text of letters of any script stays as it is", "[imaging][printable_text]") {
  CHECK(printable_text("SN-QX0417733 <b>&\"'") == "SN-QX0417733 <b>&\"'");
  CHECK(printable_text("\xc3\xa4 \xe6\x9d\xbf \xf0\x9d\x84\x9e") == "\xc3\xa4 \xe6\x9d\xbf \xf0\x9d\x84\x9e");
}

TEST_CASE("what moves a terminal's cursor or turns the writing is shown as something else",
          "[imaging][printable_text]") {
  CHECK(printable_text("a\x1b[2Jb\n") == "a\xe2\x90\x9b[2Jb\xe2\x90\x8a");
  CHECK(printable_text(std::string("a\0b", 3)) ==
        "a\xe2\x90\x80"
        "b");
  CHECK(printable_text("\x7f") == "\xe2\x90\xa1");
  for (const char* hidden :
       {"\xc2\x9b", "\xe2\x80\xae", "\xe2\x80\xa8", "\xe2\x81\xa6", "\xef\xbb\xbf", "\xf3\xa0\x80\x81"}) {
    CHECK(printable_text(hidden) == "\xef\xbf\xbd");
  }
}

TEST_CASE("bytes that are not UTF-8 become one sign each", "[imaging][printable_text]") {
  const std::string sign = "\xef\xbf\xbd";
  CHECK(printable_text("\xff") == sign);
  CHECK(printable_text("\xc3") == sign);                                   // cut short
  CHECK(printable_text("\xc0\xaf") == sign + sign);                        // longer than needed
  CHECK(printable_text("\xed\xa0\x80") == sign + sign + sign);             // half of a surrogate pair
  CHECK(printable_text("\xf4\x90\x80\x80") == sign + sign + sign + sign);  // beyond the last code point
}

TEST_CASE("a long text is cut behind a character", "[imaging][printable_text]") {
  CHECK(printable_text("abc", 3) == "abc");
  CHECK(printable_text("\xc3\xa4\xc3\xa4\xc3\xa4", 2) == "\xc3\xa4\xc3\xa4...");
}
