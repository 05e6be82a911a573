// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/package.h"

// Private: shapes of heat sinks, sockets, shields and the like. Lengths in millimetres.
namespace boarddiff::datasets {

// Fins over a ball grid array; `side` of the sink.
[[nodiscard]] PartShape heat_sink(double side, double top);
// RJ45 sockets side by side.
[[nodiscard]] PartShape network_socket(int ways);
[[nodiscard]] PartShape metal_socket(double width, double depth, double top);
[[nodiscard]] PartShape card_slot(double length);
[[nodiscard]] PartShape power_connector(int columns);
[[nodiscard]] PartShape fpc_connector(int pins);
[[nodiscard]] PartShape coax_jack();
[[nodiscard]] PartShape coin_cell();
[[nodiscard]] PartShape shield_can(double width, double depth);
[[nodiscard]] PartShape tact_switch();
[[nodiscard]] PartShape choke(double side, double top);
[[nodiscard]] PartShape polymer_can(double diameter, double top);

}  // namespace boarddiff::datasets
