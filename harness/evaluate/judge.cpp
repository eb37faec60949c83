#include "harness/evaluate/judge.h"

#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include "harness/model/bounded.h"
#include "harness/model/finding_sink.h"
#include "harness/model/fold.h"

namespace touchstone {
namespace {

// The text of an expectation without the mark of its finding.
std::string bare(std::string message) {
  const auto from = message.find(FindingSink::kMark);
  if (from != std::string::npos)
    message.erase(from, message.find(FindingSink::kMark, from + 1) - from + 1);
  while (message.ends_with('\n')) message.pop_back();
  return message;
}

std::string place(const testing::TestPartResult& part) {
  const std::string file = part.file_name() ? part.file_name() : "";
  return fmt::format("{}:{}", file.substr(file.rfind('/') + 1), part.line_number());
}

Finding finding_of(const testing::TestPartResult& part, const std::vector<Finding>& streamed) {
  const std::string message = part.message();
  const auto mark = message.find(FindingSink::kMark);
  Finding finding;
  if (mark != std::string::npos) {
    const std::size_t index = std::strtoul(message.c_str() + mark + 1, nullptr, 10);
    if (index < streamed.size()) finding = streamed[index];
  }
  finding.detail = place(part) + ": " + bare(message);
  return bounded(std::move(finding));
}

// An assertion that looked at nothing, or that compared with holes, has proven nothing.
void refuse_the_vacuous(const Step& step, Judgement& judged) {
  const ReadLog& log = judged.log;
  if (judged.verdict != Verdict::kPass) return;
  if (!log.hosts_missing.empty()) {
    const std::string list = fold_names(log.hosts_missing);
    judged.reason = {fmt::format("缺少这些主机的证据:{}", list),
                     fmt::format("the evidence of these hosts is missing: {}", list)};
  } else if (!log.missing.empty()) {
    judged.reason = log.missing.front().second;
    if (log.missing.size() > 1) {
      judged.reason.zh += fmt::format("(另有 {} 处)", log.missing.size() - 1);
      judged.reason.en += fmt::format(" (and {} more)", log.missing.size() - 1);
    }
  } else if (!step.probes.empty() && log.read.empty()) {
    judged.reason = {"该步骤没有读取任何证据", "the step read no evidence"};
  } else {
    return;
  }
  judged.verdict = Verdict::kError;
}

// Fewer NPUs than the inventory has cannot prove anything of all of them.
void refuse_too_few(const Step& step, const Evidence& evidence, std::size_t left_out,
                    Judgement& judged) {
  if (judged.verdict != Verdict::kPass || step.on == Scope::kNpu) return;
  for (const Question& question : step.probes) {
    if (question.where != Where::kNpu) continue;
    std::size_t read = 0;
    for (const auto& [host, npu, key] : judged.log.read) read += npu >= 0 && key == question.key;
    std::size_t expected = 0;
    for (const Group& group : evidence.inventory().groups)
      for (const Host& host : group.hosts)
        if ((evidence.target().group.empty() || group.name == evidence.target().group) &&
            (evidence.target().host.empty() || host.name == evidence.target().host))
          expected += static_cast<std::size_t>(host.npus);
    if (read + left_out >= expected) continue;
    judged.verdict = Verdict::kError;
    judged.reason = {
        fmt::format("只读取了 {} 个 NPU 中的 {} 个({})", expected, read, question.key),
        fmt::format("read the evidence of {} of {} NPUs ({})", read, expected, question.key)};
    return;
  }
}

}  // namespace

Judgement judge(const Step& step, const Target& target, const EvidenceBook& book,
                const std::function<bool(const Target&)>& excluded) {
  Judgement judged;
  std::set<Target> left_out;
  const Evidence evidence(book, target, judged.log, [&](const Target& one) {
    const bool out = excluded && excluded(one);
    if (out) left_out.insert(one);
    return out;
  });
  FindingSink sink;
  testing::TestPartResultArray parts;
  try {
    testing::ScopedFakeTestPartResultReporter reporter(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &parts);
    if (step.not_applicable) {
      if (auto why = step.not_applicable(evidence)) {
        judged.verdict = Verdict::kNotApplicable;
        judged.reason = *why;
        return judged;
      }
    }
    step.expect(evidence);
    judged.verdict = Verdict::kPass;
  } catch (const NoEvidence& missing) {
    judged.reason = missing.why();
  } catch (const std::exception& broken) {
    judged.reason = {fmt::format("步骤自身出错:{}", broken.what()),
                     fmt::format("the step itself broke: {}", broken.what())};
  }
  for (int i = 0; i < parts.size(); ++i) {
    if (!parts.GetTestPartResult(i).failed()) continue;
    judged.findings.push_back(finding_of(parts.GetTestPartResult(i), sink.findings()));
    judged.verdict = Verdict::kFail;
  }
  refuse_the_vacuous(step, judged);
  std::size_t npus_out = 0;
  for (const Target& one : left_out)
    npus_out += one.npu >= 0 ? 1 : static_cast<std::size_t>(book.inventory().find(one.host)->npus);
  refuse_too_few(step, evidence, npus_out, judged);
  if (judged.verdict == Verdict::kPass) judged.reason = judged.log.remark;
  judged.reason = bounded(std::move(judged.reason), kFindingBytes);
  return judged;
}

}  // namespace touchstone
