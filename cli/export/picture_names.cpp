// SPDX-License-Identifier: Apache-2.0
#include "cli/export/picture_names.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

namespace boarddiff::cli {
namespace {

using PictureKey = std::pair<std::string, std::string>;  // path and hash

PictureKey key_of(const CaseBoard& board) { return {board.path.empty() ? board.file : board.path, board.sha256}; }

// The last so many parts of a path; all of it where there are no more.
std::string tail_of(const std::string& path, std::size_t parts) {
  std::size_t begin = path.size();
  while (parts > 0 && begin > 0) {
    const std::size_t slash = path.rfind('/', begin - 1);
    begin = slash == std::string::npos ? 0 : slash;
    --parts;
  }
  return path.substr(begin < path.size() && path[begin] == '/' ? begin + 1 : begin);
}

void name_apart(std::vector<ExportedPicture>& pictures) {
  constexpr std::size_t kMostParts = 64;  // of a path; beyond, names may be the same
  std::vector<std::size_t> open(pictures.size());
  for (std::size_t i = 0; i < open.size(); ++i) open[i] = i;
  for (std::size_t parts = 1; !open.empty() && parts <= kMostParts; ++parts) {
    std::map<std::string, int> count;
    for (const std::size_t i : open) {
      pictures[i].name = tail_of(key_of(pictures[i].boards.front()->board).first, parts);
      ++count[pictures[i].name];
    }
    std::erase_if(open, [&](std::size_t i) { return count[pictures[i].name] == 1; });
  }
}

std::string safe_stem(const std::string& name) {
  constexpr std::size_t kMostBytes = 200;               // of the 255 that file systems take
  std::string stem = name.substr(name.rfind('/') + 1);  // from 0 on where there is none
  stem = stem.substr(0, stem.rfind('.'));
  for (char& c : stem) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f || c == '\\' || c == ':') c = '_';
  }
  if (stem.starts_with('.')) stem.front() = '_';
  return stem.empty() ? "picture" : stem.substr(0, kMostBytes);
}

std::string folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

std::vector<ExportedPicture> pictures_of(const CaseExport& exported) {
  std::vector<ExportedPicture> pictures;
  std::map<PictureKey, std::size_t> known;
  for (const ExportedBoard& one : exported.boards) {
    const auto [at, is_new] = known.try_emplace(key_of(one.board), pictures.size());
    if (is_new) pictures.push_back({.sha256 = one.board.sha256});
    ExportedPicture& picture = pictures[at->second];
    picture.boards.push_back(&one);
    if (picture.size.empty()) picture.size = one.sample_size;
  }
  name_apart(pictures);
  return pictures;
}

std::vector<std::size_t> picture_indices(const CaseExport& exported, const std::vector<ExportedPicture>& pictures) {
  std::map<const ExportedBoard*, std::size_t> of_board;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    for (const ExportedBoard* one : pictures[i].boards) of_board[one] = i;
  }
  std::vector<std::size_t> indices;
  for (const ExportedBoard& one : exported.boards) indices.push_back(of_board.at(&one));
  return indices;
}

std::vector<std::string> file_names(const std::vector<std::string>& names, std::string_view ending) {
  std::vector<std::string> made;
  std::set<std::string> taken;
  for (const std::string& name : names) {
    const std::string stem = safe_stem(name);
    std::string file = stem + std::string(ending);
    for (int next = 2; !taken.insert(folded(file)).second; ++next) {
      file = stem + "-" + std::to_string(next) + std::string(ending);
    }
    made.push_back(std::move(file));
  }
  return made;
}

}  // namespace boarddiff::cli
