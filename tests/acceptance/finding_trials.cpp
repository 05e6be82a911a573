// SPDX-License-Identifier: Apache-2.0
// Looks at every region of rendered cases whose truth is known, and fits the weights of findings to them.
#include "datasets/evaluation/read_case.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"
#include "imaging/base/output_file.h"
#include "tests/acceptance/trials/finding_trial.h"
#include "tests/acceptance/trials/network_fit.h"
#include "tests/acceptance/trials/score_fit.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace fs = std::filesystem;
namespace imaging = boarddiff::imaging;
namespace trials = boarddiff::trials;
namespace datasets = boarddiff::datasets;

namespace {

constexpr std::string_view kUsage =
    "usage: finding_trials CASES OUTPUT [I/N]  looks at each case in the folder CASES and writes its regions to the "
    "file\n"
    "                                          OUTPUT; I/N: only at the I-th of N parts, for several processors\n"
    "       finding_trials --fit NETWORK OUTPUT...  prints the network that such files give, as source text: "
    "photo_network,\n"
    "                                          photo_parts_network or xray_network\n"
    "       finding_trials --rates OUTPUT...   prints rates of false calls, and how well networks fitted to others "
    "do\n";

struct Part {
  std::size_t number = 1;
  std::size_t of = 1;
};

Part part_in(const std::string& text) {
  Part part;
  char slash = 0;
  std::istringstream words(text);
  if (!(words >> part.number >> slash >> part.of) || slash != '/' || part.number < 1 || part.number > part.of) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, text + " is not a part like 1/2");
  }
  return part;
}

int look(const fs::path& cases, const fs::path& output, const Part& part) {
  std::vector<fs::path> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(cases)) {
    if (fs::exists(entry.path() / "case.json")) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  std::vector<trials::FindingTrial> results;
  for (std::size_t i = part.number - 1; i < folders.size(); i += part.of) {
    const datasets::Case one = datasets::read_case(folders[i]);
    if (!one.same_board) continue;
    results.push_back(trials::run_finding_trial(one));
    std::cerr << one.name << ": " << results.back().regions.size() << " regions\n";
  }
  imaging::write_file(output, trials::trials_text(results), imaging::Replace::allow);
  return 0;
}

std::vector<trials::FindingTrial> trials_in(const std::vector<std::string>& files) {
  std::vector<trials::FindingTrial> all;
  for (const std::string& file : files) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    if (!(text << stream.rdbuf())) throw imaging::Error(imaging::ErrorCode::unreadable_file, file + " cannot be read");
    const std::vector<trials::FindingTrial> some = trials::trials_in_text(text.str());
    all.insert(all.end(), some.begin(), some.end());
  }
  // In one order, however the cases were spread over processors: what is fitted depends on it.
  std::sort(all.begin(), all.end(), [](const auto& one, const auto& other) { return one.name < other.name; });
  return all;
}

int run(const std::vector<std::string>& words) {
  if (words.size() >= 2 && words[0] == "--rates") {
    std::cout << trials::score_text(trials_in({words.begin() + 1, words.end()}));
    return 0;
  }
  for (const trials::NetworkPlan& plan : {trials::kPhotoNetwork, trials::kPhotoPartsNetwork, trials::kXrayNetwork}) {
    if (words.size() >= 3 && words[0] == "--fit" && words[1] == plan.name) {
      const std::vector<trials::FindingTrial> all = trials_in({words.begin() + 2, words.end()});
      std::cout << network_text(fitted_network(all, plan), plan);
      return 0;
    }
  }
  if ((words.size() == 2 || words.size() == 3) && !words[0].starts_with("--")) {
    return look(words[0], words[1], words.size() == 3 ? part_in(words[2]) : Part{});
  }
  throw imaging::Error(imaging::ErrorCode::invalid_option, std::string(kUsage));
}

}  // namespace

int main(int count, char** values) try {
  imaging::compute_alike_on_all_processors();
  return run({values + 1, values + count});
} catch (const std::exception& error) {
  std::cerr << "finding_trials: " << error.what() << "\n";
  return 2;
}
