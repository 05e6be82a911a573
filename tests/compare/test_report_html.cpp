// SPDX-License-Identifier: Apache-2.0
#include "compare/report_html.h"
#include "tests/support/sample_report.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <limits>
#include <string>

using boarddiff::compare::InspectionReport;
using boarddiff::compare::Outcome;
using boarddiff::compare::report_html;
using boarddiff::test::sample_picture;
using boarddiff::test::sample_report;
using Json = nlohmann::ordered_json;

namespace {

std::string page_of(const InspectionReport& report, int type = CV_8UC3) {
  return report_html(report, sample_picture(type), sample_picture(type));
}

Json data_in(const std::string& page) {
  const std::string open = "<script type=\"application/json\" id=\"data\">";
  const std::size_t begin = page.find(open) + open.size();
  return Json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("a file name full of markup stays data", "[compare][report_html]") {
  InspectionReport report = sample_report();
  const std::string name = "</script><script>alert(1)</script><!--{{js}}\xe2\x80\xa8&.jpg";
  report.sample.source.name = name;
  const std::string page = page_of(report);
  CHECK(page.find("alert(1)</script>") == std::string::npos);
  CHECK(page.find("<!--") == std::string::npos);
  CHECK(count_of(page, "<script") == 2);
  CHECK(count_of(page, "</script>") == 2);
  CHECK(page.find("\xe2\x80\xa8") == std::string::npos);
  CHECK(data_in(page)["report"]["sample"]["file"] == name);
}

TEST_CASE("the page loads nothing and lets nothing but itself run", "[compare][report_html]") {
  const std::string page = page_of(sample_report());
  CHECK(page.find("http:") == std::string::npos);
  CHECK(page.find("https:") == std::string::npos);
  CHECK(page.find("innerHTML") == std::string::npos);
  CHECK(page.find("{{") == std::string::npos);
  CHECK_THAT(page, Catch::Contains("content=\"default-src 'none'; img-src data:; style-src 'sha256-"));
  CHECK_THAT(page, Catch::Contains("script-src 'sha256-"));
  CHECK(page.find("unsafe-inline") == std::string::npos);
  CHECK(page.find(" style=") == std::string::npos);  // the policy would drop them
  CHECK(page.find(" onclick=") == std::string::npos);
}

TEST_CASE("the page holds the report and the pictures with a crop for each finding", "[compare][report_html]") {
  const auto type = GENERATE(CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3);
  const Json data = data_in(page_of(sample_report(), type));
  CHECK(data["report"]["findings"].size() == 2);
  const Json& pictures = data["pictures"];
  CHECK(pictures["reference"]["width"] == 400);
  CHECK(pictures["sample"]["width"] == 400);
  CHECK(pictures["sample"]["height"] == 300);
  REQUIRE(pictures["crops"].size() == 3);
  const Json& crop = pictures["crops"][0];
  CHECK(crop["id"] == 1);
  CHECK(crop["width"] == 90);   // a finding 30 px wide with as much on both sides
  CHECK(crop["height"] == 80);  // and 20 px high with 30 px above and below
  CHECK(crop["box"] == Json{0.3333, 0.375, 0.3333, 0.25});
  for (const char* role : {"reference", "sample"}) {
    CHECK(crop[role].get<std::string>().starts_with("data:image/jpeg;base64,/9j/"));
  }
}

TEST_CASE("crops that lie on each other show the same place", "[compare][report_html]") {
  const boarddiff::imaging::BoardImage reference = sample_picture(CV_8UC3);
  boarddiff::imaging::BoardImage sample = reference;
  sample.pixels = cv::Mat(300, 400, CV_8UC3, cv::Scalar::all(153));
  // The sample shows reference (x, y) at (x + 12, y - 5), as the report says.
  reference.pixels(cv::Rect(0, 5, 388, 295)).copyTo(sample.pixels(cv::Rect(12, 0, 388, 295)));
  const Json data = data_in(report_html(sample_report(), reference, sample));
  // Whole pixels are copied, so even the JPEG bytes agree.
  const Json& crop = data["pictures"]["crops"][0];
  CHECK(crop["reference"] == crop["sample"]);
}

TEST_CASE("a finding outside the picture or without numbers has no crop", "[compare][report_html]") {
  InspectionReport report = sample_report();
  report.findings[0].reference_box = {5000, 5000, 10, 10};
  report.findings[1].reference_box.x = std::numeric_limits<double>::quiet_NaN();
  CHECK(data_in(page_of(report))["pictures"]["crops"].size() == 1);
}

TEST_CASE("pictures that could not be compared are both on the page", "[compare][report_html]") {
  InspectionReport report;
  report.reason = "Another board.";
  const Json data = data_in(page_of(report));
  CHECK(data["report"]["outcome"] == "not_comparable");
  CHECK(data["pictures"]["reference"]["width"] == 400);
  CHECK(data["pictures"]["sample"]["width"] == 400);
  CHECK(data["pictures"]["crops"].empty());
}

TEST_CASE("the same report and pictures give the same page", "[compare][report_html]") {
  CHECK(page_of(sample_report()) == page_of(sample_report()));
}
