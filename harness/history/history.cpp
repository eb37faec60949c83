#include "harness/history/history.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "harness/history/changes.h"
#include "harness/model/said.h"

namespace touchstone {
namespace {

constexpr long long kApplication = 0x546f7563;  // "Touc", in the file's header
constexpr long long kFormat = 1;
constexpr std::size_t kNights = 30;  // in a trend

// Rows of verdicts lie by subject, since what is asked is how one fared over time. Those that are
// not good are few, and have an index by run.
constexpr const char* kTables = R"sql(
CREATE TABLE run (
  id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, simulated INTEGER NOT NULL, profile TEXT NOT NULL,
  started REAL NOT NULL, finished REAL NOT NULL, verdict TEXT NOT NULL, complete INTEGER NOT NULL,
  selection TEXT NOT NULL, tool_version TEXT NOT NULL, UNIQUE (cluster, simulated, started));
CREATE TABLE tally (
  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, verdict TEXT NOT NULL,
  count INTEGER NOT NULL, PRIMARY KEY (run, verdict)) WITHOUT ROWID;
CREATE TABLE subject (
  id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, simulated INTEGER NOT NULL, step TEXT NOT NULL,
  grp TEXT NOT NULL, host TEXT NOT NULL, npu INTEGER NOT NULL,
  UNIQUE (cluster, simulated, step, grp, host, npu));
CREATE TABLE verdict (
  subject INTEGER NOT NULL REFERENCES subject, run INTEGER NOT NULL REFERENCES run,
  verdict TEXT NOT NULL, flaky INTEGER NOT NULL, PRIMARY KEY (subject, run)) WITHOUT ROWID;
CREATE INDEX not_good ON verdict (run) WHERE flaky OR verdict NOT IN ('pass', 'fixed');
)sql";

void make_tables(const Database& database) {
  database.run(kTables);
  database.run(fmt::format("PRAGMA application_id = {}", kApplication).c_str());
  database.run(fmt::format("PRAGMA user_version = {}", kFormat).c_str());
}

void expect_ours(const Database& database) {
  const long long application = database.value("PRAGMA application_id");
  if (application != kApplication)
    throw HistoryError(said("{}:是其他程序的数据库;请指定另一个文件",
                            "{}: is a database of another program; name another file",
                            database.path()));
  const long long format = database.value("PRAGMA user_version");
  if (format != kFormat)
    throw HistoryError(
        said("{}:格式为 {},而此版本的 Touchstone 读写格式 {};{}",
             "{}: has format {}, and this version of Touchstone reads and writes format {}; {}",
             database.path(), format, kFormat,
             format > kFormat ? Text{"请使用写出它的较新版本,或指定另一个文件",
                                     "use the newer Touchstone that wrote it, or name another file"}
                              : Text{"请指定另一个文件", "name another file"}));
  Statement check = database.prepare("PRAGMA quick_check(1)");
  if (!check.row() || check.text(0) != "ok")
    throw HistoryError(said(
        "{}:已损坏:{};请保留它以便用 sqlite3 的 .recover 查看,并指定另一个文件",
        "{}: is damaged: {}; keep it for a look with sqlite3's .recover, and name another file",
        database.path(), check.text(0)));
  while (check.row()) {
  }
}

Database opened(const std::string& path, History::Use use) {
  std::error_code error;
  const bool there = std::filesystem::exists(path, error);
  if (!there && use == History::Use::kRead)
    throw HistoryError(said("{}:没有这个文件", "{}: there is no such file", path));
  Database database(path, use == History::Use::kRead ? Database::Mode::kRead
                          : there                    ? Database::Mode::kWrite
                                                     : Database::Mode::kCreate);
  if (use == History::Use::kAdd) {
    // Two runs that both find no file make one history.
    Database::Transaction transaction(database);
    if (database.value("SELECT count(*) FROM sqlite_master") == 0 &&
        database.value("PRAGMA application_id") == 0 && database.value("PRAGMA user_version") == 0)
      make_tables(database);
    transaction.commit();
  }
  expect_ours(database);
  return database;
}

Verdict verdict_of(const std::string& name) {
  return verdict_from(name).value_or(Verdict::kError);
}

}  // namespace

History::History(const std::string& path, Use use) : database_(opened(path, use)) {}

long long History::insert_run(const RunRecord& record) {
  Statement known =
      database_.prepare("SELECT id FROM run WHERE cluster = ? AND simulated = ? AND started = ?");
  known.bind(record.cluster).bind(static_cast<long long>(record.simulated)).bind(record.started);
  if (known.row()) {
    const long long old = known.integer(0);
    known.row();
    database_.prepare("DELETE FROM verdict WHERE run = ?").bind(old).done();
    database_.prepare("DELETE FROM run WHERE id = ?").bind(old).done();
  }
  database_
      .prepare(
          "INSERT INTO run (cluster, simulated, profile, started, finished, verdict, complete, "
          "selection, tool_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(record.cluster)
      .bind(static_cast<long long>(record.simulated))
      .bind(record.profile)
      .bind(record.started)
      .bind(record.finished)
      .bind(name_of(record.verdict()))
      .bind(static_cast<long long>(record.complete))
      .bind(record.selection)
      .bind(record.tool_version)
      .done();
  const long long run = database_.last_id();
  Statement tally = database_.prepare("INSERT INTO tally (run, verdict, count) VALUES (?, ?, ?)");
  for (const auto& [verdict, count] : record.counts())
    tally.bind(run).bind(name_of(verdict)).bind(static_cast<long long>(count)).done();
  return run;
}

void History::insert_verdicts(long long run, const RunRecord& record) {
  Statement find = database_.prepare(
      "SELECT id FROM subject WHERE cluster = ? AND simulated = ? AND step = ? AND grp = ? AND "
      "host = ? AND npu = ?");
  Statement add = database_.prepare(
      "INSERT INTO subject (cluster, simulated, step, grp, host, npu) VALUES (?, ?, ?, ?, ?, ?)");
  Statement insert = database_.prepare(
      "INSERT OR REPLACE INTO verdict (subject, run, verdict, flaky) VALUES (?, ?, ?, ?)");
  const auto simulated = static_cast<long long>(record.simulated);
  const auto named = [&](Statement& statement, const StepResult& result) -> Statement& {
    return statement.bind(record.cluster)
        .bind(simulated)
        .bind(record.steps.at(result.step).id)
        .bind(result.target.group)
        .bind(result.target.host)
        .bind(static_cast<long long>(result.target.npu));
  };
  for (const StepResult& result : record.results) {
    if (!tells(result.verdict)) continue;
    // What an interrupted run did not come to is no fault of the cluster.
    if (!record.complete && result.verdict == Verdict::kError) continue;
    long long subject = 0;
    if (named(find, result).row()) {
      subject = find.integer(0);
      find.row();
    } else {
      named(add, result).done();
      subject = database_.last_id();
    }
    insert.bind(subject)
        .bind(run)
        .bind(name_of(result.verdict))
        .bind(static_cast<long long>(result.flaky))
        .done();
  }
}

Past History::add(const RunRecord& record) {
  Database::Transaction transaction(database_);
  const long long id = insert_run(record);
  insert_verdicts(id, record);
  Past before = past({.id = id,
                      .cluster = record.cluster,
                      .simulated = record.simulated,
                      .started = record.started});
  transaction.commit();
  return before;
}

std::vector<KnownRun> History::runs(const std::string& cluster) const {
  std::vector<KnownRun> all;
  Statement rows = database_.prepare(
      "SELECT id, cluster, profile, selection, simulated, complete, started, finished, verdict "
      "FROM "
      "run WHERE ? IN ('', cluster) ORDER BY started, id");
  rows.bind(cluster);
  Statement tally = database_.prepare("SELECT verdict, count FROM tally WHERE run = ?");
  while (rows.row()) {
    KnownRun run{.id = rows.integer(0),
                 .cluster = rows.text(1),
                 .profile = rows.text(2),
                 .selection = rows.text(3),
                 .simulated = rows.integer(4) != 0,
                 .complete = rows.integer(5) != 0,
                 .started = rows.number(6),
                 .finished = rows.number(7),
                 .verdict = verdict_of(rows.text(8))};
    tally.bind(run.id);
    while (tally.row())
      run.counts[verdict_of(tally.text(0))] = static_cast<std::size_t>(tally.integer(1));
    all.push_back(std::move(run));
  }
  return all;
}

std::vector<KnownRun> History::until(const KnownRun& run, std::size_t most) const {
  std::vector<KnownRun> all = runs(run.cluster);
  std::erase_if(all, [&](const KnownRun& one) {
    return one.simulated != run.simulated || one.started > run.started;
  });
  if (all.size() > most) all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(most));
  return all;
}

std::vector<std::pair<long long, Target>> History::candidates(
    const std::vector<KnownRun>& runs, std::vector<std::string>& steps) const {
  std::map<long long, std::pair<std::string, Target>> found;
  Statement rows = database_.prepare(
      "SELECT s.id, s.step, s.grp, s.host, s.npu FROM verdict v JOIN subject s ON s.id = v.subject "
      "WHERE v.run = ? AND (v.flaky OR v.verdict NOT IN ('pass', 'fixed'))");
  for (const KnownRun& run : runs) {
    rows.bind(run.id);
    while (rows.row())
      found.try_emplace(rows.integer(0), rows.text(1),
                        Target{.group = rows.text(2),
                               .host = rows.text(3),
                               .npu = static_cast<int>(rows.integer(4))});
  }
  std::vector<std::pair<long long, Target>> all;
  for (auto& [id, subject] : found) {
    steps.push_back(std::move(subject.first));
    all.emplace_back(id, std::move(subject.second));
  }
  return all;
}

Past History::past(const KnownRun& run) const {
  Past past;
  const std::vector<KnownRun> nights = until(run, kNights);
  for (const KnownRun& night : nights)
    past.nights.push_back({night.started, night.verdict, night.counts});
  if (nights.size() < 2) return past;
  past.previous = nights[nights.size() - 2].started;
  std::vector<std::string> steps;
  const auto subjects = candidates(nights, steps);
  Statement series = database_.prepare(
      "SELECT r.started, v.verdict, r.id, v.flaky FROM verdict v JOIN run r ON r.id = v.run WHERE "
      "v.subject "
      "= ? AND r.started <= ? ORDER BY r.started, r.id");
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    std::vector<Seen> seen;
    long long last = 0;
    series.bind(subjects[i].first).bind(run.started);
    while (series.row()) {
      seen.push_back({series.number(0), verdict_of(series.text(1)), series.integer(3) != 0});
      last = series.integer(2);
    }
    // Of what this run said nothing about, nothing has changed.
    auto change = last == run.id ? change_of(seen) : std::nullopt;
    if (!change) continue;
    change->step = steps[i];
    change->target = subjects[i].second;
    past.changes.push_back(std::move(*change));
  }
  std::stable_sort(past.changes.begin(), past.changes.end(), [](const News& a, const News& b) {
    return std::pair(a.kind != News::Kind::kFlapping, a.kind) <
           std::pair(b.kind != News::Kind::kFlapping, b.kind);
  });
  return past;
}

}  // namespace touchstone
