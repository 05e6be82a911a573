// SPDX-License-Identifier: Apache-2.0
#include "compare/kicad_outline.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace boarddiff::compare {
namespace {

using imaging::Point;
using imaging::Polygon;

constexpr double kMeet_mm = 0.05;
constexpr std::size_t kMostWork = 200'000'000;  // corners looked at to tell what lies inside

// Ends of pieces by the square of a grid that they lie in.
class LooseEnds {
 public:
  explicit LooseEnds(const std::vector<Polygon>& pieces) : pieces_(pieces), used_(pieces.size(), false) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      squares_[square_of(pieces[i].front())].push_back(i);
      squares_[square_of(pieces[i].back())].push_back(i);
    }
  }

  [[nodiscard]] bool used(std::size_t piece) const { return used_[piece]; }
  void use(std::size_t piece) { used_[piece] = true; }

  // The unused piece with the end nearest to this point.
  [[nodiscard]] std::optional<std::size_t> next(const Point& at) const {
    std::optional<std::size_t> found;
    double least = kMeet_mm;
    const Square middle = square_of(at);
    for (std::int64_t dx = -1; dx <= 1; ++dx) {
      for (std::int64_t dy = -1; dy <= 1; ++dy) {
        const auto square = squares_.find({middle.first + dx, middle.second + dy});
        if (square == squares_.end()) continue;
        for (const std::size_t piece : square->second) {
          if (used_[piece]) continue;
          const double off = std::min((pieces_[piece].front() - at).norm(), (pieces_[piece].back() - at).norm());
          if (off < least || (off <= kMeet_mm && !found)) {
            least = off;
            found = piece;
          }
        }
      }
    }
    return found;
  }

 private:
  using Square = std::pair<std::int64_t, std::int64_t>;
  static Square square_of(const Point& at) {
    return {std::llround(at.x() / kMeet_mm), std::llround(at.y() / kMeet_mm)};
  }

  const std::vector<Polygon>& pieces_;
  std::vector<bool> used_;
  std::map<Square, std::vector<std::size_t>> squares_ = {};
};

void append(Polygon& chain, const Polygon& piece) {
  const bool forwards = (piece.front() - chain.back()).norm() <= (piece.back() - chain.back()).norm();
  if (forwards) {
    chain.insert(chain.end(), piece.begin() + 1, piece.end());
  } else {
    chain.insert(chain.end(), piece.rbegin() + 1, piece.rend());
  }
}

bool is_closed(const Polygon& chain) { return chain.size() > 3 && (chain.front() - chain.back()).norm() <= kMeet_mm; }

}  // namespace

double area_of(const Polygon& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point& a = polygon[i];
    const Point& b = polygon[(i + 1) % polygon.size()];
    twice += a.x() * b.y() - b.x() * a.y();
  }
  return std::abs(twice) / 2;
}

bool contains(const Polygon& polygon, const Point& point) {
  bool inside = false;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point& a = polygon[i];
    const Point& b = polygon[(i + 1) % polygon.size()];
    if ((a.y() > point.y()) == (b.y() > point.y())) continue;
    if (point.x() < a.x() + (point.y() - a.y()) / (b.y() - a.y()) * (b.x() - a.x())) inside = !inside;
  }
  return inside;
}

ClosedShapes joined_outline(const std::vector<Polygon>& pieces, std::vector<Polygon> closed) {
  ClosedShapes shapes;
  LooseEnds ends(pieces);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (ends.used(i)) continue;
    ends.use(i);
    Polygon chain = pieces[i];
    while (!is_closed(chain)) {
      const auto next = ends.next(chain.back());
      if (!next) break;
      ends.use(*next);
      append(chain, pieces[*next]);
    }
    if (is_closed(chain)) {
      chain.pop_back();
      closed.push_back(std::move(chain));
    } else {
      ++shapes.open;
    }
  }
  std::stable_sort(closed.begin(), closed.end(),
                   [](const Polygon& a, const Polygon& b) { return area_of(a) > area_of(b); });
  std::size_t work = 0;
  for (Polygon& polygon : closed) {
    work += shapes.outer.size();
    if (polygon.size() < 3 || area_of(polygon) <= 0) continue;
    if (shapes.outer.empty()) {
      shapes.outer = std::move(polygon);
    } else if (work < kMostWork && contains(shapes.outer, polygon.front())) {
      shapes.inside.push_back(std::move(polygon));
    } else {
      ++shapes.outside;
    }
  }
  return shapes;
}

}  // namespace boarddiff::compare
