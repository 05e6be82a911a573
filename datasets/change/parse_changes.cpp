// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/changes.h"
#include "datasets/change/planting.h"
#include "imaging/base/error.h"

#include <algorithm>
#include <charconv>

namespace boarddiff::datasets {
namespace {

constexpr int kMostOfOne = 100;

// Dashes on the command line, underscores in files.
std::string dashed(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

[[noreturn]] void refuse(const std::string& what) {
  throw imaging::Error(imaging::ErrorCode::invalid_option, "--changes: " + what);
}

template <typename List>
std::string listed(const List& items) {
  std::string text;
  for (const auto& item : items) {
    text += (text.empty() ? "" : ", ") + dashed(name_of(item));
  }
  return text;
}

template <typename List>
auto named(std::string_view word, const List& items, const std::string& what) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const auto& item) { return dashed(name_of(item)) == dashed(word); });
  if (found == items.end()) refuse("unknown " + what + " " + quoted(word) + "; known: " + listed(items));
  return *found;
}

std::vector<Ground> grounds_of_extra_parts() { return {kGrounds.begin() + 1, kGrounds.end()}; }

// Cuts off what stands before the mark; all of it, when there is no mark.
std::string_view cut_before(std::string_view& text, char mark) {
  const std::size_t at = text.find(mark);
  const std::string_view head = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
  return head;
}

int count_of(std::string_view& item) {
  const std::size_t star = item.find('*');
  if (star == std::string_view::npos) return 1;
  const std::string_view number = item.substr(0, star);
  int count = 0;
  const auto [stopped, error] = std::from_chars(number.data(), number.data() + number.size(), count);
  if (error != std::errc() || stopped != number.data() + number.size() || count < 1 || count > kMostOfOne) {
    refuse("before the * of " + quoted(item) + " must stand a number from 1 to " + std::to_string(kMostOfOne));
  }
  item.remove_prefix(star + 1);
  return count;
}

bool takes_package(Alteration what) { return what <= Alteration::remarked_part || what == Alteration::other_die; }

WantedChange change_of(std::string_view item) {
  const std::string_view whole = item;
  const bool has_ground = item.find('@') != std::string_view::npos;
  std::string_view head = cut_before(item, '@');
  const std::string_view ground = item;
  const bool has_package = head.find(':') != std::string_view::npos;
  const std::string_view what = cut_before(head, ':');
  WantedChange wanted;
  if (std::none_of(kAlterations.begin(), kAlterations.end(),
                   [&](Alteration known) { return name_of(known) == what; })) {
    refuse("unknown change " + quoted(what) + "; known: " + listed(kAlterations) + ", usual, all, none");
  }
  wanted.what = named(what, kAlterations, "change");
  if (has_package && !takes_package(wanted.what)) {
    refuse(quoted(whole) + ": a " + std::string(what) + " has no package");
  }
  if (has_ground && wanted.what > Alteration::painted_part) {
    refuse(quoted(whole) + ": only extra and painted parts take a ground");
  }
  if (has_package) wanted.package = named(head, all_packages(), "package");
  if (has_ground) wanted.ground = named(ground, grounds_of_extra_parts(), "ground");
  return wanted;
}

std::vector<WantedChange> all_changes(imaging::Modality modality) {
  std::vector<WantedChange> wanted;
  for (const Ground ground : grounds_of_extra_parts()) {
    if (ground != Ground::under_part || modality == imaging::Modality::xray) {
      wanted.push_back({Alteration::extra_part, {}, ground});
    }
  }
  for (const Alteration what : kAlterations) {
    if (what != Alteration::extra_part) wanted.push_back({what});
  }
  return wanted;
}

std::vector<WantedChange> list_of(std::string_view item, std::uint64_t seed, imaging::Modality modality) {
  if (item == "none") return {};
  if (item == "usual") return usual_changes(seed, modality);
  if (item == "all") return all_changes(modality);
  return {change_of(item)};
}

}  // namespace

std::vector<WantedChange> parse_changes(std::string_view text, std::uint64_t seed, imaging::Modality modality) {
  std::vector<WantedChange> wanted;
  std::string_view rest = text;
  for (bool more = true; more;) {
    more = rest.find(',') != std::string_view::npos;
    std::string_view item = cut_before(rest, ',');
    const int count = count_of(item);
    const std::vector<WantedChange> list = list_of(item, seed, modality);
    for (int i = 0; i < count; ++i) {
      wanted.insert(wanted.end(), list.begin(), list.end());
    }
  }
  return wanted;
}

}  // namespace boarddiff::datasets
