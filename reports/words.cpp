#include "reports/words.h"

namespace touchstone {

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
