#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "harness/model/said_error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace touchstone {

// A history that cannot be used, or was not written. The text names the file, what is wrong, and
// what to do.
class HistoryError : public SaidError {
 public:
  using SaidError::SaidError;
};

// One prepared statement. Values are bound in order; text is copied.
class Statement {
 public:
  Statement& bind(std::string_view text);
  Statement& bind(double value);
  Statement& bind(long long value);

  bool row();   // steps to the next row; false at the end, and then the statement can be used again
  void done();  // runs a statement that has no rows

  std::string text(int column) const;
  double number(int column) const;
  long long integer(int column) const;

 private:
  friend class Database;
  Statement(sqlite3_stmt* statement, const class Database& database);
  std::shared_ptr<sqlite3_stmt> statement_;
  const class Database* database_;
  int bound_ = 0;
};

class Database {
 public:
  enum class Mode { kRead, kWrite, kCreate };
  Database(const std::string& path, Mode mode);

  Statement prepare(std::string_view sql) const;
  void run(const char* sql) const;
  long long value(const char* sql) const;  // of the first row's first column; 0 where there is none
  long long last_id() const;

  // Waits for another writer, takes the lock, and rolls back unless committed.
  class Transaction {
   public:
    explicit Transaction(const Database& database);
    ~Transaction();
    void commit();

   private:
    const Database& database_;
    bool open_ = true;
  };

  // What SQLite says went wrong, in words that help.
  [[noreturn]] void refuse(int code) const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::shared_ptr<sqlite3> handle_;
};

}  // namespace touchstone
