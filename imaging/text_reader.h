// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <memory>
#include <string>
#include <vector>

namespace boarddiff::imaging {

// One line of print as read.
struct TextLine {
  std::string text = {};  // A to Z, 0 to 9, '-', '/' and '.'; words one space apart
  double confidence = 0;  // of its words, by their letters, 0 to 1
  Box box = {};           // in the picture that was read
};

// Reads print with Tesseract's network for English (LSTM). A reader is used by one thread at a time; what it reads does
// not depend on what it read before.
class TextReader {
 public:
  // Loads the language data, which takes about a tenth of a second.
  TextReader();
  ~TextReader();
  TextReader(const TextReader&) = delete;
  TextReader& operator=(const TextReader&) = delete;
  TextReader(TextReader&&) noexcept;
  TextReader& operator=(TextReader&&) noexcept;

  // False where the language data (Debian: tesseract-ocr-eng) is not installed: nothing is read then.
  [[nodiscard]] bool ready() const;

  // The lines of one block of dark print on light ground, letters about 30 pixels high, from top to bottom. Words of
  // less than `least_confidence` are left out.
  [[nodiscard]] std::vector<TextLine> read(const cv::Mat1b& page, double least_confidence = 0);

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace boarddiff::imaging
