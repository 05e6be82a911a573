// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/part_markings.h"

#include <array>

namespace boarddiff::datasets {

using imaging::Random;

std::string part_code(Random& random, int letters, int digits) {
  std::string code;
  for (int i = 0; i < letters; ++i) {
    code += static_cast<char>('A' + random.integer(0, 25));
  }
  for (int i = 0; i < digits; ++i) {
    code += static_cast<char>('0' + random.integer(0, 9));
  }
  return code;
}

std::string marking_of(Package package, Random& random) {
  static const std::array<const char*, 8> kValues = {"103", "472", "1002", "000", "221", "4R7", "100", "33"};
  std::string value = kValues[static_cast<std::size_t>(random.integer(0, 7))];
  switch (package) {
    case Package::r0603:
    case Package::r0805:
    case Package::resistor_array:
    case Package::inductor4:
    case Package::inductor7:
    case Package::choke10:
    case Package::disc_capacitor:
      return value;
    case Package::shield12:
    case Package::shield20:
      return "";
    case Package::coin_cell:
      return "3V\n+";
    case Package::sot23:
    case Package::to92:
      return part_code(random, 1, 2);
    case Package::electrolytic6:
    case Package::electrolytic8:
    case Package::polymer_can:
    case Package::film_capacitor:
      return value + "\n" + std::to_string(random.integer(6, 50)) + "V\n" + part_code(random, 2, 0);
    case Package::crystal3225:
    case Package::crystal_can:
      return std::to_string(random.integer(8, 48)) + ".000";
    default:
      return part_code(random, random.integer(1, 3), random.integer(3, 5)) + "\n" + part_code(random, 1, 3) +
             part_code(random, 2, 0) + "\n" + std::to_string(random.integer(19, 25)) +
             std::to_string(random.integer(10, 52)) + " " + part_code(random, 1, 0);
  }
}

}  // namespace boarddiff::datasets
