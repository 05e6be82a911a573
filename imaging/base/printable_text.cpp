// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/printable_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace boarddiff::imaging {

namespace {

constexpr std::uint32_t kUnprintable = 0xFFFD;

struct Character {
  std::uint32_t code = kUnprintable;
  std::size_t bytes = 1;
};

// The first character of a text that is not empty. Bytes that are not UTF-8 (RFC 3629: no longer than needed, no
// surrogates, nothing above U+10FFFF) are unprintable, one by one.
Character first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) {
    return {.code = lead};
  }
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) {
    return {};
  }
  std::uint32_t code = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) {
      return {};
    }
    code = code << 6 | (byte(i) & 0x3F);
  }
  constexpr std::array<std::uint32_t, 5> kLeastOfLength = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code < kLeastOfLength[length] || surrogate || code > 0x10FFFF ? Character{} : Character{code, length};
}

bool within(std::uint32_t code, std::uint32_t first, std::uint32_t last) { return code >= first && code <= last; }

std::uint32_t shown(std::uint32_t code) {
  constexpr std::uint32_t kPictures = 0x2400;
  constexpr std::uint32_t kDelete = 0x7F;
  if (code < 0x20) {
    return kPictures + code;
  }
  if (code == kDelete) {
    return kPictures + 0x21;
  }
  const bool second_controls = within(code, 0x80, 0x9F);
  const bool invisible = code == 0xAD || code == 0x61C || within(code, 0x200B, 0x200F) ||
                         within(code, 0x2028, 0x202E) || within(code, 0x2060, 0x206F) || code == 0xFEFF ||
                         within(code, 0xFFF0, 0xFFFB) || within(code, 0xE0000, 0xE0FFF);
  const bool unassigned = (code & 0xFFFE) == 0xFFFE || within(code, 0xE000, 0xF8FF);
  return second_controls || invisible || unassigned ? kUnprintable : code;
}

void append(std::string& text, std::uint32_t code) {
  const auto add = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | code >> 6);
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | code >> 12);
    add(0x80 | (code >> 6 & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | code >> 18);
    add(0x80 | (code >> 12 & 0x3F));
    add(0x80 | (code >> 6 & 0x3F));
    add(0x80 | (code & 0x3F));
  }
}

}  // namespace

std::string printable_text(std::string_view untrusted, std::size_t most) {
  std::string text;
  for (std::size_t count = 0; !untrusted.empty(); ++count) {
    if (count == most) {
      return text + "...";
    }
    const Character next = first_of(untrusted);
    append(text, shown(next.code));
    untrusted.remove_prefix(next.bytes);
  }
  return text;
}

}  // namespace boarddiff::imaging
