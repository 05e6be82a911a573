// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/database.h"

#include <cstdint>
#include <string>
#include <string_view>

// The tables of a reference file, for who writes and who reads one.
namespace boarddiff::compare {

inline constexpr std::int64_t kReferenceSchema = 6;
// Each of these also has what those before have.
inline constexpr std::int64_t kSchemaWithRegions = 2;
inline constexpr std::int64_t kSchemaWithFeatures = 3;
inline constexpr std::int64_t kSchemaWithDesign = 4;
inline constexpr std::int64_t kSchemaWithReading = 5;
inline constexpr std::int64_t kSchemaWithVariations = 6;

// `purpose` of the table `regions`.
inline constexpr std::string_view kIgnored = "ignored";
inline constexpr std::string_view kWatched = "watched";

// Marks an empty database as a reference file of the newest schema, and makes its tables.
void make_reference_tables(Database& database);

// The schema of a file that has all its tables. Throws Error: unsupported_format for other databases and for files of a
// newer boarddiff, damaged_file for tables that are not its own to the letter (no views, no triggers, no columns that
// compute) and for content that does not hold together.
[[nodiscard]] std::int64_t checked_schema(Database& database);

[[noreturn]] void damaged_reference(const std::string& shown_name, const std::string& why);

}  // namespace boarddiff::compare
