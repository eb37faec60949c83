#include "harness/model/parsed.h"

#include <algorithm>
#include <array>

namespace touchstone {
namespace {

struct KindWords {
  Refusal::Kind kind;
  std::string_view name, zh;
};

using enum Refusal::Kind;
constexpr std::array<KindWords, 9> kWords{{
    {kEmpty, "empty", "没有输出"},
    {kNotSet, "not-set", "未设置"},
    {kNoCertificates, "no-certificates", "没有证书"},
    {kErrorText, "error-text", "工具报错"},
    {kUnsupported, "unsupported", "不支持的形式"},
    {kMasked, "masked", "地址被遮盖"},
    {kElided, "elided", "内容被省略"},
    {kMalformed, "malformed", "形式不符"},
    {kSeveral, "several", "多个设备的回答"},
}};

const KindWords& words_of(Refusal::Kind kind) {
  return *std::find_if(kWords.begin(), kWords.end(),
                       [&](const KindWords& words) { return words.kind == kind; });
}

}  // namespace

std::string_view name_of(Refusal::Kind kind) {
  return words_of(kind).name;
}

Text reason_of(const Refusal& refusal) {
  return {std::string(words_of(refusal.kind).zh) + ":" + refusal.reason, refusal.reason};
}

}  // namespace touchstone
