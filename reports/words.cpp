#include "reports/words.h"

#include <array>
#include <utility>

namespace touchstone {
namespace {

struct Entry {
  Word word;
  std::string_view en, zh;
};

constexpr std::array kCatalogue{
    Entry{Word::kAccepted, "ACCEPTED", "验收通过"},
    Entry{Word::kRejected, "REJECTED", "验收不通过"},
    Entry{Word::kCouldNotTell, "COULD NOT TELL", "无法判定"},
    Entry{Word::kSimulated, "SIMULATED", "模拟集群"},
    Entry{Word::kSimulatedNote, "This is a simulated cluster. It says nothing about real hardware.",
          "这是模拟集群的结果,与真实硬件无关。"},
    Entry{Word::kNotComplete, "The run is not complete.", "本次运行尚未完成。"},
    Entry{Word::kReplayed, "judged again from a recording", "由录制数据重新判定"},
    Entry{Word::kFail, "fail", "不通过"},
    Entry{Word::kError, "error", "无法判定"},
    Entry{Word::kBlocked, "blocked", "受阻"},
    Entry{Word::kWaived, "waived", "已豁免"},
    Entry{Word::kFixed, "fixed", "已修复"},
    Entry{Word::kPass, "pass", "通过"},
    Entry{Word::kNotApplicable, "not applicable", "不适用"},
    Entry{Word::kNotSelected, "not selected", "未选择"},
    Entry{Word::kNotRun, "not run", "尚未判定"},
    Entry{Word::kReport, "Acceptance report", "验收报告"},
    Entry{Word::kCluster, "Cluster", "集群"},
    Entry{Word::kProfile, "Profile", "配置档"},
    Entry{Word::kHosts, "Hosts", "主机"},
    Entry{Word::kNpus, "NPUs", "NPU"},
    Entry{Word::kVersions, "Versions", "版本"},
    Entry{Word::kStarted, "Started (UTC)", "开始时间(UTC)"},
    Entry{Word::kDuration, "Duration", "用时"},
    Entry{Word::kWho, "Run by", "执行人"},
    Entry{Word::kCommand, "Command", "命令"},
    Entry{Word::kTool, "Touchstone", "Touchstone 版本"},
    Entry{Word::kSelection, "Selection", "选择范围"},
    Entry{Word::kQuestions, "Questions", "提问数"},
    Entry{Word::kAnswered, "answered", "已回答"},
    Entry{Word::kResults, "results", "项结果"},
    Entry{Word::kGroup, "group", "组"},
    Entry{Word::kMaster, "master", "主节点"},
    Entry{Word::kAddress, "Address", "地址"},
    Entry{Word::kVisit, "visited in", "访问用时"},
    Entry{Word::kCauses, "What to look at first", "优先处理"},
    Entry{Word::kNothingFound, "Nothing was found that is not as required.",
          "未发现不符合要求之处。"},
    Entry{Word::kExpected, "expected", "期望"},
    Entry{Word::kActual, "actual", "实际"},
    Entry{Word::kWhere, "where", "位置"},
    Entry{Word::kReason, "reason", "原因"},
    Entry{Word::kWhy, "why", "说明"},
    Entry{Word::kNext, "next", "处理"},
    Entry{Word::kNextOfError, "Clear this reason, then run again.", "消除上述原因后重新运行。"},
    Entry{Word::kExplains, "explains what is blocked:", "因此受阻:"},
    Entry{Word::kMore, "more, see run.json", "项未列出,见 run.json"},
    Entry{Word::kMoreTargets, "more like these, see run.json", "项同类结果未列出,见 run.json"},
    Entry{Word::kEvidence, "Evidence", "证据"},
    Entry{Word::kExitCode, "exit code", "退出码"},
    Entry{Word::kTimedOut, "killed at its time limit", "超时,已终止"},
    Entry{Word::kNoTool, "the command was not found on the host", "主机上没有此命令"},
    Entry{Word::kLost, "the host fell silent before the answer arrived",
          "回答到达之前主机已无响应"},
    Entry{Word::kCut, "cut: the whole is in the recording", "已截断,完整内容见录制数据"},
    Entry{Word::kNoOutput, "nothing was printed", "没有输出"},
    Entry{Word::kAskedOn, "asked of", "查询对象"},
    Entry{Word::kTook, "took", "用时"},
    Entry{Word::kBlockedBy, "Blocked by", "受阻于"},
    Entry{Word::kChapters, "By chapter", "按章节"},
    Entry{Word::kMeasurements, "Measured", "测量"},
    Entry{Word::kMatrix, "Hosts and steps", "主机与步骤"},
    Entry{Word::kMatrixNote,
          "Each cell shows the worst verdict over the host's NPUs and leads to what was found.",
          "每格为该主机各 NPU 中最差的判定,点击可查看所发现的问题。"},
    Entry{Word::kMatrixFolded, "Hosts with the same verdicts share a row.",
          "判定相同的主机合并为一行。"},
    Entry{Word::kPorts, "NPU ports", "NPU 端口"},
    Entry{Word::kPortsNote, "One tile for each NPU; its colour is its worst verdict.",
          "每个 NPU 一格,颜色表示其最差的判定。"},
    Entry{Word::kHealthyHosts, "Hosts without findings", "没有问题的主机"},
    Entry{Word::kSteps, "All steps", "全部步骤"},
    Entry{Word::kStep, "Step", "步骤"},
    Entry{Word::kRequirement, "Requirement", "要求"},
    Entry{Word::kPlace, "In the guide", "指导书位置"},
    Entry{Word::kScope, "On", "对象"},
    Entry{Word::kStandsOn, "Stands on", "前置步骤"},
    Entry{Word::kRemedy, "Remedy", "处理方法"},
    Entry{Word::kAskedQuestions, "Asked", "查询项"},
    Entry{Word::kRiskSafe, "safe: interrupts nothing", "安全:不中断业务"},
    Entry{Word::kRiskService, "service: restarts a container or the service",
          "服务:需重启容器或服务"},
    Entry{Word::kRiskDisruptive, "disruptive: upgrade or reboot", "中断:需升级或重启主机"},
    Entry{Word::kRiskHands, "hands: only a person can do it", "人工:须由人处理"},
    Entry{Word::kScopeHost, "each host", "每台主机"},
    Entry{Word::kScopeNpu, "each NPU", "每个 NPU"},
    Entry{Word::kScopeGroup, "each group", "每个组"},
    Entry{Word::kScopeCluster, "the cluster", "整个集群"},
    Entry{Word::kStateAnswered, "answered", "已应答"},
    Entry{Word::kStateUnreachable, "unreachable", "无法连接"},
    Entry{Word::kStateHung, "hung", "无响应"},
    Entry{Word::kStateDied, "died in the middle", "中途断开"},
    Entry{Word::kStateNonsense, "answered nonsense", "应答无法识别"},
    Entry{Word::kStateNotVisited, "not visited", "尚未访问"},
    Entry{Word::kLink, "Link", "链路"},
    Entry{Word::kTls, "TLS", "TLS"},
    Entry{Word::kNetHealth, "Net", "网络"},
    Entry{Word::kSwitchPort, "Port", "端口"},
    Entry{Word::kHbm, "HBM", "HBM"},
    Entry{Word::kHealth, "Health", "健康"},
    Entry{Word::kUnknown, "not answered", "未回答"},
    Entry{Word::kPendingResults, "planned results were not run", "项计划内的结果尚未判定"},
    Entry{Word::kFoldedRows, "more hosts, see run.json", "台主机未列出,见 run.json"},
    Entry{Word::kVerdicts, "Verdicts", "判定"},
    Entry{Word::kNews, "What changed since the last run", "与上次运行相比的变化"},
    Entry{Word::kNewsNote,
          "By step and target, from the history of this cluster. What was blocked or not selected "
          "says nothing.",
          "按步骤和对象统计,取自本集群的历史记录;受阻或未选择的项目不作说明。"},
    Entry{Word::kFirstRun, "This is the first run of this history.",
          "这是历史记录中的第一次运行。"},
    Entry{Word::kNothingChanged, "Nothing changed.", "没有变化。"},
    Entry{Word::kPreviousRun, "Previous run (UTC)", "上次运行(UTC)"},
    Entry{Word::kTrend, "Trend", "趋势"},
    Entry{Word::kTrendNote, "Results that were not good, a bar each run",
          "每次运行中不正常的结果数,每次一柱"},
    Entry{Word::kChangeNew, "new", "新出现"},
    Entry{Word::kChangeStill, "still failing", "持续存在"},
    Entry{Word::kChangeRecovered, "recovered", "已恢复"},
    Entry{Word::kChangeFlapping, "flapping", "反复出现"},
    Entry{Word::kSince, "Since", "起始"},
    Entry{Word::kMovedSince, "What moved since the run of", "与基准运行相比的变动:"},
    Entry{Word::kNothingMoved, "Nothing moved.", "没有变动。"},
    Entry{Word::kFrom, "was", "原值"},
    Entry{Word::kTo, "is", "现值"},
    Entry{Word::kFlaky, "passed only when asked again", "再次查询时才通过"},
    Entry{Word::kWaivers, "Waivers", "豁免"},
    Entry{Word::kWaiversNote, "What is waived was asked and judged all the same.",
          "已豁免的项目同样经过查询和判定。"},
    Entry{Word::kWaiverInForce, "in force", "生效中"},
    Entry{Word::kWaiverExpired, "expired: it counts no more", "已过期,不再生效"},
    Entry{Word::kWaiverNotNeeded, "no longer needed: all that it is about passes",
          "已不再需要:所涉及的项目均已通过"},
    Entry{Word::kWaiverMatchesNothing, "matches nothing: there is no such step or target",
          "未匹配:没有这样的步骤或对象"},
    Entry{Word::kWaiverNotJudged, "not judged in this run", "本次未判定"},
    Entry{Word::kJustification, "Justification", "理由"},
    Entry{Word::kApprover, "Approved by", "批准人"},
    Entry{Word::kUntil, "Until the end of", "有效期至"},
    Entry{Word::kMesh, "NPUs pinging each other", "NPU 互 ping"},
    Entry{Word::kMeshNote,
          "Pairs of NPUs on different hosts, each direction for itself. A picture opens at full "
          "size, and then says what each sign is about.",
          "不同主机上的 NPU 对,每个方向单独统计。点开图片可放大,并显示各标记的说明。"},
    Entry{Word::kMeshHow, "Rows ask, columns are asked; a block is two hosts.",
          "行为发起方,列为目标;每一块对应两台主机。"},
    Entry{Word::kMeshRails, "A cell is one index: 0 1 2 … from left to right, then down.",
          "每格对应一个编号:0 1 2 … 从左到右,再向下。"},
    Entry{Word::kMeshAsked, "pairs asked", "对已测"},
    Entry{Word::kMeshSample, "a sample of those of the same index", "同号 NPU 的抽样"},
    Entry{Word::kMeshRailSample, "all of the same index, a sample of the others",
          "同号全部,其余抽样"},
    Entry{Word::kMeshWhole, "without loss", "无丢包"},
    Entry{Word::kMeshPartial, "with some packets lost", "部分丢包"},
    Entry{Word::kMeshLost, "with all packets lost", "全部丢包"},
    Entry{Word::kMeshNoAnswer, "without an answer that counts", "无有效回答"},
    Entry{Word::kMeshLeftOut, "an NPU left out", "NPU 未参与"},
    Entry{Word::kMeshNotAsked, "not asked", "未测"},
    Entry{Word::kMeshNpusLeftOut, "NPUs left out", "个 NPU 未参与"},
    Entry{Word::kGuide, "The guide, instruction by instruction", "逐条对照文档"},
    Entry{Word::kNotAsserted, "Not asserted:", "无断言:"},
    Entry{Word::kBeyond, "Beyond the guide", "文档之外"},
    Entry{Word::kChanges, "Changes made by --fix", "--fix 所做的改动"},
    Entry{Word::kChangesNote,
          "Host by host, in the order in which they were made. The journal has all of it, on this "
          "side and on each host.",
          "逐台主机按执行顺序列出。日志中有全部内容,控制机与各主机各存一份。"},
    Entry{Word::kChangesPage, "all changes", "全部改动"},
    Entry{Word::kJournal, "journal", "日志"},
    Entry{Word::kTakeBack, "take it back", "还原命令"},
    Entry{Word::kInterrupts, "interrupts", "会中断"},
    Entry{Word::kWhyNot, "why not", "原因"},
    Entry{Word::kLikeIt, "more like it", "项同类改动"},
    Entry{Word::kBroke, "broken by the fix", "因修复而不通过"},
    Entry{Word::kBrokeNote, "Passed before the fix, and not any more",
          "修复前通过、修复后不再通过"},
    Entry{Word::kFixedSteps, "What was repaired", "已修复的问题"},
    Entry{Word::kFixedNote, "As it was before the fix, and as it is now.", "修复前后的对照。"},
    Entry{Word::kBefore, "before", "修复前"},
    Entry{Word::kAfter, "after", "修复后"},
    Entry{Word::kUndo, "undo", "还原"},
    Entry{Word::kRound, "round", "轮次"},
    Entry{Word::kRisk, "risk", "风险"},
    Entry{Word::kToReport, "To the report", "返回报告"},
    Entry{Word::kMoreChanges, "more changes, see run.json", "项改动未列出,见 run.json"},
    Entry{Word::kMoreLines, "more lines, see run.json", "行未列出,见 run.json"},
    Entry{Word::kLinesAlike, "lines alike", "相同的行"},
    Entry{Word::kNothingInterrupted, "nothing", "无"},
    Entry{Word::kRepairs, "repairs", "针对"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kCatalogue.size(); ++i)
    if (static_cast<std::size_t>(kCatalogue[i].word) != i) return false;
  return kCatalogue.size() == static_cast<std::size_t>(Word::kLast_);
}
static_assert(in_order(), "the catalogue has every word of the enumeration, in its order");

}  // namespace

std::string_view word(Word word, Language language) {
  const Entry& entry = kCatalogue.at(static_cast<std::size_t>(word));
  return language == Language::kZh ? entry.zh : entry.en;
}

std::string_view word_for(Verdict verdict, Language language) {
  switch (verdict) {
    case Verdict::kFail:
      return word(Word::kFail, language);
    case Verdict::kError:
      return word(Word::kError, language);
    case Verdict::kBlocked:
      return word(Word::kBlocked, language);
    case Verdict::kWaived:
      return word(Word::kWaived, language);
    case Verdict::kFixed:
      return word(Word::kFixed, language);
    case Verdict::kPass:
      return word(Word::kPass, language);
    case Verdict::kNotApplicable:
      return word(Word::kNotApplicable, language);
    case Verdict::kNotSelected:
      return word(Word::kNotSelected, language);
  }
  return word(Word::kError, language);
}

std::string_view word_for(Risk risk, Language language) {
  switch (risk) {
    case Risk::kSafe:
      return word(Word::kRiskSafe, language);
    case Risk::kService:
      return word(Word::kRiskService, language);
    case Risk::kDisruptive:
      return word(Word::kRiskDisruptive, language);
    case Risk::kHands:
      return word(Word::kRiskHands, language);
  }
  return word(Word::kRiskHands, language);
}

std::string_view word_for(WaiverUse::State state, Language language) {
  switch (state) {
    case WaiverUse::State::kInForce:
      return word(Word::kWaiverInForce, language);
    case WaiverUse::State::kExpired:
      return word(Word::kWaiverExpired, language);
    case WaiverUse::State::kNotNeeded:
      return word(Word::kWaiverNotNeeded, language);
    case WaiverUse::State::kMatchesNothing:
      return word(Word::kWaiverMatchesNothing, language);
    case WaiverUse::State::kNotJudged:
      return word(Word::kWaiverNotJudged, language);
  }
  return word(Word::kWaiverNotJudged, language);
}

std::string_view word_for(News::Kind kind, Language language) {
  switch (kind) {
    case News::Kind::kNew:
      return word(Word::kChangeNew, language);
    case News::Kind::kStill:
      return word(Word::kChangeStill, language);
    case News::Kind::kRecovered:
      return word(Word::kChangeRecovered, language);
    case News::Kind::kFlapping:
      return word(Word::kChangeFlapping, language);
  }
  return word(Word::kChangeNew, language);
}

std::string word_for_scope(std::string_view scope, Language language) {
  if (scope == "host") return std::string(word(Word::kScopeHost, language));
  if (scope == "npu") return std::string(word(Word::kScopeNpu, language));
  if (scope == "group") return std::string(word(Word::kScopeGroup, language));
  if (scope == "cluster") return std::string(word(Word::kScopeCluster, language));
  return std::string(scope);
}

std::string word_for_state(std::string_view state, Language language) {
  if (state == "answered") return std::string(word(Word::kStateAnswered, language));
  if (state == "unreachable") return std::string(word(Word::kStateUnreachable, language));
  if (state == "hung") return std::string(word(Word::kStateHung, language));
  if (state == "died") return std::string(word(Word::kStateDied, language));
  if (state == "nonsense") return std::string(word(Word::kStateNonsense, language));
  if (state == "not visited") return std::string(word(Word::kStateNotVisited, language));
  return std::string(state);
}

std::string simulated_mark(bool simulated, Language language) {
  if (!simulated) return "";
  // The English word stays in Chinese reports: tools and people look for it.
  return language == Language::kZh ? " [SIMULATED 模拟集群]" : " [SIMULATED]";
}

}  // namespace touchstone
