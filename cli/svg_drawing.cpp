// SPDX-License-Identifier: Apache-2.0
#include "cli/svg_drawing.h"

#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <cmath>
#include <string_view>
#include <utility>

namespace boarddiff::cli {

namespace {

using imaging::Error;
using imaging::ErrorCode;

struct Release {
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
  void operator()(GError* error) const { g_error_free(error); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
template <typename T>
using Owned = std::unique_ptr<T, Release>;

// Overrides what the drawing itself says: a region is an area, be it filled, outlined or transparent, and the
// photograph that it was drawn on is none.
constexpr std::string_view kAreasAlone =
    "image, text { display: none !important } "
    "* { fill: white !important; fill-opacity: 1 !important; stroke: none !important; opacity: 1 !important; "
    "filter: none !important }";

[[noreturn]] void fail(const std::string& shown_name, GError* error) {
  const Owned<GError> owned(error);
  std::string why = owned ? owned->message : "unknown reason";
  why.erase(why.find_last_not_of(" \r\n") + 1);
  throw Error(ErrorCode::damaged_file, shown_name + ": is no SVG that can be read: " + why);
}

cv::Size2d page_of(RsvgHandle* handle) {
  gboolean has_width = FALSE;
  gboolean has_height = FALSE;
  gboolean has_view = FALSE;
  RsvgLength width{};
  RsvgLength height{};
  RsvgRectangle view{};
  rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_view, &view);
  if (has_view != FALSE) {
    return {view.width, view.height};
  }
  cv::Size2d page;
  // False for sizes in per cent, which are sizes of nothing here.
  return rsvg_handle_get_intrinsic_size_in_pixels(handle, &page.width, &page.height) != FALSE ? page : cv::Size2d();
}

}  // namespace

struct SvgDrawing::Document {
  Owned<RsvgHandle> handle = {};
  cv::Size2d page = {};  // in the drawing's units
};

SvgDrawing::SvgDrawing(const std::string& bytes, std::string shown_name) : shown_name_(std::move(shown_name)) {
  GError* error = nullptr;
  auto document = std::make_shared<Document>();
  document->handle.reset(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(bytes.data()), bytes.size(), &error));
  if (!document->handle) {
    fail(shown_name_, error);
  }
  if (rsvg_handle_set_stylesheet(document->handle.get(), reinterpret_cast<const guint8*>(kAreasAlone.data()),
                                 kAreasAlone.size(), &error) == FALSE) {
    fail(shown_name_, error);
  }
  document->page = page_of(document->handle.get());
  if (!(document->page.width > 0 && document->page.height > 0)) {
    throw Error(ErrorCode::damaged_file,
                shown_name_ + ": has no page; a drawing of regions needs a viewBox, or width and height");
  }
  document_ = std::move(document);
}

cv::Mat1b SvgDrawing::mask(const cv::Size& picture) const {
  constexpr double kSameProportions = 0.002;
  const double stretch = document_->page.width / document_->page.height * picture.height / picture.width;
  if (std::abs(stretch - 1) > kSameProportions) {
    throw Error(ErrorCode::invalid_option,
                shown_name_ + ": the page of the drawing (" + imaging::number_text(document_->page.width) + " x " +
                    imaging::number_text(document_->page.height) + ") has other proportions than the reference (" +
                    std::to_string(picture.width) + " x " + std::to_string(picture.height) + " pixels)");
  }
  const Owned<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_A8, picture.width, picture.height));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    throw Error(ErrorCode::invalid_option, shown_name_ + ": an SVG cannot be laid on a reference as large as " +
                                               std::to_string(picture.width) + " x " + std::to_string(picture.height) +
                                               " pixels; use GeoJSON");
  }
  const Owned<cairo_t> context(cairo_create(surface.get()));
  const RsvgRectangle all{0, 0, static_cast<double>(picture.width), static_cast<double>(picture.height)};
  GError* error = nullptr;
  if (rsvg_handle_render_document(document_->handle.get(), context.get(), &all, &error) == FALSE) {
    fail(shown_name_, error);
  }
  cairo_surface_flush(surface.get());
  const cv::Mat1b cover(picture.height, picture.width, cairo_image_surface_get_data(surface.get()),
                        static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get())));
  constexpr int kHalf = 127;
  return cv::Mat1b(cover > kHalf);
}

bool looks_like_svg(const std::string& text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const std::size_t start = text.rfind(kByteOrderMark, 0) == 0 ? kByteOrderMark.size() : 0;
  const std::size_t first = text.find_first_not_of(" \t\r\n", start);
  return first != std::string::npos && text[first] == '<';
}

}  // namespace boarddiff::cli
