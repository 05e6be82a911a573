// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace boarddiff::imaging {

// What files and options can do to us. What a board can do to us (it shows something else, it lies outside the
// picture) is never an Error but a status in a result.
enum class ErrorCode {
  invalid_option,      // an option or argument breaks its rule
  unreadable_file,     // missing, a directory, no permission, or changed while reading
  unsupported_format,  // the first bytes are not those of a format we decode
  damaged_file,        // data is missing or corrupt
  too_large,           // the dimensions exceed the limit
  output_exists,       // would replace a file without --force
  unwritable_output,   // cannot create, write or rename
};

// The one exception type of the project; its message names the file or flag and the reason in one line.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  [[nodiscard]] ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

// Throws std::logic_error in every build type: a caller broke the contract of a function.
void require(bool condition, const char* contract);

}  // namespace boarddiff::imaging
