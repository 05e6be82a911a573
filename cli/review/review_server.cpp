// SPDX-License-Identifier: Apache-2.0
#include "cli/review/review_server.h"

#include "cli/case/case_boards.h"
#include "cli/case/decisions.h"
#include "cli/case/vigilance.h"
#include "cli/feedback/accept_variation.h"
#include "cli/page/review_page.h"
#include "cli/review/access_token.h"
#include "cli/review/picture_cache.h"
#include "cli/review/region_desk.h"
#include "cli/review/review_document.h"
#include "cli/review/sent_decision.h"
#include "cli/review/slipped_parts.h"
#include "compare/self_contained_page.h"
#include "imaging/base/error.h"

#include <httplib.h>

#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace boarddiff::cli {
namespace {

using Json = nlohmann::ordered_json;
using httplib::Request;
using httplib::Response;

constexpr const char* kHost = "127.0.0.1";
constexpr std::size_t kThreads = 6;         // a browser opens as many connections to a host
constexpr std::size_t kMostBody = 100'000;  // of a decision
constexpr std::size_t kBoardsInMemory = 3;  // the one that is looked at, the one before, and the next

// The hash is that of an empty style element.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; "
    "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// For what is not there.
struct NotFound {};

// As it is: texts that are simply set are compressed as well as can be, which takes a second where the network is none.
void answer(Response& response, std::string text, const char* type) {
  const auto kept = std::make_shared<const std::string>(std::move(text));
  response.set_content_provider(kept->size(), type, [kept](std::size_t offset, std::size_t length, auto& sink) {
    return sink.write(kept->data() + offset, length);
  });
}

void answer(Response& response, const Json& document) {
  answer(response, document.dump(-1, ' ', false, Json::error_handler_t::replace), "application/json");
}

void answer_trouble(Response& response, int status, const std::string& why) {
  response.status = status;
  answer(response, {{"trouble", why}});
}

void answer_jpeg(Response& response, const std::string& bytes) {
  if (bytes.empty()) throw NotFound();
  // Pictures of a case do not change; the address holds which.
  response.set_header("Cache-Control", "private, max-age=86400");
  response.set_content(bytes, "image/jpeg");
}

std::int64_t number_in(const Request& request, std::size_t group) {
  // The routes let digits through, at most 18.
  return std::stoll(request.matches[static_cast<int>(group)].str());
}

CasePicture which_in(const Request& request, std::size_t group) {
  return request.matches[static_cast<int>(group)].str() == "sample" ? CasePicture::sample : CasePicture::reference;
}

Json tiles_document(const TilePyramid& pyramid) {
  return {{"width", pyramid.size().width}, {"height", pyramid.size().height}, {"first", pyramid.levels().first},
          {"last", pyramid.levels().last}, {"side", TileLevels::kTileSide},   {"overlap", TileLevels::kOverlap}};
}

// What the reviewer is told who decided about a virtual part.
std::string told_on(const CaseVirtualPart& part, const std::string& verdict) {
  const std::string what = "That was a virtual part of " + part.size_text() + ", painted into the picture. ";
  if (verdict == kUnexpected) return what + "You marked it as unexpected, which is right.";
  if (verdict == kDismissed) return what + "You dismissed it: it should have been marked as unexpected.";
  return what + "You were unsure about it.";
}

}  // namespace

class ReviewServer::Routes {
 public:
  Routes(CaseStore& store, const ReviewSettings& settings)
      : store_(store), settings_(settings), port_(bound()), access_(port_), slipped_(drawn_parts()) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_.set_payload_max_length(kMostBody);
    server_.set_tcp_nodelay(true);
    server_.set_default_headers({{"Content-Security-Policy", kPolicy},
                                 {"X-Content-Type-Options", "nosniff"},
                                 {"Referrer-Policy", "no-referrer"},
                                 {"Cross-Origin-Resource-Policy", "same-origin"}});
    server_.set_pre_routing_handler(
        [this](const Request& request, Response& response) { return let_in(request, response); });
    server_.set_exception_handler(
        [](const Request&, Response& response, const std::exception_ptr& error) { answer_exception(response, error); });
    serve_page();
    serve_documents();
    serve_pictures();
    serve_decisions();
    serve_feedback();
    serve_regions();
  }

  [[nodiscard]] std::string origin() const { return std::string("http://") + kHost + ":" + std::to_string(port_); }
  [[nodiscard]] std::string address() const { return origin() + "/open?token=" + access_.once(); }
  void run() { server_.listen_after_bind(); }
  void stop() { server_.stop(); }

 private:
  int bound() {
    // Without SO_REUSEPORT, with which two servers could have one port, and each a part of the requests.
    server_.set_socket_options([](int socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    if (settings_.port == 0) {
      return server_.bind_to_any_port(kHost);
    }
    if (!server_.bind_to_port(kHost, settings_.port)) {
      throw imaging::Error(imaging::ErrorCode::invalid_option,
                           "--port " + std::to_string(settings_.port) + " cannot be had: it may be in use");
    }
    return settings_.port;
  }

  // Which boards show a virtual part: nothing that the page is told leads to it.
  SlippedParts drawn_parts() {
    if (settings_.vigilance == 0) {
      return {};
    }
    const std::uint64_t seed = std::stoull(random_token().substr(0, 16), nullptr, 16);
    return {store_.database(),
            boards_as_listed(store_.database()),
            {.share = settings_.vigilance, .reviewer = settings_.reviewer, .seed = seed}};
  }

  // Pages of other sites can make a browser send requests here: neither their host nor their cookies are ours.
  httplib::Server::HandlerResponse let_in(const Request& request, Response& response) {
    const std::string host = request.get_header_value("Host");
    const bool is_here = host == origin().substr(7) || host == "localhost:" + std::to_string(port_);
    const bool is_safe = request.method == "GET" || request.get_header_value("Content-Type") == "application/json";
    if (is_here && is_safe && (request.path == "/open" || access_.is_in(request.get_header_value("Cookie")))) {
      return httplib::Server::HandlerResponse::Unhandled;
    }
    response.status = 403;
    response.set_content(
        "This page is open in the browser that came first with the address that boarddiff review printed.\n"
        "To open it here, end boarddiff review, start it again, and use the new address.\n",
        "text/plain");
    return httplib::Server::HandlerResponse::Handled;
  }

  static void answer_exception(Response& response, const std::exception_ptr& error) {
    try {
      std::rethrow_exception(error);
    } catch (const NotFound&) {
      answer_trouble(response, 404, "not found");
    } catch (const imaging::Error& known) {
      answer_trouble(response, known.code() == imaging::ErrorCode::invalid_option ? 400 : 500, known.what());
    } catch (const std::exception& unknown) {
      answer_trouble(response, 500, unknown.what());
    }
  }

  void serve_page() {
    server_.Get("/open", [this](const Request& request, Response& response) {
      const bool is_known = access_.is_in(request.get_header_value("Cookie"));
      if (!is_known && !access_.redeem(request.get_param_value("token"))) {
        response.status = 403;
        response.set_content("This address has been used. End boarddiff review, start it again, and use the new one.\n",
                             "text/plain");
        return;
      }
      response.set_header("Set-Cookie", access_.cookie() + "; Path=/; HttpOnly; SameSite=Strict");
      response.set_redirect("/", 303);
    });
    const auto serve = [this](const char* path, std::string_view text, const char* type) {
      server_.Get(path, [text, type](const Request&, Response& response) {
        response.set_header("Cache-Control", "no-cache");
        answer(response, std::string(text), type);
      });
    };
    const compare::PageFiles files = review_page();
    serve("/", html_, "text/html; charset=utf-8");
    serve("/review.css", files.css, "text/css; charset=utf-8");
    serve("/review.js", files.js, "text/javascript; charset=utf-8");
  }

  void serve_documents() {
    server_.Get("/api/queue", [this](const Request&, Response& response) {
      const std::lock_guard lock(mutex_);
      std::vector<CaseBoard> boards = boards_as_listed(store_.database());
      for (CaseBoard& board : boards) board = slipped_.shown(std::move(board));
      Json document = queue_document(store_.database(), by_concern(std::move(boards)), slipped_);
      document["case"] = settings_.case_name;
      document["reviewer"] = settings_.reviewer;
      document["signatures"] = settings_.signatures;
      document["vigilance"] = vigilance_document();
      answer(response, document);
    });
    server_.Get(R"(/api/board/(\d{1,18}))", [this](const Request& request, Response& response) {
      const std::int64_t id = number_in(request, 1);
      if (slipped_.any()) take_away_what_cannot_be_shown(id);
      const std::lock_guard lock(mutex_);
      const CaseBoard board = board_of(id);
      Json document = board_document(store_.database(), board, slipped_);
      document["edition"] = edition_of(id);
      document["takes_variations"] = takes_variations(board);
      answer(response, document);
    });
    server_.Get(R"(/api/changes/(\d{1,18}))", [this](const Request& request, Response& response) {
      const std::lock_guard lock(mutex_);
      answer(response, changes_document(store_.database(), number_in(request, 1), slipped_));
    });
  }

  void serve_pictures() {
    server_.Get(R"(/api/pictures/(\d{1,18}))", [this](const Request& request, Response& response) {
      const std::int64_t id = number_in(request, 1);
      const auto tiles = tiles_of(id);
      if (!tiles->reference || !tiles->sample) {
        answer(response, {{"trouble", tiles->trouble}});
        return;
      }
      const std::lock_guard lock(mutex_);
      answer(response, {{"reference", tiles_document(*tiles->reference)},
                        {"sample", tiles_document(*tiles->sample)},
                        {"edition", edition_of(id)}});
    });
    server_.Get(R"(/pictures/(\d{1,18})/(reference|sample)/(\d{1,2})/(\d{1,6})_(\d{1,6})\.jpg)",
                [this](const Request& request, Response& response) {
                  const auto tiles = tiles_of(number_in(request, 1));
                  const std::optional<TilePyramid>& pyramid = tiles->of(which_in(request, 2));
                  if (!pyramid) throw NotFound();
                  answer_jpeg(response, pyramid
                                            ->tile({.level = static_cast<int>(number_in(request, 3)),
                                                    .column = static_cast<int>(number_in(request, 4)),
                                                    .row = static_cast<int>(number_in(request, 5))})
                                            .value_or(""));
                });
    server_.Get(
        R"(/crops/(\d{1,18})/(\d{1,9})-(reference|sample)\.jpg)", [this](const Request& request, Response& response) {
          answer_jpeg(response,
                      shown_crop(number_in(request, 1), static_cast<int>(number_in(request, 2)), which_in(request, 3)));
        });
    server_.Get(R"(/thumbnails/(\d{1,18})-(reference|sample)\.jpg)",
                [this](const Request& request, Response& response) {
                  const std::lock_guard lock(mutex_);
                  answer_jpeg(response, thumbnail_of(store_.database(), number_in(request, 1), which_in(request, 2)));
                });
  }

  void serve_decisions() {
    server_.Post("/api/decide", [this](const Request& request, Response& response) {
      const std::lock_guard lock(mutex_);
      SentDecision sent = sent_decision_in(request.body, settings_.reviewer);
      const MeantPlace meant = meant_place(store_.database(), sent, slipped_);
      if (meant.virtual_part) {
        answer(response, decided_on(*meant.virtual_part, sent.decision));
        return;
      }
      sent.decision.place = meant.place;
      const Decision made = decide(store_, sent.decision);
      last_was_virtual_ = false;
      Json document = changes_document(store_.database(), made.id - 1, slipped_);
      document["made"] = made.id;
      answer(response, document);
    });
    server_.Post("/api/undo", [this](const Request&, Response& response) {
      const std::lock_guard lock(mutex_);
      if (std::exchange(last_was_virtual_, false)) {
        answer(response, {{"places", Json::array()},
                          {"told",
                           "What was decided about a virtual part stays. Undo once more takes back the decision "
                           "before it."}});
        return;
      }
      const std::optional<Decision> undone = undo_last(store_, settings_.reviewer);
      answer(response,
             undone ? changes_document(store_.database(), undone->id - 1, slipped_) : Json{{"places", Json::array()}});
    });
  }

  void serve_feedback() {
    server_.Post("/api/variation", [this](const Request& request, Response& response) {
      const SentDecision sent = sent_decision_in(request.body, settings_.reviewer);
      VariationRequest wanted;
      {
        const std::lock_guard lock(mutex_);
        const DecisionPlace place = meant_place(store_.database(), sent, slipped_).place;
        wanted = variation_request(store_.database(), place, settings_.reviewer);
      }
      if (nlohmann::json::parse(request.body).value("ignore", false)) {
        const std::lock_guard lock(mutex_);
        static_cast<void>(keep_region(store_, wanted));
        answer(response, {{"reference", wanted.board.reference_file}});
        return;
      }
      // Takes seconds, in which others may decide.
      const compare::EnrolledVariation variation = cut_variation(wanted);
      const std::lock_guard lock(mutex_);
      const int number = keep_variation(store_, wanted, variation);
      answer(response, {{"number", number}, {"reference", wanted.board.reference_file}});
    });
  }

  void serve_regions() {
    server_.Get(R"(/api/regions/(\d{1,18}))", [this](const Request& request, Response& response) {
      answer(response, desk_.regions(reference_of(number_in(request, 1))));
    });
    const auto change = [this](const char* path, void (RegionDesk::*work)(CaseStore&, const CaseBoard&, const Json&)) {
      server_.Post(path, [this, work](const Request& request, Response& response) {
        const Json wanted = Json::parse(request.body, nullptr, false);
        if (!wanted.is_object() || !wanted.contains("sample") || !wanted["sample"].is_number_integer()) {
          throw imaging::Error(imaging::ErrorCode::invalid_option, "a region names its sample");
        }
        const auto sample = wanted["sample"].get<std::int64_t>();
        {
          const std::lock_guard lock(mutex_);
          (desk_.*work)(store_, board_of(sample), wanted);
        }
        answer(response, desk_.regions(reference_of(sample)));
      });
    };
    change("/api/regions/draw", &RegionDesk::draw);
    change("/api/regions/withdraw", &RegionDesk::withdraw);
  }

  RegionDesk::Reference reference_of(std::int64_t id) {
    const std::lock_guard lock(mutex_);
    return RegionDesk::reference_of(store_.database(), board_of(id));
  }

  // About a virtual part: nothing of it becomes a decision.
  Json decided_on(const CaseVirtualPart& part, const Decision& decision) {
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

  // From lists and pictures.
  void take_away(SlippedPart& slipped) {
    slipped.is_listed = false;
    pictures_.forget(slipped.part.sample);
  }

  // The small picture that stands for one that cannot be read shows no virtual part. All boards are read first, so that
  // none answers later than others.
  void take_away_what_cannot_be_shown(std::int64_t id) {
    const auto tiles = tiles_of(id);
    const std::lock_guard lock(mutex_);
    SlippedPart* const slipped = slipped_.at(id);
    if (slipped != nullptr && slipped->is_listed && !tiles->sample) take_away(*slipped);
  }

  // Pictures and numbers of findings change when a virtual part goes and from review to review, and browsers keep what
  // they have by its address: this is a part of it. Empty where nothing changes.
  std::string edition_of(std::int64_t id) {
    if (!slipped_.any()) {
      return {};
    }
    const SlippedPart* const slipped = slipped_.at(id);
    return session_ + (slipped == nullptr || slipped->is_listed ? "a" : "b");
  }

  // Null where the reviewer was shown no virtual part, and will be shown none.
  Json vigilance_document() {
    const std::vector<std::string> lines = words_on(hit_rates(store_.database(), settings_.reviewer));
    return lines.empty() && !slipped_.any() ? Json() : Json(lines);
  }

  // `number` as the page counts.
  std::string shown_crop(std::int64_t id, int number, CasePicture which) {
    {
      const std::lock_guard lock(mutex_);
      const SlippedPart* const slipped = slipped_.at(id);
      if (slipped == nullptr || number != slipped->number) {
        const int in_case = slipped != nullptr && number > slipped->number ? number - 1 : number;
        return crop_of(store_.database(), id, in_case, which);
      }
    }
    const auto tiles = tiles_of(id);
    return which == CasePicture::sample ? tiles->sample_crop : tiles->reference_crop;
  }

  CaseBoard board_of(std::int64_t id) {
    std::optional<CaseBoard> board = board_with(store_.database(), id);
    if (!board) throw NotFound();
    return *board;
  }

  std::shared_ptr<const BoardTiles> tiles_of(std::int64_t id) {
    return pictures_.tiles_of(id, [&]() -> std::optional<PictureRequest> {
      const std::lock_guard lock(mutex_);
      const std::optional<CaseBoard> board = board_with(store_.database(), id);
      if (!board) return std::nullopt;
      PictureRequest request = picture_request(store_.database(), *board);
      if (const SlippedPart* const slipped = slipped_.listed_at(id)) request.painted = slipped->part;
      return request;
    });
  }

  CaseStore& store_;
  ReviewSettings settings_;
  httplib::Server server_ = {};
  int port_ = 0;
  AccessToken access_;
  SlippedParts slipped_;
  bool last_was_virtual_ = false;  // what was decided last
  std::string session_ = random_token().substr(0, 12);
  std::string html_ = compare::filled_page(
      review_page().html,
      {{"style", "<link rel=\"stylesheet\" href=\"review.css\">"}, {"scripts", "<script src=\"review.js\"></script>"}});
  std::mutex mutex_ = {};  // of the case file
  PictureCache pictures_{kBoardsInMemory};
  RegionDesk desk_{settings_.reviewer};
};

ReviewServer::ReviewServer(CaseStore& store, const ReviewSettings& settings)
    : routes_(std::make_unique<Routes>(store, settings)) {}
ReviewServer::~ReviewServer() = default;
std::string ReviewServer::address() const { return routes_->address(); }
void ReviewServer::run() { routes_->run(); }
void ReviewServer::stop() { routes_->stop(); }

}  // namespace boarddiff::cli
