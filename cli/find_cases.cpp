// SPDX-License-Identifier: Apache-2.0
#include "cli/find_cases.h"

#include "imaging/base/error.h"

#include <algorithm>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using datasets::Case;
using imaging::Error;
using imaging::ErrorCode;

bool holds_case(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / "case.json", error);
}

std::vector<fs::path> case_folders_in(const fs::path& folder) {
  if (holds_case(folder)) {
    return {folder};
  }
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (holds_case(entry->path())) {
      found.push_back(entry->path());
    }
  }
  if (error) {
    throw Error(ErrorCode::unreadable_file, folder.string() + ": " + error.message());
  }
  if (found.empty()) {
    throw Error(ErrorCode::unreadable_file, folder.string() + ": holds no case (no case.json)");
  }
  return found;
}

bool name_is_taken_twice(const std::vector<Case>& cases) {
  return std::adjacent_find(cases.begin(), cases.end(),
                            [](const Case& a, const Case& b) { return a.name == b.name; }) != cases.end();
}

void sort_by_name(std::vector<Case>& cases) {
  std::sort(cases.begin(), cases.end(),
            [](const Case& a, const Case& b) { return std::tie(a.name, a.folder) < std::tie(b.name, b.folder); });
}

}  // namespace

std::vector<Case> find_cases(const std::vector<fs::path>& folders) {
  std::vector<Case> cases;
  for (const fs::path& folder : folders) {
    for (const fs::path& found : case_folders_in(folder)) {
      cases.push_back(datasets::read_case(found));
    }
  }
  sort_by_name(cases);
  if (name_is_taken_twice(cases)) {
    for (Case& one : cases) {
      const fs::path whole = fs::absolute(one.folder / "").lexically_normal().parent_path();
      one.name = (whole.parent_path().filename() / whole.filename()).string();
    }
    sort_by_name(cases);
  }
  for (auto one = cases.begin(); one != cases.end() && one + 1 != cases.end(); ++one) {
    if (one->name == (one + 1)->name) {
      throw Error(ErrorCode::invalid_option,
                  "two cases have one name: " + one->folder.string() + " and " + (one + 1)->folder.string());
    }
  }
  return cases;
}

}  // namespace boarddiff::cli
