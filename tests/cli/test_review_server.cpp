// SPDX-License-Identifier: Apache-2.0
#include "cli/case/case_store.h"
#include "cli/case/decisions.h"
#include "cli/review/access_token.h"
#include "cli/review/review_server.h"
#include "tests/cli/served_case.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include <httplib.h>

using namespace boarddiff::cli;
using boarddiff::compare::DatabaseAccess;
using boarddiff::test::ServedCase;
using boarddiff::test::status_of;
using Catch::Contains;
using nlohmann::json;

TEST_CASE("the address lets in one browser, once", "[cli][review]") {
  ServedCase served;
  CHECK(status_of(served.stranger().Get("/")) == 403);
  CHECK(status_of(served.stranger().Get("/api/queue")) == 403);
  CHECK(status_of(served.stranger().Get("/open?token=" + std::string(64, '0'))) == 403);
  CHECK(status_of(served.reviewer().Get("/")) == 200);
  CHECK(status_of(served.stranger().Get("/open?token=" + served.token())) == 403);
  // The same browser may use it again, as a bookmark.
  CHECK(status_of(served.reviewer().Get("/open?token=" + served.token())) == 303);
}

TEST_CASE("pages of other sites get nothing, whatever cookie they come with", "[cli][review]") {
  ServedCase served;
  httplib::Client client = served.reviewer();
  const std::string port = std::to_string(served.port());
  CHECK(status_of(client.Get("/api/queue", {{"Host", "evil.example:" + port}})) == 403);
  CHECK(status_of(client.Get("/api/queue", {{"Host", "localhost:" + port}})) == 200);
  // What a form can send without being asked for leave.
  const json body = {{"sample", served.sample()}, {"number", 1}, {"verdict", "unsure"}};
  CHECK(status_of(client.Post("/api/decide", body.dump(), "text/plain")) == 403);
  CHECK(decisions_after(served.store().database()).empty());
}

TEST_CASE("a decision is in the case file before its answer, and others see it", "[cli][review]") {
  ServedCase served;
  const auto [status, changes] = served.post(
      "/api/decide", {{"sample", served.sample()}, {"number", 2}, {"verdict", "dismissed"}, {"reason", "dirt"}});
  CHECK(status == 200);
  CHECK(changes["places"][0]["standing"]["state"] == "dismissed");
  const auto rows = decisions_after(served.store().database());
  REQUIRE(rows.size() == 1);
  CHECK(rows.front().reviewer == "Ann");
  CHECK(served.get("/api/changes/0")["places"].size() == 1);
  CHECK(served.get("/api/changes/" + std::to_string(rows.front().id))["places"].empty());
  CHECK(served.get("/api/queue")["boards"][0]["decided"][0]["number"] == 2);
  CHECK(served.get("/api/board/" + served.id())["all_findings"][1]["standing"]["verdicts"][0]["reviewer"] == "Ann");

  CHECK(served.post("/api/undo", json::object()).second["places"][0]["standing"]["state"] == "undecided");
  CHECK(served.post("/api/undo", json::object()).second["places"].empty());
}

TEST_CASE("what is no decision is refused with the reason", "[cli][review]") {
  ServedCase served;
  const auto [status, answer] =
      served.post("/api/decide", {{"sample", served.sample()}, {"number", 9}, {"verdict", "unsure"}});
  CHECK(status == 400);
  CHECK_THAT(answer["trouble"].get<std::string>(), Contains("does not hold"));
  CHECK(served.post("/api/decide", json::array()).first == 400);
  CHECK(served.post("/api/decide", {{"sample", "1"}}).first == 400);
  CHECK(status_of(served.reviewer().Post("/api/decide", "{", "application/json")) == 400);
  CHECK(status_of(served.reviewer().Post("/api/decide", std::string(200'000, ' '), "application/json")) == 413);
}

TEST_CASE("pictures come as tiles of both, in the reference's frame", "[cli][review]") {
  ServedCase served;
  const json pictures = served.get("/api/pictures/" + served.id());
  CHECK(pictures["reference"]["width"] == 800);
  CHECK(pictures["sample"]["height"] == 600);
  const std::string level = std::to_string(pictures["sample"]["last"].get<int>());
  const auto tile = served.reviewer().Get("/pictures/" + served.id() + "/sample/" + level + "/1_0.jpg");
  REQUIRE(status_of(tile) == 200);
  const cv::Mat3b decoded = cv::imdecode(std::vector<uchar>(tile->body.begin(), tile->body.end()), cv::IMREAD_COLOR);
  CHECK(decoded.size() == cv::Size(800 - 512 + 1, 513));
  CHECK(cv::mean(decoded)[0] == Approx(45).margin(2));
  CHECK(status_of(served.reviewer().Get("/pictures/" + served.id() + "/sample/" + level + "/9_0.jpg")) == 404);
  CHECK(status_of(served.reviewer().Get("/pictures/999/sample/0/0_0.jpg")) == 404);
}

TEST_CASE("a picture that was changed since is not shown for the one that was inspected", "[cli][review]") {
  ServedCase served;
  boarddiff::test::write_text(served.made() / "sample.jpg", "something else");
  const json pictures = served.get("/api/pictures/" + served.id());
  CHECK_THAT(pictures["trouble"].get<std::string>(), Contains("has changed since it was inspected"));
  const auto thumbnail = served.reviewer().Get("/thumbnails/" + served.id() + "-sample.jpg");
  CHECK(status_of(thumbnail) == 200);
  CHECK(thumbnail->body == "small");
  CHECK(status_of(served.reviewer().Get("/crops/" + served.id() + "/1-reference.jpg")) == 200);
}

TEST_CASE("addresses that lead nowhere are not found", "[cli][review]") {
  ServedCase served;
  for (const char* path : {"/api/board/999", "/api/board/99999999999999999999", "/api/board/-1", "/../etc/passwd",
                           "/crops/1/99-sample.jpg", "/thumbnails/999-sample.jpg", "/nothing"}) {
    INFO(path);
    CHECK(status_of(served.reviewer().Get(path)) == 404);
  }
}

TEST_CASE("regions of a board's reference are asked for, and refused with what to do", "[cli][review]") {
  ServedCase served;
  CHECK_THAT(served.get("/api/regions/" + served.id())["trouble"].get<std::string>(), Contains("boarddiff enroll"));
  CHECK(status_of(served.reviewer().Get("/api/regions/999")) == 404);
  const json region = {{"sample", served.sample()}, {"purpose", "ignore"}, {"id", "drawn-0"}, {"why", "a label"}};
  for (const char* path : {"/api/regions/draw", "/api/regions/withdraw"}) {
    INFO(path);
    CHECK(served.post(path, region).first == 400);
    CHECK(served.post(path, json::array()).first == 400);
    CHECK(served.post(path, {{"sample", 999}}).first == 404);
    CHECK(status_of(served.stranger().Post(path, region.dump(), "application/json")) == 403);
  }
}

TEST_CASE("a cookie is found among others, and only whole", "[cli][review]") {
  const AccessToken token(1234);
  CHECK(token.is_in(token.cookie()));
  CHECK(token.is_in("theme=dark; " + token.cookie() + "; a=b"));
  CHECK_FALSE(token.is_in(""));
  CHECK_FALSE(token.is_in("x" + token.cookie()));
  CHECK_FALSE(token.is_in(token.cookie() + "0"));
  CHECK_FALSE(token.is_in(token.cookie().substr(0, token.cookie().size() - 1)));
  CHECK(random_token() != random_token());
  CHECK(random_token().size() == 64);
}

TEST_CASE("a port that is taken is refused by name", "[cli][review]") {
  ServedCase served;
  CaseStore other(served.made() / "a.bdcase", DatabaseAccess::write);
  CHECK_THROWS_WITH(ReviewServer(other, {.reviewer = "Bob", .port = served.port()}),
                    Contains("--port " + std::to_string(served.port())));
}
