#include "suites/change_parts.h"

#include <stdexcept>

#include <fmt/format.h>

#include "harness/model/bounded.h"
#include "harness/model/said.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

std::string joined(const std::string& root, const std::string& path) {
  return without_slash(root) + path;
}

const Answer& answered(const Evidence& evidence, const Question& question) {
  const Answer* answer = evidence.answer(question);
  if (!answer || answer->end != Answer::End::kExited)
    throw NoEvidence({"没有得到回答:" + question.key, "not answered: " + question.key});
  return *answer;
}

}  // namespace

void repaired_by(Chapter& chapter, const std::string& id,
                 std::vector<Change> (*changes)(const Evidence&), std::vector<Question> asks) {
  for (Step& step : chapter.steps)
    if (step.id == id) {
      step.remedy.changes = changes;
      step.remedy.asks = std::move(asks);
      return;
    }
  throw std::logic_error("no step " + id + " to be repaired");
}

std::string on_host(const Host& host, const std::string& path) {
  return joined(host.sysroot, path);
}

std::string in_container(const Host& host, const std::string& path) {
  return joined(host.container_sysroot, path);
}

std::string without_container_root(const Host& host, const std::string& path) {
  const std::string root = without_slash(host.container_sysroot);
  return path.starts_with(root + "/") ? path.substr(root.size()) : path;
}

std::string state_of(const Answer& answer) {
  std::string text = answer.out;
  if (!text.empty() && text.back() != '\n') text += '\n';
  text += answer.err;
  if (answer.exit_code != 0) {
    if (!text.empty() && text.back() != '\n') text += '\n';
    text += fmt::format("exit {}", answer.exit_code);
  }
  return text;
}

std::string state_of(const Evidence& evidence, const Question& question) {
  return state_of(answered(evidence, question));
}

std::string state_of_both(const Evidence& evidence, const Question& first, const Question& last) {
  Answer one = answered(evidence, first);
  one.exit_code = 0;
  return state_of(one) + "\n" + state_of(evidence, last);
}

std::optional<std::string> text_of_file(const Evidence& host, const Question& cat) {
  const Answer& answer = answered(host, cat);
  if (answer.exit_code != 0) {
    if (answer.err.find("No such file") != std::string::npos) return std::nullopt;
    throw NoEvidence(
        said("文件读不出来:{}", "the file cannot be read: {}", first_line(answer.err)));
  }
  if (answer.cut)
    throw NoEvidence({"文件太大,没有读全", "the file is too large and was not read whole"});
  if (answer.out.find("[redacted]") != std::string::npos)
    throw NoEvidence(
        {"文件里有机密,证据中已隐去;请手工修改",
         "the file holds a secret, which the evidence does not have; edit it by hand"});
  if (answer.out.find('\0') != std::string::npos)
    throw NoEvidence({"文件不是文本", "the file is no text"});
  return answer.out;
}

std::vector<std::string> shell(const std::string& script, std::vector<std::string> words) {
  std::vector<std::string> argv{"sh", "-c", script, "sh"};
  argv.insert(argv.end(), words.begin(), words.end());
  return argv;
}

Change change_of_host(const Evidence& host, std::string subject, Stage stage, Risk risk,
                      Text what) {
  return {.host = host.target().host,
          .subject = std::move(subject),
          .stage = stage,
          .risk = risk,
          .what = std::move(what)};
}

SiteFile needed_file(const Host& host, const std::string& path, const std::string& sum,
                     const char* key) {
  if (path.empty() || sum.empty())
    throw NoEvidence(
        {fmt::format("清单的 site 没有 {0} 与 {0}_sha256:写上它们,--fix 便可安装", key),
         fmt::format("`site` in the inventory has no {0} and {0}_sha256; with them "
                     "--fix can install it",
                     key)});
  return {on_host(host, path), sum};
}

Change::Guard has_its_sum(const SiteFile& file) {
  constexpr double kReading = 1800;  // 20 GB, from a file system of many hosts
  return {.argv = shell("[ \"$2\" = \"$(sha256sum <\"$1\" | cut -d\" \" -f1)\" ]",
                        {file.path, file.sum}),
          .otherwise = {file.path + " 的校验和不对,或没有该文件",
                        "the checksum of " + file.path + " is wrong, or there is no such file"},
          .seconds = kReading};
}

Change rights_change(const Evidence& host, bool inside, const std::string& named, const Rights& was,
                     const Rights& wanted) {
  const std::string path = inside ? in_container(host.host(), named) : on_host(host.host(), named);
  Change change{.host = host.target().host,
                .in_container = inside,
                .subject = "rights of " + named,
                .stage = Stage::kRankTable,
                .reads = {"stat", "-c", "%a %U", path},
                .was = was.mode + " " + was.owner,
                .becomes = (wanted.mode.empty() ? was.mode : wanted.mode) + " " +
                           (wanted.owner.empty() ? was.owner : wanted.owner)};
  Text what;
  if (!wanted.owner.empty() && wanted.owner != was.owner) {
    change.commands.push_back(
        {.does = {"chown", wanted.owner, path},
         .undoes = {"chown", was.owner == "UNKNOWN" ? was.uid : was.owner, path}});
    what = said("属主 {}", "owner {}", wanted.owner);
  }
  // After the owner: chown takes set-uid bits away.
  if (!wanted.mode.empty() && wanted.mode != was.mode) {
    change.commands.push_back(
        {.does = {"chmod", wanted.mode, path}, .undoes = {"chmod", was.mode, path}});
    what = said("{}{}权限 {}", "{}{}mode {}", what, what.empty() ? "" : ", ", wanted.mode);
  }
  change.what = said("{}:{}", "{}: {}", named, what);
  return change;
}

std::vector<Change> changes_of_hosts(const Evidence& group,
                                     std::vector<Change> (*change_of)(const Evidence& host,
                                                                      std::vector<Text>& left)) {
  std::vector<Change> changes;
  std::vector<Text> left;
  for (const Evidence& host : group.hosts()) {
    try {
      for (Change& change : change_of(host, left)) changes.push_back(std::move(change));
    } catch (const NoEvidence& missing) {
      left.push_back(missing.why());
    }
  }
  if (changes.empty() && !left.empty()) throw NoEvidence(left.front());
  return changes;
}

std::vector<std::string> names_of_hosts(const Group& group) {
  std::vector<std::string> names;
  for (const Host& host : group.hosts) names.push_back(host.name);
  return names;
}

void need_all_hosts(const Evidence& evidence) {
  std::string silent;
  for (const Host& host : evidence.group().hosts) {
    const Visit* visit = evidence.book().visit(host.name);
    if (!visit || visit->state != Visit::State::kAnswered)
      silent += (silent.empty() ? "" : ", ") + host.name;
  }
  if (!silent.empty())
    throw NoEvidence(
        {"组内主机必须都有回答才能一起修改,缺:" + silent,
         "the hosts of the group can only be changed together, and these did not answer: " +
             silent});
}

}  // namespace touchstone
