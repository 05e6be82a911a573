// SPDX-License-Identifier: Apache-2.0
#include "cli/case/claimant.h"

#include "cli/text_numbers.h"
#include "imaging/base/text.h"

#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>
#include <string_view>
#include <vector>

namespace boarddiff::cli {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("unknown");
}

// When the process began, in the kernel's count since the machine did: numbers of processes are given again. Empty
// where there is no such process.
std::string began(std::string_view process) {
  constexpr int kBefore = 19;  // fields between the state, which follows the name in brackets, and this one
  std::ifstream stream("/proc/" + std::string(process) + "/stat");
  std::string text;
  std::getline(stream, text);
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) {
    return {};
  }
  std::istringstream fields(text.substr(name_end + 1));
  std::string field;
  std::string state;
  fields >> state;
  for (int i = 0; i < kBefore; ++i) fields >> field;
  const bool has_ended = state == "Z" || state == "X";
  return has_ended || !fields ? std::string() : field;
}

}  // namespace

std::string claimant_here() {
  const std::string process = std::to_string(getpid());
  return host_name() + " " + process + " " + began(process);
}

bool may_be_at_work(const std::string& claimant) {
  const std::vector<std::string_view> words = split(claimant, ' ');
  if (words.size() != 3) {
    return false;
  }
  return words[0] != host_name() || began(words[1]) == words[2];
}

}  // namespace boarddiff::cli
