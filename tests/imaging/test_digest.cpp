// SPDX-License-Identifier: Apache-2.0
#include "imaging/digest.h"
#include "tests/support/image_bytes.h"

#include <catch2/catch.hpp>

using boarddiff::imaging::sha256_hex;
using boarddiff::test::as_bytes;

TEST_CASE("the digest of known bytes is the one in the standard", "[imaging][digest]") {
  // FIPS 180-4's examples.
  CHECK(sha256_hex({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex(as_bytes("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
