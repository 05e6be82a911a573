// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/svg_chart.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::datasets {
namespace {

constexpr double kWidth = 640;
constexpr double kHeight = 372;
constexpr double kLeft = 46;
constexpr double kRight = 16;
constexpr double kTop = 34;
constexpr double kBottom = 46;

std::string px(double value) { return imaging::fixed_text(value, 1); }

std::string line(std::string_view css_class, double x0, double y0, double x1, double y1) {
  return "<line class=\"" + std::string(css_class) + "\" x1=\"" + px(x0) + "\" y1=\"" + px(y0) + "\" x2=\"" + px(x1) +
         "\" y2=\"" + px(y1) + "\"/>";
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view css_class, std::string_view text) {
  return "<text x=\"" + px(x) + "\" y=\"" + px(y) + "\" text-anchor=\"" + std::string(anchor) + "\" class=\"" +
         std::string(css_class) + "\">" + escaped(text) + "</text>";
}

class Frame {
 public:
  explicit Frame(const ChartAxes& axes) : axes_(axes) {}

  [[nodiscard]] double x(double value) const {
    const double inside = std::clamp(value, axes_.x_least, axes_.x_most);
    const double share = std::log(inside / axes_.x_least) / std::log(axes_.x_most / axes_.x_least);
    return kLeft + share * (kWidth - kLeft - kRight);
  }
  [[nodiscard]] static double y(double share) {
    return kHeight - kBottom - std::clamp(share, 0.0, 1.0) * (kHeight - kBottom - kTop);
  }

  [[nodiscard]] std::string drawn() const {
    std::string svg;
    for (int tenth = 0; tenth <= 10; tenth += 2) {
      const double share = tenth / 10.0;
      svg += line(tenth == 0 ? "axis" : "grid", kLeft, y(share), kWidth - kRight, y(share));
      svg += text_at(kLeft - 7, y(share) + 4, "end", "quiet", imaging::fixed_text(share, 1));
    }
    for (const double value : ticks()) {
      svg += line("grid", x(value), y(0), x(value), y(1));
      svg += text_at(x(value), y(0) + 18, "middle", "quiet", imaging::number_text(value));
    }
    svg += line("axis", kLeft, y(0), kLeft, y(1));
    svg += text_at((kLeft + kWidth - kRight) / 2, kHeight - 8, "middle", "", axes_.x_words);
    svg += text_at(kLeft, 15, "start", "", axes_.y_words);
    return svg;
  }

 private:
  [[nodiscard]] std::vector<double> ticks() const {
    constexpr std::array kTicks = {0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0};
    std::vector<double> inside;
    std::copy_if(kTicks.begin(), kTicks.end(), std::back_inserter(inside),
                 [&](double tick) { return tick >= axes_.x_least && tick <= axes_.x_most; });
    return inside;
  }

  const ChartAxes& axes_;
};

double share_at(const ChartSeries& series, double x) {
  double share = 0;
  for (const auto& [step_x, step_share] : series.steps) {
    share = step_x <= x ? step_share : share;
  }
  return share;
}

std::string stair(const Frame& frame, const ChartAxes& axes, const ChartSeries& series) {
  double share = share_at(series, axes.x_least);
  std::string path = std::string("M") + px(frame.x(axes.x_least)) + " " + px(Frame::y(share));
  for (const auto& [x, step_share] : series.steps) {
    if (x > axes.x_least && x <= axes.x_most) {
      path += std::string("H") + px(frame.x(x)) + "V" + px(Frame::y(step_share));
    }
  }
  path += std::string("H") + px(frame.x(axes.x_most));
  return "<path class=\"series " + std::string(series.css_class) + "\" d=\"" + path + "\"/>";
}

std::string marks(const Frame& frame, const ChartAxes& axes, const ChartSeries& series) {
  std::string svg;
  for (const double mark : axes.marks) {
    const double share = share_at(series, mark);
    svg += "<circle class=\"dot\" cx=\"" + px(frame.x(mark)) + "\" cy=\"" + px(Frame::y(share)) + "\" r=\"4.5\"/>";
    svg += text_at(frame.x(mark) - 8, Frame::y(share) - 8, "end", "", imaging::fixed_text(share, 2));
  }
  return svg;
}

std::string legend(const std::vector<ChartSeries>& series) {
  std::string svg;
  double right = kWidth - kRight;
  constexpr double kLetter = 7;  // about the width of one
  for (auto one = series.rbegin(); one != series.rend(); ++one) {
    svg += text_at(right, 15, "end", "", one->name);
    right -= kLetter * static_cast<double>(one->name.size()) + 12;
    svg += line("series " + std::string(one->css_class), right - 24, 11, right, 11);
    right -= 40;
  }
  return svg;
}

}  // namespace

std::string stair_chart(const ChartAxes& axes, const std::vector<ChartSeries>& series) {
  const Frame frame(axes);
  std::string svg = "<svg class=\"chart\" viewBox=\"0 0 " + imaging::number_text(kWidth) + " " +
                    imaging::number_text(kHeight) + "\" role=\"img\" aria-label=\"" + escaped(axes.y_words) + " over " +
                    escaped(axes.x_words) + "\">" + frame.drawn();
  for (const ChartSeries& one : series) {
    svg += stair(frame, axes, one);
  }
  if (!series.empty()) {
    svg += marks(frame, axes, series.front());
  }
  return svg + (series.size() > 1 ? legend(series) : "") + "</svg>";
}

std::string share_bar(double share, const std::optional<std::pair<double, double>>& bounds) {
  constexpr double kBarWidth = 130;
  const auto rectangle = [](std::string_view css_class, double width) {
    return "<rect class=\"" + std::string(css_class) + "\" x=\"0\" y=\"4\" width=\"" + px(width) +
           "\" height=\"10\" rx=\"2\"/>";
  };
  std::string svg = "<svg width=\"132\" height=\"18\" viewBox=\"-1 0 132 18\" aria-hidden=\"true\">" +
                    rectangle("rail", kBarWidth) + rectangle("bar", kBarWidth * std::clamp(share, 0.0, 1.0));
  if (bounds) {
    const double low = kBarWidth * std::clamp(bounds->first, 0.0, 1.0);
    const double high = kBarWidth * std::clamp(bounds->second, 0.0, 1.0);
    svg += line("whisker", low, 9, high, 9) + line("whisker", low, 5, low, 13) + line("whisker", high, 5, high, 13);
  }
  return svg + "</svg>";
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    switch (letter) {
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '&':
        result += "&amp;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += letter;
    }
  }
  return result;
}

}  // namespace boarddiff::datasets
