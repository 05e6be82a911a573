// SPDX-License-Identifier: Apache-2.0
#include "compare/marking_difference.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace compare = boarddiff::compare;
using boarddiff::imaging::Marking;
using boarddiff::imaging::TextLine;
using compare::compare_markings;
using compare::letters_apart;
using compare::LineRole;
using compare::MarkingDifference;
using compare::part_number_of;
using compare::readable_text;
using compare::role_of;

namespace {

// Lines of 20 pixels, one below the other, on a dark body.
Marking marking_of(const std::vector<std::string>& texts, double confidence = 0.9) {
  Marking marking{.confidence = confidence, .light_on_dark = true};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    marking.lines.push_back({.text = texts[i],
                             .confidence = confidence,
                             .box = {10, 30.0 * double(i), 12.0 * double(texts[i].size()), 20}});
  }
  return marking;
}

}  // namespace

TEST_CASE("lines are told by their letters", "[compare][marking_difference]") {
  for (const char* part : {"MX25L12835F", "W25Q128", "LM358", "74HC595", "XK4071", "AT24C02", "LM2904"}) {
    CHECK(role_of(part) == LineRole::part_number);
  }
  for (const char* date : {"2319", "2319 A", "A2319", "2319TW", "1801 KOREA"}) {
    CHECK(role_of(date) == LineRole::date_code);
  }
  for (const char* other : {"TAIWAN", "WINBOND", "2399", "5523", "103", "25.000", "A1", ""}) {
    CHECK(role_of(other) == LineRole::other);
  }
}

TEST_CASE("letters that readers take for one another are no difference", "[compare][marking_difference]") {
  CHECK(letters_apart("O0I1S5B8Z2", "0O1I5S8B2Z") == 0);
  CHECK(letters_apart("W25Q-128 FV", "W250128FV") == 0);
  CHECK(letters_apart("LM358", "LM324") == 2);
  CHECK(letters_apart("", "74HC595") == 7);
  CHECK(letters_apart("XK4071", "XK4071") == 0);
}

TEST_CASE("another part number is a difference, misreading is none", "[compare][marking_difference]") {
  const Marking flash = marking_of({"MX25L12835F", "2319"});
  CHECK(compare_markings(flash, marking_of({"W25Q128", "2319"})) == MarkingDifference::part_differs);
  CHECK(compare_markings(flash, marking_of({"MXZ5L1Z83SF", "2319"})) == MarkingDifference::same);
  // A letter lost and another wrong.
  CHECK(compare_markings(flash, marking_of({"MX25L1283F", "2319"})) == MarkingDifference::same);
  // Neither the same nor clearly another.
  CHECK(compare_markings(marking_of({"LM358"}), marking_of({"LM324"})) == MarkingDifference::unknown);
}

TEST_CASE("only other dates or lots are other codes", "[compare][marking_difference]") {
  const Marking good = marking_of({"XK4071", "A123BC", "2319 A"});
  CHECK(compare_markings(good, good) == MarkingDifference::same);
  CHECK(compare_markings(good, marking_of({"XK4071", "A123BC", "2142 A"})) == MarkingDifference::codes_differ);
  CHECK(compare_markings(good, marking_of({"XK4071", "F794HM", "2319 A"})) == MarkingDifference::codes_differ);
  // A code that was not read is no other code.
  CHECK(compare_markings(good, marking_of({"XK4071", "A123BC"})) == MarkingDifference::same);
}

TEST_CASE("where one is not read with confidence nothing is said", "[compare][marking_difference]") {
  const Marking flash = marking_of({"MX25L12835F", "2319"});
  CHECK(compare_markings(flash, Marking{}) == MarkingDifference::unknown);
  CHECK(compare_markings(Marking{}, Marking{}) == MarkingDifference::unknown);
  CHECK(compare_markings(flash, marking_of({"W25Q128", "2319"}, 0.6)) == MarkingDifference::unknown);
  CHECK(compare_markings(flash, marking_of({"WINBOND", "2319"})) == MarkingDifference::unknown);
}

TEST_CASE("a part number that was missed does not make the next line another one", "[compare][marking_difference]") {
  const Marking good = marking_of({"XK4071", "A123BC", "2319 A"});
  Marking without_first = marking_of({"XK4071", "F794HM", "2142 A"});
  without_first.lines.erase(without_first.lines.begin());
  CHECK(compare_markings(good, without_first) == MarkingDifference::unknown);
}

TEST_CASE("print on labels is no part number, and print turned the other way is not compared",
          "[compare][marking_difference]") {
  Marking label = marking_of({"SNQX0417733"});
  Marking other = marking_of({"SNAB9926154"});
  CHECK(compare_markings(label, other) == MarkingDifference::part_differs);
  other.light_on_dark = false;
  CHECK(compare_markings(label, other) == MarkingDifference::unknown);
  other.light_on_dark = true;
  other.turn_deg = 180;
  CHECK(compare_markings(label, other) == MarkingDifference::unknown);
}

TEST_CASE("markings without a part number are the same when all their lines are", "[compare][marking_difference]") {
  CHECK(compare_markings(marking_of({"25.000"}), marking_of({"25.000"})) == MarkingDifference::same);
  CHECK(compare_markings(marking_of({"25.000"}), marking_of({"48.000"})) == MarkingDifference::unknown);
}

TEST_CASE("what is not read with confidence is not shown", "[compare][marking_difference]") {
  Marking marking = marking_of({"XK4071", "A123BC", "2319 A"});
  marking.lines[1].confidence = 0.5;
  CHECK(readable_text(marking) == "XK4071 / 2319 A");
  CHECK(readable_text(Marking{}).empty());
  REQUIRE(part_number_of(marking) != nullptr);
  CHECK(part_number_of(marking)->text == "XK4071");
}
