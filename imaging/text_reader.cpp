// SPDX-License-Identifier: Apache-2.0
#include "imaging/text_reader.h"

#include "imaging/base/error.h"

#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <utility>

// Of the OpenMP runtime that Tesseract is linked with; declared here, so that no compiler needs OpenMP switched on.
extern "C" {
int omp_get_max_active_levels();
void omp_set_max_active_levels(int levels);
}

namespace boarddiff::imaging {

struct TextReader::Engine {
  tesseract::TessBaseAPI api = {};
  bool ready = false;
};

namespace {

// What makers print on parts, and the blank between words: without it words become one, of no confidence.
constexpr const char* kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/. ";

// Part numbers are no words: a dictionary would make some of them.
const std::vector<std::string> kNames = {"load_system_dawg", "load_freq_dawg",    "load_punc_dawg",
                                         "load_number_dawg", "load_unambig_dawg", "load_bigram_dawg"};

struct Word {
  std::string text = {};
  double confidence = 0;
  Box box = {};
};

// Tesseract asks for four threads for each line of print, which for lines this short takes three times as long as one.
class OneThread {
 public:
  OneThread() { omp_set_max_active_levels(0); }
  ~OneThread() { omp_set_max_active_levels(levels_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;
  OneThread(OneThread&&) = delete;
  OneThread& operator=(OneThread&&) = delete;

 private:
  int levels_ = omp_get_max_active_levels();
};

Word word_at(const tesseract::ResultIterator& place) {
  const std::unique_ptr<const char[]> text(place.GetUTF8Text(tesseract::RIL_WORD));
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  place.BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom);
  return {.text = text == nullptr ? "" : text.get(),
          .confidence = std::clamp(place.Confidence(tesseract::RIL_WORD) / 100.0, 0.0, 1.0),
          .box = {double(left), double(top), double(right - left), double(bottom - top)}};
}

void add_word(TextLine& line, const Word& word) {
  const auto letters_before = static_cast<double>(line.text.size());
  const auto letters = static_cast<double>(word.text.size());
  line.box = line.text.empty() ? word.box : hull(line.box, word.box);
  line.confidence = (line.confidence * letters_before + word.confidence * letters) / (letters_before + letters);
  line.text += (line.text.empty() ? "" : " ") + word.text;
}

}  // namespace

TextReader::TextReader() : engine_(std::make_unique<Engine>()) {
  // Both libraries print to standard error what they meet in odd pictures.
  setMsgSeverity(L_SEVERITY_NONE);
  engine_->api.SetVariable("debug_file", "/dev/null");
  const std::vector<std::string> off(kNames.size(), "0");
  engine_->ready = engine_->api.Init(nullptr, "eng", tesseract::OEM_LSTM_ONLY, nullptr, 0, &kNames, &off, false) == 0;
  if (engine_->ready) {
    engine_->api.SetPageSegMode(tesseract::PSM_SINGLE_BLOCK);
    engine_->api.SetVariable("tessedit_char_whitelist", kLetters);
    engine_->api.SetVariable("tessedit_do_invert", "0");
    engine_->api.SetVariable("user_defined_dpi", "300");
  }
}

TextReader::~TextReader() = default;
TextReader::TextReader(TextReader&&) noexcept = default;
TextReader& TextReader::operator=(TextReader&&) noexcept = default;

bool TextReader::ready() const { return engine_->ready; }

std::vector<TextLine> TextReader::read(const cv::Mat1b& page, double least_confidence) {
  std::vector<TextLine> lines;
  if (!engine_->ready || page.empty()) {
    return lines;
  }
  const OneThread one_thread;
  engine_->api.SetImage(page.data, page.cols, page.rows, 1, static_cast<int>(page.step));
  if (engine_->api.Recognize(nullptr) != 0) {
    return lines;
  }
  const std::unique_ptr<tesseract::ResultIterator> place(engine_->api.GetIterator());
  bool line_is_new = true;
  while (place != nullptr) {
    line_is_new = line_is_new || place->IsAtBeginningOf(tesseract::RIL_TEXTLINE);
    const Word word = word_at(*place);
    if (!word.text.empty() && word.confidence >= least_confidence) {
      if (std::exchange(line_is_new, false)) {
        lines.emplace_back();
      }
      add_word(lines.back(), word);
    }
    if (!place->Next(tesseract::RIL_WORD)) {
      break;
    }
  }
  engine_->api.Clear();
  std::stable_sort(lines.begin(), lines.end(),
                   [](const TextLine& a, const TextLine& b) { return a.box.centre().y() < b.box.centre().y(); });
  return lines;
}

}  // namespace boarddiff::imaging
