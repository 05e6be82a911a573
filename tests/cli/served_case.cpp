// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/served_case.h"

#include "compare/plane_map_numbers.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

namespace boarddiff::test {

ServedCase::ServedCase(const cli::ReviewSettings& settings, cli::SampleRecord record) {
  const cv::Mat3b grey(600, 800, cv::Vec3b(90, 90, 90));
  cv::imwrite((made_ / "reference.jpg").string(), grey);
  cv::imwrite((made_ / "sample.jpg").string(), grey / 2);
  const cli::Planned planned = store_.plan(made_.plan_of({{.path = made_ / "sample.jpg"}}));
  sample_ = planned.ids.front();
  REQUIRE(store_.claim(sample_).has_value());
  record.alignment = compare::numbers_of({});
  store_.record(sample_, record);
  serve(settings);
}

ServedCase::~ServedCase() { end(); }

void ServedCase::serve_again(const cli::ReviewSettings& settings) {
  end();
  cookie_.clear();
  serve(settings);
}

void ServedCase::serve(const cli::ReviewSettings& settings) {
  server_.emplace(store_, settings);
  const std::string address = server_->address();
  token_ = address.substr(address.find("token=") + 6);
  port_ = std::stoi(address.substr(address.rfind(':') + 1));
  thread_ = std::thread([this] { server_->run(); });
  // What has not begun yet cannot be stopped.
  REQUIRE(stranger().Get("/"));
}

void ServedCase::end() {
  server_->stop();
  thread_.join();
  server_.reset();
}

httplib::Client ServedCase::reviewer() {
  httplib::Client client = stranger();
  if (cookie_.empty()) {
    const auto opened = client.Get("/open?token=" + token_);
    REQUIRE(opened);
    REQUIRE(opened->status == 303);
    const std::string header = opened->get_header_value("Set-Cookie");
    CHECK_THAT(header, Catch::Contains("HttpOnly") && Catch::Contains("SameSite=Strict"));
    cookie_ = header.substr(0, header.find(';'));
  }
  client.set_default_headers({{"Cookie", cookie_}});
  return client;
}

nlohmann::json ServedCase::get(const std::string& path) { return nlohmann::json::parse(bytes(path)); }

std::string ServedCase::bytes(const std::string& path) {
  const auto response = reviewer().Get(path);
  REQUIRE(response);
  REQUIRE(response->status == 200);
  return response->body;
}

std::pair<int, nlohmann::json> ServedCase::post(const std::string& path, const nlohmann::json& body) {
  const auto response = reviewer().Post(path, body.dump(), "application/json");
  REQUIRE(response);
  return {response->status, nlohmann::json::parse(response->body)};
}

int status_of(const httplib::Result& result) {
  REQUIRE(result);
  return result->status;
}

}  // namespace boarddiff::test
