// SPDX-License-Identifier: Apache-2.0
#include "cli/export/picture_names.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

namespace boarddiff::cli {
namespace {

using PictureKey = std::pair<std::string, std::string>;  // path and hash

const std::string& path_of(const CaseBoard& board) { return board.path.empty() ? board.file : board.path; }

PictureKey key_of(const CaseBoard& board) { return {path_of(board), board.sha256}; }

const std::string& path_of(const ExportedPicture& picture) { return path_of(picture.boards.front()->board); }

// With its slash; empty for a file alone.
std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.rfind('/') + 1);  // nothing, where there is none
}

void name_from_common_folder(std::vector<ExportedPicture>& pictures) {
  if (pictures.empty()) {
    return;
  }
  std::string_view common = folder_of(path_of(pictures.front()));
  for (const ExportedPicture& picture : pictures) {
    while (!path_of(picture).starts_with(common)) common = folder_of(common.substr(0, common.size() - 1));
  }
  for (ExportedPicture& picture : pictures) {
    const std::string_view name = std::string_view(path_of(picture)).substr(common.size());
    picture.name = name.substr(std::min(name.find_first_not_of('/'), name.size()));
  }
}

// What file systems take as a name, and as that of nothing else.
std::string safe_part(std::string part) {
  for (char& c : part) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f || c == '\\' || c == ':') c = '_';
  }
  if (part.starts_with('.')) part.front() = '_';
  constexpr std::size_t kMostBytes = 200;  // of the 255 that file systems take
  return part.substr(0, kMostBytes);
}

std::string safe_stem(const std::string& name) {
  const std::string stem = safe_part(name.substr(folder_of(name).size()));
  const std::string without_ending = stem.substr(0, stem.rfind('.'));
  return without_ending.empty() ? "picture" : without_ending;
}

std::string safe_folder(const std::string& name) {
  std::string folder;
  for (const std::filesystem::path& part : std::filesystem::path(name).relative_path().parent_path()) {
    folder.append(safe_part(part.string())).append("/");
  }
  return folder;
}

std::string folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::vector<std::string> apart(const std::vector<std::string>& stems, std::string_view ending) {
  std::vector<std::string> made;
  std::set<std::string> taken;
  for (const std::string& stem : stems) {
    std::string file = stem + std::string(ending);
    for (int next = 2; !taken.insert(folded(file)).second; ++next) {
      file = stem + "-" + std::to_string(next) + std::string(ending);
    }
    made.push_back(std::move(file));
  }
  return made;
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
  name_from_common_folder(pictures);
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
  std::vector<std::string> stems(names.size());
  std::transform(names.begin(), names.end(), stems.begin(), safe_stem);
  return apart(stems, ending);
}

std::vector<std::string> file_paths(const std::vector<std::string>& names, std::string_view ending) {
  std::vector<std::string> stems(names.size());
  std::transform(names.begin(), names.end(), stems.begin(),
                 [](const std::string& name) { return safe_folder(name) + safe_stem(name); });
  return apart(stems, ending);
}

}  // namespace boarddiff::cli
