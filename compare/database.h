// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace boarddiff::compare {

// How a database of a file is opened. `read` may make and take away files beside it, as SQLite does; `look` leaves
// everything as it is. `create`: where there is none, an empty one.
enum class DatabaseAccess { read, look, write, create };
[[nodiscard]] constexpr bool may_write(DatabaseAccess access) {
  return access == DatabaseAccess::write || access == DatabaseAccess::create;
}

// An SQLite database: in memory, made here or read from the bytes of a file, or of a file. All throw Error, with
// `shown_name` in front of the message: too_large for what SQLite cannot hold, damaged_file for what does not hold
// together, and of a file unreadable_file and unwritable_output for what the system or other programs forbid.
class Database {
 public:
  // Empty, to be filled.
  explicit Database(std::string shown_name);
  // Read-only. The bytes are not copied and stay as they are; they outlive the database. Nothing in them is trusted:
  // no function, view or trigger of the file's own does anything outside it.
  Database(std::span<const std::byte> bytes, std::string shown_name);
  // Waits for other programs that write to the file, for up to `patience`. To look at one that was not closed and was
  // copied without its FILE-shm is unreadable_file: what FILE-wal holds could not be seen.
  Database(const std::filesystem::path& path, DatabaseAccess access, std::chrono::milliseconds patience);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const std::string& sql);
  [[nodiscard]] std::int64_t integer_of(const std::string& sql);  // the first column of the only row
  [[nodiscard]] std::string text_of(const std::string& sql);      // likewise
  [[nodiscard]] std::string bytes() const;                        // of the file that it would be
  [[nodiscard]] std::int64_t changed_rows() const;                // by the statement that ran last

  [[nodiscard]] const std::string& shown_name() const { return shown_name_; }
  [[nodiscard]] sqlite3* handle() const { return handle_; }
  [[noreturn]] void fail(int code) const;

 private:
  void open(const char* name, int flags);
  [[noreturn]] void fail_as_damaged() const;
  [[noreturn]] void fail_on_file(int kind) const;

  std::string shown_name_ = {};
  sqlite3* handle_ = nullptr;
  bool in_memory_ = true;
};

// One prepared statement. Columns and parameters count from 0; texts and bytes are copied.
class Statement {
 public:
  Statement(Database& database, const std::string& sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, double value);
  Statement& bind(int parameter, const std::optional<double>& value);
  Statement& bind(int parameter, std::string_view text);
  Statement& bind_null(int parameter);
  Statement& bind_bytes(int parameter, std::string_view bytes);

  // To the next row; false when there is none, after which the statement can be bound anew.
  bool step();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::optional<double> number(int column) const;  // nothing: NULL
  [[nodiscard]] std::string bytes(int column) const;             // of a text or of bytes

 private:
  void check(int code) const;

  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
};

// All or nothing: what was run since is undone unless it was committed. Another program's writing is waited for at the
// beginning.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

// Whether the bytes begin as those of an SQLite file do.
[[nodiscard]] bool is_database(std::span<const std::byte> start);

}  // namespace boarddiff::compare
