// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"
#include "cli/review/review_server.h"
#include "tests/cli/made_up_case.h"

#include <nlohmann/json.hpp>

#include <httplib.h>

#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace boarddiff::test {

// A case with one board whose pictures are real, of 800 x 600 pixels: the reference of level 90, the sample of 45. Its
// server runs while this lives.
class ServedCase {
 public:
  // `record`: what was found on the board; it is aligned.
  explicit ServedCase(const cli::ReviewSettings& settings = {.case_name = "a.bdcase", .reviewer = "Ann"},
                      cli::SampleRecord record = inspected({finding_at(10, 0.9), finding_at(90, 0.8)}));
  ~ServedCase();
  ServedCase(const ServedCase&) = delete;
  ServedCase& operator=(const ServedCase&) = delete;

  // Ends the server and starts another one.
  void serve_again(const cli::ReviewSettings& settings);

  [[nodiscard]] httplib::Client stranger() const { return httplib::Client("127.0.0.1", port_); }
  // As the browser that opened the address.
  [[nodiscard]] httplib::Client reviewer();
  nlohmann::json get(const std::string& path);
  std::string bytes(const std::string& path);
  std::pair<int, nlohmann::json> post(const std::string& path, const nlohmann::json& body);

  [[nodiscard]] std::int64_t sample() const { return sample_; }
  [[nodiscard]] std::string id() const { return std::to_string(sample_); }
  [[nodiscard]] const std::string& token() const { return token_; }
  [[nodiscard]] int port() const { return port_; }
  cli::CaseStore& store() { return store_; }
  [[nodiscard]] const MadeUpCase& made() const { return made_; }

 private:
  void serve(const cli::ReviewSettings& settings);
  void end();

  MadeUpCase made_ = {};
  cli::CaseStore store_{made_ / "a.bdcase", compare::DatabaseAccess::create};
  std::int64_t sample_ = 0;
  std::optional<cli::ReviewServer> server_ = {};
  std::string token_ = {};
  int port_ = 0;
  std::string cookie_ = {};
  std::thread thread_ = {};
};

[[nodiscard]] int status_of(const httplib::Result& result);

}  // namespace boarddiff::test
