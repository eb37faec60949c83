#include "harness/history/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "harness/model/said.h"

namespace touchstone {
namespace {

// As long as a nightly run may wait for another one that is writing its thousand hosts.
constexpr int kPatience = 60'000;  // milliseconds

int flags_of(Database::Mode mode) {
  switch (mode) {
    case Database::Mode::kRead:
      return SQLITE_OPEN_READONLY;
    case Database::Mode::kWrite:
      return SQLITE_OPEN_READWRITE;
    case Database::Mode::kCreate:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
  return SQLITE_OPEN_READONLY;
}

Text meaning_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_NOTADB:
      return {"不是历史库:该文件不是 SQLite 数据库;请指定另一个文件",
              "is no history: the file is not an SQLite database; name another file"};
    case SQLITE_CORRUPT:
      return {"已损坏;请保留它以便用 sqlite3 的 .recover 查看,并指定另一个文件",
              "is damaged; keep it for a look with sqlite3's .recover, and name another file"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return said("已被其他程序锁定 {} 秒;请待其结束后再试",
                  "has been locked by another program for {} s; try again when it is done",
                  kPatience / 1000);
    case SQLITE_CANTOPEN:
      return {"无法打开;请检查目录是否存在、是否可写",
              "cannot be opened; check that the folder is there and that you may write in it"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {"无法写入;请检查其属主与权限", "cannot be written; check its owner and mode"};
    case SQLITE_FULL:
      return {"无法写入:磁盘已满", "cannot be written: the disk is full"};
    case SQLITE_IOERR:
      return {"无法读写:磁盘或文件系统拒绝",
              "cannot be read or written: the disk or the file system refused"};
    default:
      return {"无法使用", "cannot be used"};
  }
}

}  // namespace

Database::Database(const std::string& path, Mode mode) : path_(path) {
  sqlite3* handle = nullptr;
  // No file: URIs: a path is a path.
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags_of(mode), nullptr);
  handle_ = std::shared_ptr<sqlite3>(handle, sqlite3_close_v2);
  if (code != SQLITE_OK) refuse(code);
  sqlite3_busy_timeout(handle, kPatience);
  run("PRAGMA foreign_keys = ON");
}

void Database::refuse(int code) const {
  const char* told = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  throw HistoryError(said("{}:{}({})", "{}: {} ({})", path_, meaning_of(code), told));
}

Statement Database::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) refuse(code);
  return {statement, *this};
}

void Database::run(const char* sql) const {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) refuse(code);
}

long long Database::value(const char* sql) const {
  Statement statement = prepare(sql);
  return statement.row() ? statement.integer(0) : 0;
}

long long Database::last_id() const {
  return sqlite3_last_insert_rowid(handle_.get());
}

Database::Transaction::Transaction(const Database& database) : database_(database) {
  database.run("BEGIN IMMEDIATE");
}

Database::Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const HistoryError&) {
    // What made us leave is told already; SQLite may have rolled back by itself.
  }
}

void Database::Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

Statement::Statement(sqlite3_stmt* statement, const Database& database)
    : statement_(statement, sqlite3_finalize), database_(&database) {}

Statement& Statement::bind(std::string_view text) {
  const int code = sqlite3_bind_text64(statement_.get(), ++bound_, text.data() ? text.data() : "",
                                       text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) database_->refuse(code);
  return *this;
}

Statement& Statement::bind(double value) {
  const int code = sqlite3_bind_double(statement_.get(), ++bound_, value);
  if (code != SQLITE_OK) database_->refuse(code);
  return *this;
}

Statement& Statement::bind(long long value) {
  const int code = sqlite3_bind_int64(statement_.get(), ++bound_, value);
  if (code != SQLITE_OK) database_->refuse(code);
  return *this;
}

bool Statement::row() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(statement_.get());
  bound_ = 0;
  if (code != SQLITE_DONE) database_->refuse(code);
  return false;
}

void Statement::done() {
  while (row()) {
  }
}

std::string Statement::text(int column) const {
  const auto* text = sqlite3_column_text(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return text ? std::string(reinterpret_cast<const char*>(text), size) : "";
}

double Statement::number(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

long long Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

}  // namespace touchstone
