// SPDX-License-Identifier: Apache-2.0
#include "compare/read_markings.h"

#include "compare/dark_bodies.h"
#include "compare/inspection.h"
#include "compare/part_place.h"
#include "compare/place_view.h"
#include "compare/whole_pixels.h"
#include "imaging/grey_levels.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::BoardImage;
using imaging::Box;
using imaging::Marking;
using imaging::TextLine;
using imaging::TextReader;

constexpr std::size_t kAlwaysRead = 12;  // findings and candidates, the best first

// The pictures of one part: pixels of the reference's frame.
struct PartViews {
  cv::Rect place = {};
  std::vector<cv::Mat> known_good = {};  // the reference first
  cv::Mat sample = {};
};

// Parts to read, and which of them each finding lies on.
struct PartList {
  std::vector<cv::Rect> places = {};
  std::vector<std::optional<std::size_t>> of_finding = {};
};

std::vector<Finding*> all_of(Proposal& proposal) {
  std::vector<Finding*> all;
  for (std::vector<Finding>* list : {&proposal.findings, &proposal.candidates}) {
    for (Finding& finding : *list) {
      all.push_back(&finding);
    }
  }
  return all;
}

PartList parts_of(const std::vector<Finding*>& findings, const Comparison& compared, const cv::Size& reference,
                  int most) {
  const std::vector<Box> circuits = find_dark_bodies(compared.pair.reference);
  std::vector<Box> components;
  for (const Component& component : compared.layouts.reference.components) {
    components.push_back(component.box);
  }
  PartList list{.of_finding = std::vector<std::optional<std::size_t>>(findings.size())};
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const FindingKind kind = findings[i]->kind;
    if (i >= kAlwaysRead && kind != FindingKind::replaced_component && kind != FindingKind::changed_marking) {
      continue;
    }
    std::optional<cv::Rect> place = part_at(findings[i]->reference_box, circuits, compared.pair.scale, reference);
    if (!place) {
      place = part_at(findings[i]->reference_box, components, compared.pair.scale, reference);
    }
    if (!place && kind == FindingKind::changed_marking) {
      // On a black board bodies do not stand out, but lettering does.
      const Box& box = findings[i]->reference_box;
      place = part_at(box, {grown(box, std::min(box.width, box.height) / 2)}, 1, reference);
    }
    if (!place) {
      continue;
    }
    const auto known = std::find(list.places.begin(), list.places.end(), *place);
    if (known == list.places.end() && static_cast<int>(list.places.size()) == most) {
      continue;
    }
    list.of_finding[i] = static_cast<std::size_t>(known - list.places.begin());
    if (known == list.places.end()) {
      list.places.push_back(*place);
    }
  }
  return list;
}

PartViews views_of(const cv::Rect& place, const KnownGood& known_good, const BoardImage& sample,
                   const imaging::PlaneMap& plane) {
  PartViews views{.place = place, .sample = sample_view(sample, plane, place, place.size())};
  for (const BoardImage& board : known_good.boards) {
    views.known_good.push_back(board.pixels(place));
  }
  return views;
}

// The line of the first view is seen in the second one, at most as far away as the top of a part may be displaced.
bool looks_alike(const cv::Mat& reference, const TextLine& line, const cv::Mat& sample) {
  constexpr double kBorder = 2;  // px
  constexpr double kReach = 14;  // px
  constexpr double kAlike = 0.7;
  const cv::Rect print = whole_pixels(grown(line.box, kBorder), reference.size());
  const cv::Rect around = whole_pixels(grown(line.box, kReach), sample.size());
  if (print.empty() || around.width < print.width || around.height < print.height) {
    return false;
  }
  cv::Mat1f likeness;
  cv::matchTemplate(imaging::grey_levels(sample(around)), imaging::grey_levels(reference(print)), likeness,
                    cv::TM_CCOEFF_NORMED);
  double best = 0;
  cv::minMaxLoc(likeness, nullptr, &best);
  return best >= kAlike;
}

MarkingPair read_part(const PartViews& views, TextReader& reader) {
  const cv::Mat& reference = views.known_good.front();
  MarkingPair pair{.reference = read_marking(reference, reader)};
  const std::optional<int> turn = pair.reference.lines.empty() ? std::nullopt : std::optional(pair.reference.turn_deg);
  pair.sample = read_marking(views.sample, reader, turn);
  pair.difference = compare_markings(pair.reference, pair.sample);
  if (pair.difference == MarkingDifference::part_differs &&
      looks_alike(reference, *part_number_of(pair.reference), views.sample)) {
    pair.difference = MarkingDifference::unknown;
  }
  for (std::size_t i = 1; i < views.known_good.size() && pair.difference == MarkingDifference::part_differs; ++i) {
    const MarkingDifference other = compare_markings(read_marking(views.known_good[i], reader, turn), pair.sample);
    if (other == MarkingDifference::same || other == MarkingDifference::codes_differ) {
      pair.difference = MarkingDifference::unknown;  // a number that good boards have
    }
  }
  for (Marking* marking : {&pair.reference, &pair.sample}) {
    for (TextLine& line : marking->lines) {
      line.box.x += views.place.x;
      line.box.y += views.place.y;
    }
  }
  return pair;
}

Box box_of(const std::vector<const TextLine*>& lines) {
  Box box = lines.empty() ? Box{} : lines.front()->box;
  for (const TextLine* line : lines) {
    box = hull(box, line->box);
  }
  return box;
}

// What differs lies on the part numbers, or for the most part on the other lines.
bool lies_on_part_number(const Finding& finding, const MarkingPair& pair) {
  constexpr double kShare = 0.3;
  const Box print = hull(part_number_of(pair.reference)->box, part_number_of(pair.sample)->box);
  return intersection(print, finding.reference_box).area() >= kShare * print.area();
}

bool lies_on_codes(const Finding& finding, const MarkingPair& pair) {
  constexpr double kShare = 0.6;
  std::vector<const TextLine*> codes;
  for (const Marking* marking : {&pair.reference, &pair.sample}) {
    for (const TextLine& line : marking->lines) {
      if (&line != part_number_of(*marking)) {
        codes.push_back(&line);
      }
    }
  }
  const Box print = box_of(codes);
  const double half_line = codes.empty() ? 0 : std::min(codes.front()->box.width, codes.front()->box.height) / 2;
  return intersection(grown(print, half_line), finding.reference_box).area() >= kShare * finding.reference_box.area();
}

// What the print makes of a finding; whether it now says that the part is another. One finding a part says so, the rest
// keep their kind.
bool judge(Finding& finding, bool part_is_said) {
  const MarkingPair& pair = *finding.marking;
  const bool is_other_part = pair.difference == MarkingDifference::part_differs && !part_is_said &&
                             finding.kind != FindingKind::moved_component && lies_on_part_number(finding, pair);
  if (is_other_part) {
    finding.kind = FindingKind::replaced_component;
    finding.advisory = false;
    finding.reason = "Another part number is printed on this part.";
  } else if (pair.difference == MarkingDifference::codes_differ && lies_on_codes(finding, pair)) {
    finding.kind = FindingKind::changed_marking;
    finding.advisory = true;
    finding.reason = "What differs lies on the print, and the part number is the same.";
  }
  const std::string sentence = sentence_on(pair);
  finding.reason += sentence.empty() ? "" : " " + sentence;
  return is_other_part;
}

// What became advisory is a candidate, and what no longer is may be a finding.
Proposal sorted_anew(Proposal proposal) {
  Proposal result{.cut_short = proposal.cut_short};
  for (Finding* finding : all_of(proposal)) {
    const bool is_finding = finding->above_threshold && !finding->advisory;
    (is_finding ? result.findings : result.candidates).push_back(std::move(*finding));
  }
  int id = 0;
  for (std::vector<Finding>* list : {&result.findings, &result.candidates}) {
    std::stable_sort(list->begin(), list->end(), [](const Finding& a, const Finding& b) { return a.score > b.score; });
    for (Finding& finding : *list) {
      finding.id = ++id;
    }
  }
  return result;
}

std::vector<MarkingPair> read_parts(const std::vector<cv::Rect>& places, const KnownGood& known_good,
                                    const BoardImage& sample, const imaging::PlaneMap& plane,
                                    std::vector<TextReader>& readers) {
  std::vector<MarkingPair> pairs(places.size());
  const auto read_share = [&](std::size_t reader) {
    for (std::size_t i = reader; i < places.size(); i += readers.size()) {
      pairs[i] = read_part(views_of(places[i], known_good, sample, plane), readers[reader]);
    }
  };
  cv::parallel_for_(
      cv::Range(0, static_cast<int>(readers.size())),
      [&](const cv::Range& some) {
        for (int reader = some.start; reader < some.end; ++reader) {
          read_share(static_cast<std::size_t>(reader));
        }
      },
      static_cast<double>(readers.size()));
  return pairs;
}

}  // namespace

std::vector<imaging::OptionProblem> problems(const MarkingOptions& options) {
  return imaging::OptionRules().within("--marking.max-places", options.max_places, 0, 1000).problems();
}

ReadProposal with_markings(Proposal proposal, const KnownGood& known_good, const BoardImage& sample,
                           const imaging::PlaneMap& plane, const Comparison& compared, const MarkingOptions& options) {
  const std::vector<Finding*> findings = all_of(proposal);
  const PartList parts = parts_of(findings, compared, known_good.boards.front().size(), options.max_places);
  if (parts.places.empty()) {
    return {.proposal = std::move(proposal)};
  }
  const auto threads = static_cast<std::size_t>(std::max(1, cv::getNumThreads()));
  std::vector<TextReader> readers(std::min(parts.places.size(), threads));
  if (!readers.front().ready()) {
    return {.proposal = std::move(proposal),
            .notes = {"What is printed on parts was not read: Tesseract's language data (Debian: tesseract-ocr-eng) is "
                      "not installed."}};
  }
  const std::vector<MarkingPair> pairs = read_parts(parts.places, known_good, sample, plane, readers);
  std::vector<std::size_t> said;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const auto part = parts.of_finding[i];
    if (part && (!readable_text(pairs[*part].reference).empty() || !readable_text(pairs[*part].sample).empty())) {
      findings[i]->marking = pairs[*part];
      const bool is_said = std::find(said.begin(), said.end(), *part) != said.end();
      if (judge(*findings[i], is_said)) {
        said.push_back(*part);
      }
    }
  }
  return {.proposal = sorted_anew(std::move(proposal))};
}

}  // namespace boarddiff::compare
