// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/bar_code.h"
#include "imaging/read_codes.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::test::board_image;

namespace {

// A board with a white label on it that carries a code, `module_px` pixels a module.
cv::Mat3b with_label(const cv::Mat3b& board, const cv::Mat1b& ink, const cv::Point& at, int module_px) {
  cv::Mat1b label;
  cv::bitwise_not(ink, label);
  cv::resize(label, label, {}, module_px, module_px, cv::INTER_NEAREST);
  const int quiet = 8 * module_px;
  cv::copyMakeBorder(label, label, quiet, quiet, quiet, quiet, cv::BORDER_CONSTANT, cv::Scalar(255));
  cv::Mat3b result = board.clone();
  cv::cvtColor(label, result(cv::Rect(at, label.size())), cv::COLOR_GRAY2BGR);
  return result;
}

// One pixel a module, as the writer makes it before it is enlarged to its least size.
cv::Mat1b by_module(const cv::Mat1b& code, int pixels_a_module) {
  cv::Mat1b small;
  cv::resize(code, small, code.size() / pixels_a_module, 0, 0, cv::INTER_NEAREST);
  return small;
}

// A part in its printed frame, as boarddiff renders one: four levels of grey a character from '0'.
constexpr std::string_view kLikeMicroQr = R"(:98::;9:::9::;:;8:CPSM@;:;<:;<9<<;;::<<;<
>=@=<>?<>?>>>??>=>GQSK?:::<;:<::<;:<<:;:;
IGHGIIHJKJJLKJJLKJMSTL?::9<;;;;:::;::<;;:
SPQSQRQRSSRRRSSSSSRVRM@<;;<;=;:<:;;<;:<;;
QQQRRRRRRRQQRQQSSSQROH=;9:=<9;:<:;;;:;;;<
DFDEDCEDEDFFDDFEEEEGA=;;<;;<=<;<9::<;<==>
<><<<;;;=>=><=;<<<<=;;:;<<;;<;:;=@@CBBBAD
EGIHFA;:AEIGEA<:?EFFB>9::;;:;;;?HPRVTQIAF
STSQQOE=EOPPPJ=?LOPOMG>9:9;;===GYbbddcXHK
RUQPSTOAEINSTKBHRQORWRE>>?A@ABBOae][`gdRJ
MMFGQYVD<BKVUKAKTMGO][LCABCBABDPbaTMSafWD
PTUVY\VE?DR\[THEJEHWc^ODDCADBBCPbe^Y]eeRC
X^`c`ZOC?ALW^_PEBFUadWICCACBBADRchfffcYIA
b^ZbaSC>?>AHU`UABRacYIA>?>?>>?CPbd^ch`PCC
dVKYcZHHNKCEVaVFO^bZLA>=@><;>@CPa_RWdcTKQ
cUGP`cWVb^WX_`UQ^fcZRKFABB>>@@BSb_MKYe_Va
_SDFU`WSaccdb[PUbeebaXKBA@=@BBBM_ZHBM^\R\
LD<=FMGCLUZXPG?LZ\]\ZQD=<=?B@ABFKH?=AKKDG
B@??ACCCBCHIECBEGHFFFFCCCCDFFHGDAB@??CFEE
TLDBKSVTUUWUTUWUSNCBHQVUUWVUWWURROFCHQVVV
e\LJ\ehffhhghgggg`OIWdhgggfihggfd^RGUafef
h`NNbhighgghghgkieSK]hjghhggeeghhbTHXgiee
g]ILcgc\[Z\Z\\_fhcOH]heZTVUUTUZafaPGWhcWR
fZHI`f\ROOOPONUdg_JEYf^LGIIHGHNYe`NGUe^KF
f[IKagZMDGGGFGPcg`KGZeYEAEFFFGLXd`MFVdWDB
e\HMcgYGADGCDDN_e`LI\cSDDHJJJIJTc`NEV`OEH
e\IOddSDDHIKHIR]e`LH[^NFLNPPOOMUa`NDOTJIM
d[IM`^LCCNOOOTb_f_OIWXLINOQPPPMSb`LFMOLJO
d[IM`\KDHQPNQ[ofg_LIXYOJMLOLMMKS`^LENSMKL
eZINa]PIJMNOMTa^f_MI[[PC>@@@A>EVa^MGRVKA@
dZHNa]OBFGGGFFHPe`LJ[^P?4:9:;9I`c]LFTYL<8
dZHMaaP<9<====;Kd`JJZ_Q?5::;98Lbe^MGTYL:7
dZHLaaQ;58;:977Id`KIZ^SA689;:9Had]MFTZM;7
cZHL__O>69;:;89Kc`KI[_TB6:::;9AXb]LESZM<8
bYHMa_OB7998:8;Nc_JJ[_RC;CDBDCFUc^MFRWJ?A
cYGK`^L@<<==;<DXe^KI][PCEMPONNMUe_LEPTJGL
cYHL`\KADGGIGFL[e]JJY\OFFPQQPOOVd`LDLOIJO
cZHL^ZJAFMQOOOT]f]KIZYNNNNMNONNVe^MEJNLOO
dZIN^YLNONOOPPR[c\IJZ^U]_RKKKJKUc^MELRR[R
dZGL`]PZ^SJHHJMZcZJI[a[Y\NEEDFJWc`MFPZW\Q
dYIObbUP[OFGFGL\aYII_g`ROIGHFHMZc^KGWd`VJ
d\HMdfZSYOLLLLR_b[HI^icVPPQQOQS[d_LEXebUO
dZIOdjfb_]]]^`cgd[II^hga______add_MFWef`]
bTHJ[eeeecbedeegcWEHWddcdbdccaccaYIEP_ba`
QHACLRUUWSRTUUWUSI>?GPSTSTURUSSRQIA@EOQRQ
AAA@ACEEFMC@DDCEFHA;>DDCDDDCDCDBCA?@?@BDC
BCDBCBCCDGE>>?ABBFEA??@BA@@AABCAA@@BB?@?B
NMNMONNNNNPMJLKONPPNKJKLLMMONOPONMMMNMNMN
``a`a`baaa_`a`^_aa``a^[]]`_a`aa`^^_]^^^_`
fegffbbcdbcbdcb^`bcabb`]_cabbbbba`aabb`bb
^]_[WMKLJKJIIMHHIHJJJIIGHKIJJIKJIIJJJIIKL
JIIDB=>>?><=>>>;<==<>>====<=<<><>><====>=
::;88;;;<=<=<<<<;<<<<;<<;<=<<<::<;<<<<<;;
<<:<:8899:;7:9;89::9:9;:<;9::;9;:;9::;::8
ADGC=;89<;::::::;9::;8:<;9::;:;:::;99:9;:)";

cv::Mat3b drawn(std::string_view text) {
  const std::size_t width = text.find('\n');
  cv::Mat3b result(static_cast<int>((text.size() + 1) / (width + 1)), static_cast<int>(width));
  for (int y = 0; y < result.rows; ++y) {
    for (int x = 0; x < result.cols; ++x) {
      const char level = text[static_cast<std::size_t>(y) * (width + 1) + static_cast<std::size_t>(x)];
      result(y, x) = cv::Vec3b::all(static_cast<uchar>(4 * (level - '0')));
    }
  }
  return result;
}

}  // namespace

TEST_CASE("the bar code of a label names its text, its kind and its place", "[imaging][read_codes]") {
  const cv::Mat3b board = boarddiff::test::textured_picture({700, 400}, 3);
  const cv::Mat1b ink = datasets::bar_code("SNQX0417733");
  const std::vector<imaging::Code> codes = read_codes(board_image(with_label(board, ink, {60, 90}, 2)));
  REQUIRE(codes.size() == 1);
  CHECK(codes[0].text == "SNQX0417733");
  CHECK(codes[0].format == "Code128");
  const cv::Rect label(60, 90, 2 * ink.cols + 32, 2 * ink.rows + 32);
  CHECK(codes[0].box.x >= label.x);
  CHECK(codes[0].box.y >= label.y);
  CHECK(codes[0].box.x + codes[0].box.width <= label.x + label.width);
  CHECK(codes[0].box.width > 0.7 * label.width);
}

TEST_CASE("a small code is found in a picture that is shrunk for large ones, turned and in 16 bits",
          "[imaging][read_codes]") {
  const cv::Mat3b board = boarddiff::test::textured_picture({1800, 900}, 4);
  cv::Mat pixels = with_label(board, by_module(datasets::data_matrix("A1B2C3"), 4), {1300, 500}, 4);
  cv::rotate(pixels, pixels, cv::ROTATE_90_CLOCKWISE);
  pixels.convertTo(pixels, CV_16U, 257);
  const std::vector<imaging::Code> codes = read_codes(board_image(pixels));
  REQUIRE(codes.size() == 1);
  CHECK(codes[0].text == "A1B2C3");
  CHECK(codes[0].format == "DataMatrix");
  CHECK(codes[0].box.x > 200);
  CHECK(codes[0].box.x < 400);
  CHECK(codes[0].box.y > 1300);
  CHECK(codes[0].box.y < 1500);
}

TEST_CASE("a code that is larger than any piece is read in a smaller picture", "[imaging][read_codes]") {
  const cv::Mat1b ink = datasets::bar_code("SNQX0417733");
  const int module_px = 2600 / ink.cols;
  const cv::Size label = (ink.size() + cv::Size(16, 16)) * module_px;
  const cv::Mat3b board = boarddiff::test::textured_picture(label + cv::Size(1250, 200), 8);
  const std::vector<imaging::Code> codes = read_codes(board_image(with_label(board, ink, {1150, 100}, module_px)));
  REQUIRE(codes.size() == 1);
  CHECK(codes[0].text == "SNQX0417733");
  CHECK(codes[0].box.width > 0.7 * ink.cols * module_px);
}

TEST_CASE("two labels of the same text are two codes, from top to bottom", "[imaging][read_codes]") {
  const cv::Mat3b board = boarddiff::test::textured_picture({700, 700}, 5);
  const cv::Mat1b ink = datasets::bar_code("LOT12345");
  const cv::Mat3b once = with_label(board, ink, {40, 420}, 2);
  const std::vector<imaging::Code> codes = read_codes(board_image(with_label(once, ink, {120, 60}, 2)));
  REQUIRE(codes.size() == 2);
  CHECK(codes[0].box.y < codes[1].box.y);
  CHECK(codes[0].text == codes[1].text);
}

TEST_CASE("a picture without a code has none", "[imaging][read_codes]") {
  CHECK(read_codes(board_image(boarddiff::test::textured_picture({1200, 900}, 6))).empty());
  CHECK(read_codes(board_image(cv::Mat1b(20, 1500, uchar{200}))).empty());
  CHECK(read_codes(board_image(cv::Mat1b(1, 4000, uchar{200}))).empty());
  CHECK(read_codes(board_image(cv::Mat1b(1, 1, uchar{200}))).empty());
}

TEST_CASE("a part in its printed frame is no code, and ends nothing", "[imaging][read_codes]") {
  // ZXing 1.4 ends the program over it where Micro QR codes are looked for.
  CHECK(read_codes(board_image(drawn(kLikeMicroQr))).empty());
}
