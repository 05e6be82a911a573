// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "imaging/feature_bytes.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/image_bytes.h"
#include "tests/support/kicad_text.h"
#include "tests/support/reference_files.h"
#include "tests/support/small_features.h"
#include "tests/support/temporary_folder.h"

#include <opencv2/core.hpp>

#include <filesystem>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

// write_seeds FOLDER: what the fuzz targets start from, a folder each below FOLDER: good files, the same cut short, and
// the same with single bits turned.
namespace {

namespace test = boarddiff::test;
using boarddiff::imaging::Random;
using Seeds = std::vector<std::pair<std::string, std::string>>;  // name and bytes

// A BMP file whose pixels would begin 1.7 GB behind its end.
std::string far_bmp(std::string bmp) {
  bmp[13] = 0x6e;
  return bmp;
}

// GDCM compresses only an even number of pixels.
std::string compressed_dicom(const std::string& transfer_syntax) {
  return test::compressed_dicom_bytes(test::dicom_bytes({test::test_picture({34, 22}, CV_16UC1)}), transfer_syntax);
}

std::string dicom_of_12_bits() {
  const cv::Mat1w picture(22, 34, std::uint16_t{1234});
  const std::string plain =
      test::dicom_bytes({picture}, {.transfer_syntax = test::kDicomJpegExtended, .bits_stored = 12});
  return test::dicom_of_pieces(plain, {"", test::jpeg_of_12_bits(picture)});
}

Seeds pictures() {
  const cv::Size size(33, 21);
  const cv::Mat colour = test::test_picture(size, CV_8UC3);
  const cv::Mat deep = test::test_picture(size, CV_16UC1);
  const std::string jpeg = test::encoded(colour, ".jpg");
  return {
      {"jpeg", jpeg},
      {"jpeg-turned", test::with_jpeg_segment(jpeg, 0xE1, test::exif_block(6))},
      {"jpeg-claims", test::jpeg_claiming(65000, 65000)},
      {"png", test::encoded(colour, ".png")},
      {"png-16", test::encoded(deep, ".png")},
      {"png-claims", test::png_claiming(1000000, 1000000)},
      {"bmp", test::encoded(colour, ".bmp")},
      {"bmp-far", far_bmp(test::encoded(colour, ".bmp"))},
      {"bmp-claims", test::bmp_claiming(1000000, -1000000)},
      {"webp", test::encoded(colour, ".webp")},
      {"tiff", test::tiff_bytes(colour)},
      {"tiff-16", test::tiff_bytes(deep, {.compression = 5})},
      {"tiff-tiles", test::tiff_bytes(colour, {.tile_side = 16, .planes = true})},
      {"tiff-float", test::tiff_bytes(cv::Mat(size, CV_32F, cv::Scalar(0.5)))},
      {"tiff-pages", test::two_page_tiff_bytes(colour, deep)},
      {"dicom", test::dicom_bytes({deep, deep}, {.slope = "0.5", .intercept = "-7", .board_spacing = "0.02\\0.02"})},
      {"dicom-implicit", test::dicom_bytes({deep}, {.transfer_syntax = test::kDicomImplicit})},
      {"dicom-claims", test::dicom_claiming(65000, 65000, "30000")},
      {"dicom-rle", compressed_dicom(test::kDicomRle)},
      {"dicom-lossless", compressed_dicom(test::kDicomJpegLossless)},
      {"dicom-ls", compressed_dicom(test::kDicomJpegLs)},
      {"dicom-2000", compressed_dicom(test::kDicomJpeg2000)},
      {"dicom-12", dicom_of_12_bits()}};
}

Seeds point_lists() {
  return {{"plain", "x,y\n1,2\n-3.5,4e2\n"},
          {"columns", "\xEF\xBB\xBFname, y ,x\r\nR1,2,1\r\n\"R,2\",nan,inf\r\n"},
          {"none", "x,y\n"},
          {"long", "x,y\n1e400,-1e-400\n0x1p3,00000000000000000000000000000001\n"}};
}

Seeds regions() {
  const cv::Size size(33, 21);
  cv::Mat1b mask(size, uchar{0});
  mask(cv::Rect(4, 4, 12, 12)) = 255;
  mask(cv::Rect(8, 8, 4, 4)) = 0;
  return {
      {"collection",
       R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"who": "A", "why": "b"},)"
       R"( "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [9, 2], [9, 9.5], [1, 2]]]}}]})"},
      {"many", R"({"type": "MultiPolygon", "coordinates": [[[[1, 2], [30, 2], [30, 20]], [[9, 4], [28, 4], [28, 16]]],)"
               R"( [[[-1e8, 0], [1e8, -1], [0, 1e8]]]]})"},
      {"deep", std::string(100000, '[')},
      {"drawing", R"~(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 21"><g transform="rotate(7)">)~"
                  R"~(<path d="M4 4h12v12zM8 8l4 4c1 1 2 3-2 0z" clip-path="url(#c)"/></g><clipPath id="c">)~"
                  R"~(<circle cx="9" cy="9" r="6"/></clipPath><use href="#c" x="9"/></svg>)~"},
      {"mask", test::encoded(mask, ".png")},
      {"mask-jpeg", test::encoded(mask, ".jpg")},
      {"picture", test::encoded(test::test_picture(size, CV_16UC3), ".png")}};
}

Seeds boards() {
  return {{"version-6", test::kicad_6_board()},
          {"version-5", test::kicad_5_board()},
          {"deep", "(kicad_pcb " + std::string(100000, '(')},
          {"curves",
           "(kicad_pcb (gr_arc (start 0 0) (mid 1e-9 1) (end 1e6 -1e6) (layer Edge.Cuts))"
           "(gr_circle (center 0 0) (end 1e5 0) (layer Edge.Cuts)))"},
          {"empty", "(kicad_pcb (footprint) (module) (pad) (zone) (gr_poly (pts)))"}};
}

Seeds placements() {
  const std::string kicad =
      "Ref,Val,Package,PosX,PosY,Rot,Side\n\"R1\",\"10k\",\"R_0603\",1.5,-2,90,top\nU1,,,3,4,0,bottom\n";
  std::string wide = "\xFF\xFE";
  for (const char c : kicad) {
    wide += {c, '\0'};
  }
  return {
      {"board", test::kicad_6_board()},
      {"comma", kicad},
      {"utf-16", wide},
      {"blanks",
       "### Unit = inches, Angle = deg.\n# Ref Val Package PosX PosY Rot Side\nC1 1u 0402 1 2 3 F.Cu\n## End\n"},
      {"semicolon", "Designator;Mid X;Mid Y;Layer;Rotation\r\nD\xB5;1,5mm;2,25mil;TopLayer;270,00\r\n"},
      {"headless", "R1 1.0 2.0 90 10k R0603\nR2 1e300 nan 90\n"},
      {"netlist",
       "C  a board\nP  UNITS CUST 1\n"
       "327GND              R1    -1          A01X+009700Y-020000X0354Y0374R000S2\n"
       "317NET 1            R1    -2    D0400PA00X+010300Y-020000X0354Y0374R180S2\n999\n"},
      {"bom", R"({"pcbdata":{"footprints":[{"ref":"R1","layer":"F","bbox":{"pos":[1,2],"relpos":[-1,-1],)"
              R"("size":[2,2],"angle":45}}],"bom":{"skipped":[0],"fields":{"0":["1k","R0603"]}}},"components":[{}]})"},
      {"bom-deep", std::string("{\"a\":").append(20'000, '[')},
      {"bom-page", "<script>var pcbdata = {\"footprints\":[]}\nvar x = 1;</script>"},
      {"quotes", "Ref,X,Y\n\"R\"\"1\",\"1,234.5\",2\n\"open,3,4\n"}};
}

Seeds reference_files() {
  const std::string whole = boarddiff::compare::reference_file_bytes(test::small_reference_file(), "seed");
  return {{"whole", whole},
          {"foreign", test::altered_database(whole, "PRAGMA application_id = 7")},
          {"newer", test::altered_database(whole, "PRAGMA user_version = 7")},
          {"no-board", test::altered_database(whole, "DELETE FROM board")},
          {"view", test::altered_database(whole, "DROP TABLE reference; CREATE VIEW reference AS SELECT 1")},
          {"log", test::altered_database(whole, "PRAGMA journal_mode = WAL")}};
}

Seeds features() {
  boarddiff::imaging::PreparedFeatures prepared = test::small_features();
  const std::string three = boarddiff::imaging::feature_bytes(prepared);
  std::string other_version = three;
  other_version[0] = 2;
  prepared.features = {};
  return {{"three", three}, {"none", boarddiff::imaging::feature_bytes(prepared)}, {"other-version", other_version}};
}

// Each seed whole, cut at places all over the file, and with a bit turned, more often near the start, where headers
// are.
void write_with_damage(const std::filesystem::path& folder, const Seeds& seeds) {
  constexpr int kCuts = 12;
  constexpr int kTurns = 24;
  std::filesystem::create_directories(folder);
  for (const auto& [name, bytes] : seeds) {
    test::write_text(folder / name, bytes);
    for (std::size_t cut = 0; cut < kCuts; ++cut) {
      test::write_text(folder / (name + ".cut" + std::to_string(cut)), bytes.substr(0, bytes.size() * cut / kCuts));
    }
    Random random = Random(1).stream(name);
    for (int turn = 0; turn < kTurns; ++turn) {
      const double place = random.uniform();
      std::string turned = bytes;
      char& byte = turned[static_cast<std::size_t>(place * place * static_cast<double>(bytes.size()))];
      byte = static_cast<char>(byte ^ (1 << random.integer(0, 7)));
      test::write_text(folder / (name + ".turn" + std::to_string(turn)), turned);
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: " << arguments[0] << " FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  write_with_damage(folder / "load", pictures());
  write_with_damage(folder / "points", point_lists());
  write_with_damage(folder / "regions", regions());
  write_with_damage(folder / "kicad_board", boards());
  write_with_damage(folder / "placement", placements());
  write_with_damage(folder / "reference_file", reference_files());
  write_with_damage(folder / "feature_bytes", features());
  return 0;
}
