#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "harness/model/past.h"
#include "harness/model/text.h"
#include "harness/model/verdict.h"
#include "harness/model/waiver.h"

namespace touchstone {

enum class Language { kEn, kZh };

// The fixed words of reports, in both languages. The catalogue is in words.cpp, in this order.
// clang-format off: a line each would hide the order
enum class Word {
  kAccepted,
  kRejected,
  kCouldNotTell,
  kSimulated,
  kSimulatedNote,
  kNotComplete,
  kReplayed,
  kFail,
  kError,
  kBlocked,
  kWaived,
  kFixed,
  kPass,
  kNotApplicable,
  kNotSelected,
  kNotRun,
  kReport,
  kCluster,
  kProfile,
  kHosts,
  kNpus,
  kVersions,
  kStarted,
  kDuration,
  kWho,
  kCommand,
  kTool,
  kSelection,
  kQuestions,
  kAnswered,
  kResults,
  kGroup,
  kMaster,
  kAddress,
  kVisit,
  kCauses,
  kNothingFound,
  kExpected,
  kActual,
  kWhere,
  kReason,
  kWhy,
  kNext,
  kNextOfError,
  kExplains,
  kMore,
  kMoreTargets,
  kEvidence,
  kExitCode,
  kTimedOut,
  kNoTool,
  kLost,
  kCut,
  kNoOutput,
  kAskedOn,
  kTook,
  kBlockedBy,
  kChapters,
  kMeasurements,
  kMatrix,
  kMatrixNote,
  kMatrixFolded,
  kPorts,
  kPortsNote,
  kHealthyHosts,
  kSteps,
  kStep,
  kRequirement,
  kPlace,
  kScope,
  kStandsOn,
  kRemedy,
  kAskedQuestions,
  kRiskSafe,
  kRiskService,
  kRiskDisruptive,
  kRiskHands,
  kScopeHost,
  kScopeNpu,
  kScopeGroup,
  kScopeCluster,
  kStateAnswered,
  kStateUnreachable,
  kStateHung,
  kStateDied,
  kStateNonsense,
  kStateNotVisited,
  kLink,
  kTls,
  kNetHealth,
  kSwitchPort,
  kHbm,
  kHealth,
  kUnknown,
  kPendingResults,
  kFoldedRows,
  kVerdicts,
  kChanges,
  kChangesNote,
  kFirstRun,
  kNothingChanged,
  kPreviousRun,
  kTrend,
  kTrendNote,
  kChangeNew,
  kChangeStill,
  kChangeRecovered,
  kChangeFlapping,
  kSince,
  kMovedSince,
  kNothingMoved,
  kFrom,
  kTo,
  kFlaky,
  kWaivers,
  kWaiversNote,
  kWaiverInForce,
  kWaiverExpired,
  kWaiverNotNeeded,
  kWaiverMatchesNothing,
  kWaiverNotJudged,
  kJustification,
  kApprover,
  kUntil,
  kMesh,
  kMeshNote,
  kMeshHow,
  kMeshRails,
  kMeshAsked,
  kMeshSample,
  kMeshRailSample,
  kMeshWhole,
  kMeshPartial,
  kMeshLost,
  kMeshNoAnswer,
  kMeshLeftOut,
  kMeshNotAsked,
  kMeshNpusLeftOut,
  kGuide,
  kNotAsserted,
  kBeyond,
  kLast_,
};
// clang-format on

std::string_view word(Word word, Language language);

std::string_view word_for(Verdict verdict, Language language);
std::string_view word_for(Risk risk, Language language);
std::string_view word_for(WaiverUse::State state, Language language);
std::string_view word_for(News::Kind kind, Language language);
std::string word_for_scope(std::string_view scope, Language language);  // as in StepInfo
std::string word_for_state(std::string_view state, Language language);  // as in HostInfo

// In this language, or in the other where it has none.
const std::string& in(const Text& text, Language language);

// "SIMULATED" or "模拟集群" is said everywhere, so that no report of a simulation is taken for a
// real one.
std::string simulated_mark(bool simulated, Language language);  // " [SIMULATED]" or nothing

}  // namespace touchstone
