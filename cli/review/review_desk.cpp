// SPDX-License-Identifier: Apache-2.0
#include "cli/review/review_desk.h"

#include "cli/case/decisions.h"
#include "cli/case/vigilance.h"
#include "cli/feedback/accept_variation.h"
#include "cli/review/access_token.h"
#include "cli/review/review_document.h"
#include "cli/review/sent_decision.h"
#include "imaging/base/error.h"

#include <optional>
#include <utility>
#include <vector>

namespace boarddiff::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kBoardsInMemory = 3;  // the one that is looked at, the one before, and the next

// Every request is about a sample.
Json request_in(const std::string& body) {
  Json request = Json::parse(body, nullptr, false);
  if (!request.is_object() || !request.contains("sample") || !request["sample"].is_number_integer()) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, "a request names its sample");
  }
  return request;
}

Json tiles_document(const TilePyramid& pyramid) {
  return {{"width", pyramid.size().width}, {"height", pyramid.size().height}, {"first", pyramid.levels().first},
          {"last", pyramid.levels().last}, {"side", TileLevels::kTileSide},   {"overlap", TileLevels::kOverlap}};
}

// Empty bytes stand for no picture.
std::string shown(std::string jpeg) {
  if (jpeg.empty()) throw NotFound();
  return jpeg;
}

// What the reviewer is told who decided about a virtual part.
std::string told_on(const CaseVirtualPart& part, const std::string& verdict) {
  const std::string what = "That was a virtual part of " + part.size_text() + ", painted into the picture. ";
  if (verdict == kUnexpected) return what + "You marked it as unexpected, which is right.";
  if (verdict == kDismissed) return what + "You dismissed it: it should have been marked as unexpected.";
  return what + "You were unsure about it.";
}

}  // namespace

ReviewDesk::ReviewDesk(CaseStore& store, const ReviewSettings& settings)
    : store_(store),
      settings_(settings),
      slipped_(drawn_parts()),
      session_(random_token().substr(0, 12)),
      pictures_(kBoardsInMemory),
      regions_(settings.reviewer) {}

// Which boards show a virtual part: nothing that the page is told leads to it.
SlippedParts ReviewDesk::drawn_parts() {
  if (settings_.vigilance == 0) {
    return {};
  }
  const std::uint64_t seed = std::stoull(random_token().substr(0, 16), nullptr, 16);
  return {store_.database(),
          boards_as_listed(store_.database()),
          {.share = settings_.vigilance, .reviewer = settings_.reviewer, .seed = seed}};
}

Json ReviewDesk::queue() {
  const std::lock_guard lock(mutex_);
  std::vector<CaseBoard> boards = boards_as_listed(store_.database());
  for (CaseBoard& board : boards) board = slipped_.shown(std::move(board));
  Json document = queue_document(store_.database(), by_concern(std::move(boards)), slipped_);
  document["case"] = settings_.case_name;
  document["reviewer"] = settings_.reviewer;
  document["signatures"] = settings_.signatures;
  document["vigilance"] = vigilance_document();
  return document;
}

Json ReviewDesk::board(std::int64_t sample) {
  if (slipped_.any()) take_away_what_cannot_be_shown(sample);
  const std::lock_guard lock(mutex_);
  const CaseBoard board = board_of(sample);
  Json document = board_document(store_.database(), board, slipped_);
  document["edition"] = edition_of(sample);
  document["takes_variations"] = takes_variations(board);
  return document;
}

Json ReviewDesk::changes_after(std::int64_t decision) {
  const std::lock_guard lock(mutex_);
  return changes_document(store_.database(), decision, slipped_);
}

Json ReviewDesk::pictures(std::int64_t sample) {
  const auto tiles = tiles_of(sample);
  if (!tiles->reference || !tiles->sample) {
    return {{"trouble", tiles->trouble}};
  }
  const std::lock_guard lock(mutex_);
  return {{"reference", tiles_document(*tiles->reference)},
          {"sample", tiles_document(*tiles->sample)},
          {"edition", edition_of(sample)}};
}

std::string ReviewDesk::tile(std::int64_t sample, CasePicture which, const TilePlace& place) {
  const auto tiles = tiles_of(sample);
  const std::optional<TilePyramid>& pyramid = tiles->of(which);
  if (!pyramid) throw NotFound();
  return shown(pyramid->tile(place).value_or(""));
}

std::string ReviewDesk::crop(std::int64_t sample, int number, CasePicture which) {
  {
    const std::lock_guard lock(mutex_);
    const SlippedPart* const slipped = slipped_.at(sample);
    if (slipped == nullptr || number != slipped->number) {
      const int in_case = slipped != nullptr && number > slipped->number ? number - 1 : number;
      return shown(crop_of(store_.database(), sample, in_case, which));
    }
  }
  const auto tiles = tiles_of(sample);
  return shown(which == CasePicture::sample ? tiles->sample_crop : tiles->reference_crop);
}

std::string ReviewDesk::thumbnail(std::int64_t sample, CasePicture which) {
  const std::lock_guard lock(mutex_);
  return shown(thumbnail_of(store_.database(), sample, which));
}

Json ReviewDesk::decide(const std::string& body) {
  SentDecision sent = sent_decision_in(request_in(body), settings_.reviewer);
  const std::lock_guard lock(mutex_);
  const MeantPlace meant = meant_place(store_.database(), sent, slipped_);
  if (meant.virtual_part) {
    return decided_on(*meant.virtual_part, sent.decision);
  }
  sent.decision.place = meant.place;
  const Decision made = cli::decide(store_, sent.decision);
  last_was_virtual_ = false;
  Json document = changes_document(store_.database(), made.id - 1, slipped_);
  document["made"] = made.id;
  return document;
}

// About a virtual part: nothing of it becomes a decision. Under the lock.
Json ReviewDesk::decided_on(const CaseVirtualPart& part, const Decision& decision) {
  check_words(decision);
  SlippedPart* const slipped = slipped_.at(part.sample);
  const bool is_shown = slipped != nullptr && slipped->part.number == part.number;
  if (decision.verdict == kComment) {
    if (!is_shown || !slipped->is_listed) return {{"places", Json::array()}};
    slipped->comments.push_back(decision);
    return {{"places", Json::array({{{"sample", part.sample},
                                     {"number", slipped->number},
                                     {"standing", standing_document({.comments = slipped->comments})}}})}};
  }
  record_answer(store_, part, decision);
  last_was_virtual_ = true;
  if (is_shown) take_away(*slipped);
  return {{"places", Json::array()},
          {"told", told_on(part, decision.verdict)},
          {"gone", part.sample},
          {"vigilance", vigilance_document()}};
}

Json ReviewDesk::undo() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(last_was_virtual_, false)) {
    return {{"places", Json::array()},
            {"told", "What was decided about a virtual part stays. Undo once more takes back the decision before it."}};
  }
  const std::optional<Decision> undone = undo_last(store_, settings_.reviewer);
  return undone ? changes_document(store_.database(), undone->id - 1, slipped_) : Json{{"places", Json::array()}};
}

Json ReviewDesk::accept(const std::string& body) {
  const Json sent = request_in(body);
  VariationRequest wanted;
  {
    const std::lock_guard lock(mutex_);
    const DecisionPlace place =
        meant_place(store_.database(), sent_decision_in(sent, settings_.reviewer), slipped_).place;
    wanted = variation_request(store_.database(), place, settings_.reviewer);
  }
  Json document = {{"reference", wanted.board.reference_file}};
  if (sent.contains("ignore") && sent["ignore"] == true) {
    const std::lock_guard lock(mutex_);
    static_cast<void>(keep_region(store_, wanted));
    return document;
  }
  compare::EnrolledVariation variation = cut_variation(wanted);
  const std::lock_guard lock(mutex_);
  document["number"] = keep_variation(store_, wanted, std::move(variation));
  return document;
}

Json ReviewDesk::regions(std::int64_t sample) {
  RegionDesk::Reference reference;
  {
    const std::lock_guard lock(mutex_);
    reference = RegionDesk::reference_of(store_.database(), board_of(sample));
  }
  return regions_.regions(reference);
}

Json ReviewDesk::draw_region(const std::string& body) { return change_regions(body, &RegionDesk::draw); }

Json ReviewDesk::withdraw_region(const std::string& body) { return change_regions(body, &RegionDesk::withdraw); }

Json ReviewDesk::change_regions(const std::string& body, RegionWork work) {
  const Json wanted = request_in(body);
  const auto sample = wanted["sample"].get<std::int64_t>();
  {
    const std::lock_guard lock(mutex_);
    (regions_.*work)(store_, board_of(sample), wanted);
  }
  return regions(sample);
}

// From lists and pictures. Under the lock.
void ReviewDesk::take_away(SlippedPart& slipped) {
  slipped.is_listed = false;
  pictures_.forget(slipped.part.sample);
}

// The small picture that stands for one that cannot be read shows no virtual part. All boards are read first, so that
// none answers later than others.
void ReviewDesk::take_away_what_cannot_be_shown(std::int64_t sample) {
  const auto tiles = tiles_of(sample);
  const std::lock_guard lock(mutex_);
  SlippedPart* const slipped = slipped_.at(sample);
  if (slipped != nullptr && slipped->is_listed && !tiles->sample) take_away(*slipped);
}

// Pictures and numbers of findings change when a virtual part goes and from review to review, and browsers keep what
// they have by its address: this is a part of it. Empty where nothing changes. Under the lock.
std::string ReviewDesk::edition_of(std::int64_t sample) {
  if (!slipped_.any()) {
    return {};
  }
  const SlippedPart* const slipped = slipped_.at(sample);
  return session_ + (slipped == nullptr || slipped->is_listed ? "a" : "b");
}

// Null where the reviewer was shown no virtual part, and will be shown none. Under the lock.
Json ReviewDesk::vigilance_document() {
  const std::vector<std::string> lines = words_on(hit_rates(store_.database(), settings_.reviewer));
  return lines.empty() && !slipped_.any() ? Json() : Json(lines);
}

// Under the lock.
CaseBoard ReviewDesk::board_of(std::int64_t sample) {
  std::optional<CaseBoard> board = board_with(store_.database(), sample);
  if (!board) throw NotFound();
  return *board;
}

std::shared_ptr<const BoardTiles> ReviewDesk::tiles_of(std::int64_t sample) {
  return pictures_.tiles_of(sample, [&]() -> std::optional<PictureRequest> {
    const std::lock_guard lock(mutex_);
    const std::optional<CaseBoard> board = board_with(store_.database(), sample);
    if (!board) return std::nullopt;
    PictureRequest request = picture_request(store_.database(), *board);
    if (const SlippedPart* const slipped = slipped_.listed_at(sample)) request.painted = slipped->part;
    return request;
  });
}

}  // namespace boarddiff::cli
