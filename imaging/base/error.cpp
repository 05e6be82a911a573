// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"

namespace boarddiff::imaging {

void require(bool condition, const char* contract) {
  if (!condition) {
    throw std::logic_error(std::string("broken precondition: ") + contract);
  }
}

}  // namespace boarddiff::imaging
