// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace boarddiff::compare {

// What sort of part a component is, as far as its looks tell.
enum class ComponentKind {
  ic,            // chips with a row of terminals or more
  passive,       // two terminals: resistors, film and ceramic capacitors, diodes, light-emitting diodes
  electrolytic,  // cans and radial capacitors
  connector,     // plugs, sockets, slots, terminals
  inductor,      // coils and transformers
  crystal,
  shield,  // shields and heat sinks
  other,   // transistors, switches, relays, ...
};

// In the order in which the network of parts tells them.
inline constexpr std::array kComponentKinds = {
    ComponentKind::ic,       ComponentKind::passive, ComponentKind::electrolytic, ComponentKind::connector,
    ComponentKind::inductor, ComponentKind::crystal, ComponentKind::shield,       ComponentKind::other};

[[nodiscard]] std::string_view name_of(ComponentKind kind);

}  // namespace boarddiff::compare
