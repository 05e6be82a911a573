// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/bare_board.h"

#include "datasets/picture/board_layers.h"
#include "datasets/picture/surface_painter.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::datasets {
namespace {

// 35 um of copper, and the mask over it levels a part of that; less of it where it flows off, over copper with plating.
constexpr float kCopperStep_mm = 0.028F;
constexpr float kFlowingStep_mm = 0.032F;
constexpr double kFlowingShoulder_mm = 0.045;  // deviation of the blur that rounds a step off
// Solder that was levelled by hot air or printed and molten stands on a pad like a pillow.
constexpr float kPillow_mm = 0.09F;

struct MaskLook {
  cv::Vec3f bare = {};     // over laminate, sRGB
  cv::Vec3f covered = {};  // over copper
  cv::Vec3f silk = {};
  float gloss = 172;
};

MaskLook look_of(MaskColour colour) {
  switch (colour) {
    case MaskColour::green:
      return {{40, 66, 16}, {56, 98, 26}, {214, 220, 216}};
    case MaskColour::blue:
      return {{92, 46, 16}, {138, 78, 26}, {220, 220, 216}};
    case MaskColour::red:
      return {{26, 22, 104}, {36, 34, 150}, {216, 220, 222}};
    case MaskColour::black:
      return {{26, 25, 25}, {40, 37, 36}, {208, 212, 212}, 150};
    case MaskColour::white:
      return {{206, 214, 214}, {220, 226, 226}, {40, 38, 38}, 120};
    case MaskColour::yellow:
      return {{34, 150, 196}, {44, 168, 218}, {44, 42, 42}, 130};
    case MaskColour::bare:
      return {{84, 132, 172}, {76, 118, 154}, {48, 52, 58}, 60};
  }
  return {};
}

// Smooth noise from -1 to 1 that varies over `period_px`, on a tile that is laid over the board again and again, each
// time turned over.
class NoiseTile {
 public:
  NoiseTile(std::uint64_t seed, double period_px) {
    const int cells = static_cast<int>(kSide / period_px) + 3;
    cv::Mat1f lattice(cells, cells);
    for (int y = 0; y < cells; ++y) {
      for (int x = 0; x < cells; ++x) {
        const std::uint64_t place = (static_cast<std::uint64_t>(y) << 32U) | static_cast<std::uint32_t>(x);
        lattice(y, x) = static_cast<float>(imaging::mixed(seed, place) >> 40U) / static_cast<float>(1 << 23) - 1;
      }
    }
    const cv::Matx23d lattice_from_pixel(1 / period_px, 0, 0.5, 0, 1 / period_px, 0.5);
    cv::warpAffine(lattice, tile_, lattice_from_pixel, {kSide, kSide}, cv::INTER_CUBIC | cv::WARP_INVERSE_MAP,
                   cv::BORDER_REPLICATE);
  }

  [[nodiscard]] float at(int y, int x) const { return tile_(folded(y), folded(x)); }

 private:
  static constexpr int kSide = 512;
  static int folded(int at) {
    const int off = at & (2 * kSide - 1);
    return off < kSide ? off : 2 * kSide - 1 - off;
  }
  cv::Mat1f tile_ = {};
};

struct Texel {
  cv::Vec3f colour = {};
  float height_mm = 0;
  float gloss = 0;
  float metal = 0;
};

void cover(Texel& texel, const cv::Vec3f& colour, float gloss, float metal, float by) {
  texel.colour += (colour - texel.colour) * by;
  texel.gloss += (gloss - texel.gloss) * by;
  texel.metal += (metal - texel.metal) * by;
}

// All that one texel is made from, 0 to 1 each, and how high copper raises it.
struct Cover {
  float copper = 0;
  float relief_mm = 0;
  float opened = 0;
  float pillow = 0;
  float printed = 0;
  float drilled = 0;
};

Texel texel_of(const Cover& cover_of, const MaskLook& look, float gloss, bool gold) {
  static const cv::Vec3f kGoldColour(92, 172, 214);
  static const cv::Vec3f kTinColour(186, 192, 192);
  static const cv::Vec3f kDark(16, 20, 18);
  Texel texel{look.bare + (look.covered - look.bare) * cover_of.copper, cover_of.relief_mm, gloss, 0};
  cover(texel, gold ? kGoldColour : kTinColour, gold ? 150.0F : 178.0F, 220, cover_of.opened);
  if (!gold) texel.height_mm += kPillow_mm * cover_of.pillow * cover_of.opened;
  cover(texel, look.silk, 40, 0, 0.93F * cover_of.printed);
  texel.height_mm += 0.015F * cover_of.printed;
  // Small vias are tented: a dimple in the mask. Open ones show a dark hole.
  const bool open = cover_of.opened > 0.5F;
  cover(texel, kDark, 20, 0, cover_of.drilled * (open ? 0.92F : 0.35F));
  texel.height_mm -= cover_of.drilled * (open ? 0.3F : 0.05F);
  return texel;
}

cv::Mat1b outline_cover(const BoardDesign& design, const Raster& raster) {
  imaging::Polygon outline = design.outline_mm;
  if (outline.empty()) outline = imaging::corners({0, 0, design.width_mm, design.depth_mm});
  for (imaging::Point& corner : outline) {
    corner = raster.pixel_at(corner);
  }
  cv::Mat1b board(raster.size, static_cast<unsigned char>(0));
  press(board, polygon_stamp(outline, raster.size));
  for (const Disc& hole : design.holes) {
    const Stamp stamp =
        disc_stamp(raster.pixel_at(hole.centre_mm), hole.diameter_mm / 2 * raster.pixels_per_mm, raster.size);
    if (stamp.window.empty()) continue;
    cv::Mat bored = board(stamp.window);
    cv::subtract(bored, cv::Mat(stamp.cover), bored);
  }
  return board;
}

// Poured areas less what keeps them apart, and traces.
cv::Mat1b all_copper(const BoardLayers& layers) {
  cv::Mat1b copper;
  cv::multiply(layers.pour, cv::Mat1b(~layers.gap), copper, 1.0 / 255);
  cv::max(copper, cv::Mat(layers.copper), copper);
  return copper;
}

// Print is not quite opaque and frays where the ink ran out.
float printed_share(float silk, float opened, float noise) {
  return std::clamp(silk * (1.06F + 0.12F * noise), 0.0F, 1.0F) * (1 - opened);
}

}  // namespace

Finish mask_finish(const BoardDesign& design) {
  const MaskLook look = look_of(design.mask);
  const float gloss = design.mask_gloss ? static_cast<float>(255 * *design.mask_gloss) : look.gloss;
  return {look.bare, cv::saturate_cast<unsigned char>(gloss), 0};
}

Finish laminate_finish() { return {{92, 148, 172}, 60, 0}; }

void paint_bare_board(Surface& surface, const BoardDesign& design) {
  const Raster& raster = surface.raster;
  const double scale = raster.pixels_per_mm;
  const BoardLayers layers = paint_layers(design, raster);
  const MaskLook look = look_of(design.mask);
  const bool masked = design.mask != MaskColour::bare;
  const float gloss = masked && design.mask_gloss ? static_cast<float>(255 * *design.mask_gloss) : look.gloss;
  const cv::Mat1b board = outline_cover(design, raster);
  cv::Mat1b inner;  // the mask ends a little before the edge
  const int rim = std::max(1, static_cast<int>(std::lround(0.12 * scale)));
  cv::erode(board, inner, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * rim + 1, 2 * rim + 1}));
  cv::Mat1b pillow;
  cv::GaussianBlur(layers.pads, pillow, {}, std::max(0.5, 0.16 * scale));
  const cv::Mat1b copper = all_copper(layers);
  cv::Mat1b relief = copper.clone();
  if (design.flowing_mask) cv::GaussianBlur(copper, relief, {}, std::max(0.5, kFlowingShoulder_mm * scale));
  const float step_mm = design.flowing_mask ? kFlowingStep_mm : kCopperStep_mm;
  const NoiseTile broad_noise(1, std::max(3.0, 3 * scale));
  const NoiseTile fine_noise(2, std::max(2.0, 0.4 * scale));
  std::array<float, 256> share = {};
  for (std::size_t i = 0; i < share.size(); ++i) {
    share[i] = static_cast<float>(i) / 255;
  }
  const Finish laminate = laminate_finish();
  const cv::Vec3f laminate_colour(laminate.colour[0], laminate.colour[1], laminate.colour[2]);
  constexpr auto kDesk_mm = static_cast<float>(-kBoardThickness_mm);
  cv::parallel_for_({0, board.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < board.cols; ++x) {
        const float there = share[board(y, x)];
        if (there <= 0) continue;
        const float broad = broad_noise.at(y, x);
        const float fine = fine_noise.at(y, x);
        const float opened = share[layers.pads(y, x)];
        Texel texel =
            texel_of({share[copper(y, x)], step_mm * std::max(share[relief(y, x)], opened), opened, share[pillow(y, x)],
                      printed_share(share[layers.silk(y, x)], opened, fine), share[layers.drilled(y, x)]},
                     look, gloss, design.gold_pads);
        cover(texel, laminate_colour, 40, 0, 1 - share[inner(y, x)]);
        const float mottled = 1 + 0.035F * broad + 0.02F * fine;
        for (int c = 0; c < 3; ++c) {
          surface.colour(y, x)[c] = cv::saturate_cast<unsigned char>(texel.colour[c] * mottled);
        }
        const float height = texel.height_mm + 0.002F * fine;
        surface.height_mm(y, x) = there * height + (1 - there) * kDesk_mm;
        surface.gloss(y, x) = cv::saturate_cast<unsigned char>(texel.gloss);
        surface.metal(y, x) = cv::saturate_cast<unsigned char>(texel.metal);
      }
    }
  });
}

}  // namespace boarddiff::datasets
