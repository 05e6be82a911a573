// SPDX-License-Identifier: Apache-2.0
#include "compare/component_kind.h"

namespace boarddiff::compare {

std::string_view name_of(ComponentKind kind) {
  switch (kind) {
    case ComponentKind::ic:
      return "ic";
    case ComponentKind::passive:
      return "passive";
    case ComponentKind::electrolytic:
      return "electrolytic";
    case ComponentKind::connector:
      return "connector";
    case ComponentKind::inductor:
      return "inductor";
    case ComponentKind::crystal:
      return "crystal";
    case ComponentKind::shield:
      return "shield";
    case ComponentKind::other:
      return "other";
  }
  return "other";
}

}  // namespace boarddiff::compare
