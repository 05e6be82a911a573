// SPDX-License-Identifier: Apache-2.0
#include "compare/reference_file.h"
#include "imaging/base/error.h"
#include "imaging/digest.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;

// Any bytes end in an Error or in boards whose pictures are those that were enrolled.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  try {
    const compare::ReferenceFile file = compare::parse_reference_file(bytes, "input");
    imaging::require(!file.boards.empty() && file.boards.size() <= compare::kMostEnrolledBoards,
                     "a reference file holds boards");
    for (const compare::EnrolledBoard& board : file.boards) {
      imaging::require(imaging::sha256_hex(std::as_bytes(std::span(board.bytes))) == board.sha256,
                       "a picture is the one that was enrolled");
      imaging::require(board.size.width > 0 && board.size.height > 0, "a picture has a size");
    }
  } catch (const imaging::Error&) {
    return 0;
  }
  return 0;
}
