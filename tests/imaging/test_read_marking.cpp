// SPDX-License-Identifier: Apache-2.0
#include "imaging/print_page.h"
#include "imaging/read_marking.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <string>
#include <vector>

namespace imaging = boarddiff::imaging;
using imaging::Marking;
using imaging::TextReader;

namespace {

// A dark package on a green board with lines of light print, letters about 17 pixels high.
cv::Mat3b circuit(const std::vector<std::string>& lines, double print = 190, double body = 45) {
  cv::Mat3b picture(150, 230, cv::Vec3b(70, 110, 40));
  cv::rectangle(picture, cv::Rect(15, 15, 200, 120), cv::Scalar::all(body), cv::FILLED);
  int baseline = 55;
  for (const std::string& line : lines) {
    cv::putText(picture, line, {28, baseline}, cv::FONT_HERSHEY_SIMPLEX, 0.8, cv::Scalar::all(print), 2, cv::LINE_AA);
    baseline += 32;
  }
  cv::GaussianBlur(picture, picture, {}, 0.8);
  return picture;
}

std::vector<std::string> texts_of(const Marking& marking) {
  std::vector<std::string> texts;
  for (const imaging::TextLine& line : marking.lines) {
    texts.push_back(line.text);
  }
  return texts;
}

const std::vector<std::string> kLines = {"MX25L128", "TAIWAN", "2319 A"};

}  // namespace

TEST_CASE("light print on a dark part is read line by line, with the lines' places", "[imaging][read_marking]") {
  TextReader reader;
  REQUIRE(reader.ready());
  const Marking marking = read_marking(circuit(kLines), reader);
  CHECK(texts_of(marking) == kLines);
  CHECK(marking.turn_deg == 0);
  CHECK(marking.light_on_dark);
  CHECK(marking.confidence >= imaging::kReadable);
  REQUIRE(marking.lines.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    // Letters stand on the baseline and begin at 28.
    const imaging::Box& box = marking.lines[i].box;
    CHECK(box.x == Approx(28).margin(4));
    CHECK(box.y + box.height == Approx(55 + 32 * double(i)).margin(5));
    CHECK(box.height == Approx(18).margin(5));
  }
}

TEST_CASE("dark print on a light part is read, and said to be that", "[imaging][read_marking]") {
  TextReader reader;
  const Marking marking = read_marking(circuit(kLines, 40, 200), reader);
  CHECK(texts_of(marking) == kLines);
  CHECK_FALSE(marking.light_on_dark);
}

TEST_CASE("print that stands another way is turned, and the turn is said", "[imaging][read_marking]") {
  TextReader reader;
  const std::vector<std::pair<int, int>> turns = {
      {cv::ROTATE_90_COUNTERCLOCKWISE, 90}, {cv::ROTATE_180, 180}, {cv::ROTATE_90_CLOCKWISE, 270}};
  for (const auto& [code, turn_deg] : turns) {
    cv::Mat turned;
    cv::rotate(circuit(kLines), turned, code);
    const Marking marking = read_marking(turned, reader);
    CHECK(marking.turn_deg == turn_deg);
    CHECK(texts_of(marking) == kLines);
    REQUIRE_FALSE(marking.lines.empty());
    const imaging::Box& box = marking.lines[0].box;
    CHECK((box.width > box.height) == (turn_deg == 180));
    CHECK(box.x >= 0);
    CHECK(box.x + box.width <= turned.cols);
    CHECK(box.y + box.height <= turned.rows);
  }
}

TEST_CASE("print on a square part is read whichever way it stood in the other picture", "[imaging][read_marking]") {
  TextReader reader;
  cv::Mat square;
  cv::copyMakeBorder(circuit(kLines), square, 40, 40, 0, 0, cv::BORDER_CONSTANT, cv::Scalar(70, 110, 40));
  square.rowRange(20, 210).colRange(15, 215).setTo(cv::Scalar::all(45));
  circuit(kLines).rowRange(20, 130).copyTo(square.rowRange(60, 170));
  cv::Mat turned;
  cv::rotate(square, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
  const Marking marking = read_marking(turned, reader, 0);
  CHECK(marking.turn_deg == 90);
  CHECK(texts_of(marking) == kLines);
}

TEST_CASE("16 bits and grey read as 8 bits and colour do", "[imaging][read_marking]") {
  TextReader reader;
  cv::Mat grey;
  cv::cvtColor(circuit(kLines), grey, cv::COLOR_BGR2GRAY);
  grey.convertTo(grey, CV_16U, 257);
  CHECK(texts_of(read_marking(grey, reader)) == kLines);
}

TEST_CASE("what a reader read before does not change what it reads", "[imaging][read_marking]") {
  TextReader reader;
  const Marking first = read_marking(circuit(kLines), reader);
  for (const char* other : {"W25Q64", "LM358", "74HC595"}) {
    (void)read_marking(circuit({other, "2107"}), reader);
  }
  const Marking again = read_marking(circuit(kLines), reader);
  CHECK(texts_of(again) == texts_of(first));
  CHECK(again.confidence == first.confidence);
}

TEST_CASE("parts without print, and those too small, have no marking", "[imaging][read_marking]") {
  TextReader reader;
  CHECK(read_marking(circuit({}), reader).lines.empty());
  cv::Mat small;
  cv::resize(circuit(kLines), small, {}, 0.2, 0.2, cv::INTER_AREA);
  CHECK(read_marking(small, reader).confidence < imaging::kReadable);
  CHECK_FALSE(imaging::print_page(cv::Mat3b(8, 8, cv::Vec3b(1, 2, 3))));
  CHECK(reader.read(cv::Mat1b()).empty());
}
