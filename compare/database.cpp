// SPDX-License-Identifier: Apache-2.0
#include "compare/database.h"

#include "imaging/base/error.h"
#include "imaging/base/input_file.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <new>
#include <system_error>
#include <utility>
#include <vector>

namespace boarddiff::compare {

namespace {

using imaging::Error;
using imaging::ErrorCode;

constexpr std::string_view kMagic("SQLite format 3\0", 16);

int as_length(std::size_t size, const std::string& shown_name) {
  constexpr std::size_t kMost = 1'000'000'000;  // of one value, as SQLite is built
  if (size > kMost) {
    throw Error(ErrorCode::too_large, shown_name + ": one of its pictures has more than 1000 megabytes");
  }
  return static_cast<int>(size);
}

// As a URI, whatever its bytes are.
std::string uri_of(const std::filesystem::path& path, std::string_view parameters) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string uri = "file://";
  const std::filesystem::path whole = std::filesystem::absolute(path);
  for (const char character : whole.native()) {
    const auto byte = static_cast<unsigned char>(character);
    if (std::isalnum(byte) != 0 || character == '/' || character == '.' || character == '_' || character == '-') {
      uri += character;
    } else {
      uri += {'%', kDigits[byte / 16U], kDigits[byte % 16U]};
    }
  }
  return uri.append("?").append(parameters);
}

// Whether what is written goes into FILE-wal first, by the file's header.
bool keeps_wal(const std::filesystem::path& path) {
  constexpr std::size_t kReadVersion = 19;
  constexpr std::byte kWal{2};
  const std::vector<std::byte> start = imaging::read_start(path, kReadVersion + 1);
  return start.size() > kReadVersion && start[kReadVersion] == kWal;
}

// How the file can be read without anything being made beside it.
std::string_view parameters_to_look(const std::filesystem::path& path) {
  if (!keeps_wal(path)) return "mode=ro";
  const auto beside = [&](const char* ending) { return std::filesystem::path(path.native() + ending); };
  std::error_code error;
  const std::uintmax_t waiting = std::filesystem::file_size(beside("-wal"), error);
  const bool has_wal = !error;
  if (has_wal && std::filesystem::exists(beside("-shm"), error)) return "mode=ro&readonly_shm=1";
  if (has_wal && waiting > 0) {
    throw Error(ErrorCode::unreadable_file, path.string() +
                                                ": was not closed when it was copied: its last rows are in " +
                                                beside("-wal").string() + ", which cannot be read without " +
                                                beside("-shm").string() + " (a batch or review brings it in order)");
  }
  return "mode=ro&immutable=1";  // nobody has it open: whoever has keeps both files there
}

}  // namespace

Database::Database(std::string shown_name) : shown_name_(std::move(shown_name)) {
  open(":memory:", SQLITE_OPEN_READWRITE);
}

Database::Database(std::span<const std::byte> bytes, std::string shown_name) : shown_name_(std::move(shown_name)) {
  open(":memory:", SQLITE_OPEN_READWRITE);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  // Read-only: SQLite does not write to what it is given.
  auto* data = const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(bytes.data()));
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const int code = sqlite3_deserialize(handle_, "main", data, size, size, SQLITE_DESERIALIZE_READONLY);
  if (code != SQLITE_OK) {
    sqlite3_close(handle_);
    throw Error(ErrorCode::damaged_file, shown_name_ + ": is damaged: no database can be read from it");
  }
}

Database::Database(const std::filesystem::path& path, DatabaseAccess access, std::chrono::milliseconds patience)
    : shown_name_(path.string()), in_memory_(false) {
  std::error_code error;
  if (access != DatabaseAccess::create && !std::filesystem::exists(path, error)) {
    throw Error(ErrorCode::unreadable_file, shown_name_ + ": is not there");
  }
  if (access == DatabaseAccess::look) {
    open(uri_of(path, parameters_to_look(path)).c_str(), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  } else {
    const int flags = !may_write(access)                ? SQLITE_OPEN_READONLY
                      : access == DatabaseAccess::write ? SQLITE_OPEN_READWRITE
                                                        : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    open(path.c_str(), flags);
  }
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_busy_timeout(handle_, static_cast<int>(patience.count()));
}

void Database::open(const char* name, int flags) {
  const int code = sqlite3_open_v2(name, &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) {
    const std::string why = sqlite3_errmsg(handle_);
    sqlite3_close(handle_);
    if (in_memory_ || code == SQLITE_NOMEM) throw std::bad_alloc();
    throw Error(ErrorCode::unreadable_file, shown_name_ + ": cannot be opened: " + why);
  }
}

Database::~Database() { sqlite3_close(handle_); }

void Database::fail(int code) const {
  const int kind = code & 0xff;  // without the details
  if (kind == SQLITE_NOMEM) {
    throw std::bad_alloc();
  }
  if (!in_memory_) {
    fail_on_file(kind);
  }
  if (kind == SQLITE_TOOBIG || kind == SQLITE_FULL) {
    throw Error(ErrorCode::too_large, shown_name_ + ": would become larger than a reference file can be");
  }
  fail_as_damaged();
}

void Database::fail_as_damaged() const {
  throw Error(ErrorCode::damaged_file, shown_name_ + ": is damaged: " + sqlite3_errmsg(handle_));
}

void Database::fail_on_file(int kind) const {
  switch (kind) {
    case SQLITE_FULL:
      throw Error(ErrorCode::unwritable_output, shown_name_ + ": cannot be written: the disk is full");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorCode::unwritable_output, shown_name_ + ": another program is writing it all the time");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      throw Error(ErrorCode::unwritable_output, shown_name_ + ": cannot be written: " + sqlite3_errmsg(handle_));
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      throw Error(ErrorCode::unreadable_file, shown_name_ + ": cannot be read or written: " + sqlite3_errmsg(handle_));
    case SQLITE_NOTADB:
      throw Error(ErrorCode::unsupported_format, shown_name_ + ": is no database");
    default:
      fail_as_damaged();
  }
}

void Database::run(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    fail(code);
  }
}

std::int64_t Database::integer_of(const std::string& sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text_of(const std::string& sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.bytes(0) : "";
}

std::int64_t Database::changed_rows() const { return sqlite3_changes64(handle_); }

std::string Database::bytes() const {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> data(sqlite3_serialize(handle_, "main", &size, 0),
                                                                     &sqlite3_free);
  if (!data) {
    throw std::bad_alloc();
  }
  return {reinterpret_cast<const char*>(data.get()), static_cast<std::size_t>(size)};
}

Statement::Statement(Database& database, const std::string& sql) : database_(database) {
  check(sqlite3_prepare_v2(database_.handle(), sql.c_str(), -1, &statement_, nullptr));
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::check(int code) const {
  if (code != SQLITE_OK) {
    database_.fail(code);
  }
}

Statement& Statement::bind(int parameter, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, parameter + 1, value));
  return *this;
}

Statement& Statement::bind(int parameter, double value) {
  check(sqlite3_bind_double(statement_, parameter + 1, value));
  return *this;
}

Statement& Statement::bind(int parameter, const std::optional<double>& value) {
  check(value ? sqlite3_bind_double(statement_, parameter + 1, *value) : sqlite3_bind_null(statement_, parameter + 1));
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  check(sqlite3_bind_text(statement_, parameter + 1, text.data(), as_length(text.size(), database_.shown_name()),
                          SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  check(sqlite3_bind_null(statement_, parameter + 1));
  return *this;
}

Statement& Statement::bind_bytes(int parameter, std::string_view bytes) {
  check(sqlite3_bind_blob(statement_, parameter + 1, bytes.data(), as_length(bytes.size(), database_.shown_name()),
                          SQLITE_TRANSIENT));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code != SQLITE_DONE) {
    database_.fail(code);
  }
  sqlite3_reset(statement_);
  return false;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::optional<double> Statement::number(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) {
    return std::nullopt;
  }
  return sqlite3_column_double(statement_, column);
}

std::string Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
}

Transaction::Transaction(Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
  if (open_) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);  // what cannot be undone now is when read
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

bool is_database(std::span<const std::byte> start) {
  return start.size() >= kMagic.size() &&
         std::equal(kMagic.begin(), kMagic.end(), start.begin(),
                    [](char a, std::byte b) { return std::byte(static_cast<unsigned char>(a)) == b; });
}

}  // namespace boarddiff::compare
