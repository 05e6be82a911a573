// SPDX-License-Identifier: Apache-2.0
#include "cli/export/report_folder.h"

#include "cli/export/deciding_document.h"
#include "cli/output_targets.h"
#include "cli/page/review_page.h"
#include "cli/review/board_pictures.h"
#include "cli/review/review_document.h"
#include "cli/review/tile_pyramid.h"
#include "compare/self_contained_page.h"
#include "compare/shown_pair.h"
#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"

#include <unistd.h>

#include <fstream>
#include <set>
#include <system_error>
#include <utility>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using imaging::Error;
using imaging::ErrorCode;

constexpr double kMostWhole = 20e6;  // pixels: browsers hold larger pictures badly
constexpr CasePicture kBoth[] = {CasePicture::reference, CasePicture::sample};

std::string name_of(CasePicture which) { return which == CasePicture::sample ? "sample" : "reference"; }

// Which boards it shows; who decides in a report says so there.
Json queue_of(compare::Database& database, const std::vector<CaseBoard>& boards, ReportFor use) {
  Json queue = queue_document(database, boards);
  queue["case"] = imaging::printable_text(fs::path(database.shown_name()).filename().string());
  queue["reviewer"] = nullptr;
  queue["signatures"] = 1;
  if (use == ReportFor::deciding) queue["deciding"] = deciding_document(database, boards);
  return queue;
}

// Crops, and where the pictures are gone the small ones, inside the document: files of their own would be tens of
// thousands.
Json held_of(compare::Database& database, const Json& board, bool with_thumbnails) {
  Json held = Json::object();
  const std::int64_t id = board["id"];
  const auto hold = [&](const std::string& name, const std::string& bytes) {
    if (!bytes.empty()) held[name] = compare::jpeg_uri(std::string_view(bytes));
  };
  for (const CasePicture which : kBoth) {
    for (const Json& finding : board["all_findings"]) {
      if (!finding["crops"].get<bool>()) continue;
      const int number = finding["number"];
      hold(std::to_string(number) + "-" + name_of(which), crop_of(database, id, number, which));
    }
    if (with_thumbnails) hold(name_of(which), thumbnail_of(database, id, which));
  }
  return held;
}

std::string note_on(const CaseBoard& board, const std::string& trouble) {
  return imaging::printable_text(board.name()) + " is shown small: " + imaging::printable_text(trouble, 2000);
}

// The files of a report as they come, in a folder that goes away unless it is kept.
class GrowingFolder {
 public:
  explicit GrowingFolder(fs::path final_name) : final_(std::move(final_name)) {
    growing_ = final_.parent_path() / ("." + final_.filename().string() + "." + std::to_string(getpid()) + ".partial");
    create_folder(growing_);
  }
  ~GrowingFolder() {
    std::error_code error;
    if (!growing_.empty()) fs::remove_all(growing_, error);
  }
  GrowingFolder(const GrowingFolder&) = delete;
  GrowingFolder& operator=(const GrowingFolder&) = delete;

  void add(const fs::path& name, std::string_view bytes) {
    const fs::path path = growing_ / name;
    create_folder(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) {
      throw Error(ErrorCode::unwritable_output, final_.string() + ": cannot be written: " + name.string());
    }
    ++files_;
    bytes_ += bytes.size();
  }

  void keep() {
    std::error_code error;
    if (fs::exists(final_)) fs::remove_all(final_, error);
    if (!error) fs::rename(growing_, final_, error);
    if (error) throw Error(ErrorCode::unwritable_output, final_.string() + ": cannot be written: " + error.message());
    growing_.clear();
  }

  [[nodiscard]] std::size_t files() const { return files_; }
  [[nodiscard]] std::uintmax_t bytes() const { return bytes_; }

 private:
  fs::path final_;
  fs::path growing_ = {};
  std::size_t files_ = 0;
  std::uintmax_t bytes_ = 0;
};

// A picture in the folder, as one file or as tiles; returns how the page finds it.
Json add_picture(GrowingFolder& folder, const std::string& name, const cv::Mat3b& picture) {
  Json levels = {{"width", picture.cols}, {"height", picture.rows}};
  if (static_cast<double>(picture.total()) <= kMostWhole) {
    folder.add(name + ".jpg", compare::display_jpeg(picture));
    levels["file"] = name + ".jpg";
    return levels;
  }
  const TilePyramid pyramid(picture);
  levels.update({{"first", pyramid.levels().first},
                 {"last", pyramid.levels().last},
                 {"side", TileLevels::kTileSide},
                 {"overlap", TileLevels::kOverlap},
                 {"folder", name}});
  for (int level = pyramid.levels().first; level <= pyramid.levels().last; ++level) {
    const cv::Size tiles = pyramid.tiles_of(level);
    for (int row = 0; row < tiles.height; ++row) {
      for (int column = 0; column < tiles.width; ++column) {
        const std::string file = std::to_string(column) + "_" + std::to_string(row) + ".jpg";
        folder.add(fs::path(name) / std::to_string(level) / file, *pyramid.tile({level, column, row}));
      }
    }
  }
  return levels;
}

// Writes boards one after the other; a reference that several boards have is written once.
class FolderWriter {
 public:
  FolderWriter(compare::Database& database, GrowingFolder& folder) : database_(database), folder_(folder) {}

  // Returns why its pictures are not there in full; empty: they are.
  std::string add(const CaseBoard& board) {
    Json document = board_document(database_, board);
    std::string trouble;
    try {
      const BoardPictures pictures = load_board_pictures(picture_request(database_, board));
      Json& reference = references_[board.reference_sha256];
      if (reference.is_null()) {
        reference =
            add_picture(folder_, "pictures/reference-" + std::to_string(references_.size()), pictures.reference);
      }
      const std::string name = "pictures/" + std::to_string(board.id) + "-sample";
      document["pictures"] = {{"reference", reference}, {"sample", add_picture(folder_, name, pictures.sample)}};
    } catch (const Error& error) {
      if (error.code() == ErrorCode::unwritable_output) throw;
      trouble = error.what();
      document["pictures"] = {{"trouble", imaging::printable_text(trouble, 2000)}};
    }
    document["held"] = held_of(database_, document, !trouble.empty());
    const std::string id = std::to_string(board.id);
    folder_.add("data/board-" + id + ".js",
                "window.boarddiff.boards[" + id + "] = " + compare::json_for_script(document) + ";\n");
    return trouble;
  }

 private:
  compare::Database& database_;
  GrowingFolder& folder_;
  std::map<std::string, Json> references_ = {};
};

void check_folder(const fs::path& folder, imaging::Replace replace) {
  if (folder.filename().empty() || folder.filename() == "." || folder.filename() == "..") {
    throw Error(ErrorCode::unwritable_output, folder.string() + ": is no name for a folder");
  }
  if (!fs::exists(folder)) return;
  if (replace == imaging::Replace::refuse) {
    throw Error(ErrorCode::output_exists, folder.string() + ": exists; --force replaces it");
  }
  if (!fs::exists(folder / "data" / "queue.js") && !(fs::is_directory(folder) && fs::is_empty(folder))) {
    throw Error(ErrorCode::unwritable_output, folder.string() + ": holds something else than a report");
  }
}

}  // namespace

WrittenReport write_report_folder(compare::Database& database, const std::vector<CaseBoard>& boards,
                                  const fs::path& folder, imaging::Replace replace, ReportFor use) {
  const fs::path target = fs::absolute(folder).lexically_normal();
  check_folder(target, replace);
  GrowingFolder growing(target);
  WrittenReport written;
  const compare::PageFiles files = review_page();
  growing.add("review.css", files.css);
  growing.add("review.js", files.js);
  growing.add("data/queue.js", "window.boarddiff = {boards: {}, queue: " +
                                   compare::json_for_script(queue_of(database, boards, use)) + "};\n");
  FolderWriter writer(database, growing);
  for (const CaseBoard& board : boards) {
    if (const std::string trouble = writer.add(board); !trouble.empty()) {
      written.notes.push_back(note_on(board, trouble));
    }
  }
  growing.add("index.html",
              compare::filled_page(files.html, {{"style", "<link rel=\"stylesheet\" href=\"review.css\">"},
                                                {"scripts",
                                                 "<script src=\"data/queue.js\"></script>\n<script "
                                                 "src=\"review.js\"></script>"}}));
  growing.keep();
  written.files = growing.files();
  written.bytes = growing.bytes();
  return written;
}

ReportPage report_page(compare::Database& database, const CaseBoard& board, ReportFor use) {
  ReportPage page;
  Json document = board_document(database, board);
  bool is_small = false;
  try {
    const BoardPictures pictures = load_board_pictures(picture_request(database, board));
    const auto whole = [](const cv::Mat3b& picture) {
      return Json({{"width", picture.cols}, {"height", picture.rows}, {"file", compare::jpeg_uri(picture)}});
    };
    document["pictures"] = {{"reference", whole(pictures.reference)}, {"sample", whole(pictures.sample)}};
  } catch (const Error& error) {
    is_small = true;
    page.notes.push_back(note_on(board, error.what()));
    document["pictures"] = {{"trouble", imaging::printable_text(error.what(), 2000)}};
  }
  document["held"] = held_of(database, document, is_small);
  Json boards = Json::object();
  boards[std::to_string(board.id)] = document;
  const std::string data = "window.boarddiff = " +
                           compare::json_for_script({{"queue", queue_of(database, {board}, use)}, {"boards", boards}}) +
                           ";";
  const compare::PageFiles files = review_page();
  // The hash of nothing is that of an empty style element.
  const std::string policy = "default-src 'none'; img-src data: blob:; style-src " + compare::csp_hash(files.css) +
                             " " + compare::csp_hash("") + "; script-src " + compare::csp_hash(data) + " " +
                             compare::csp_hash(files.js) + "; base-uri 'none'; form-action 'none'";
  const std::string style = "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n<style>" +
                            std::string(files.css) + "</style>";
  const std::string scripts = "<script>" + data + "</script>\n<script>" + std::string(files.js) + "</script>";
  page.html = compare::filled_page(files.html, {{"style", style}, {"scripts", scripts}});
  return page;
}

}  // namespace boarddiff::cli
