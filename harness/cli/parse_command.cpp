#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/model/clean.h"
#include "harness/model/said.h"
#include "harness/parse/kinds.h"

namespace touchstone::cli {
namespace {

int list_kinds(Language language) {
  for (const ParseKind& kind : parse_kinds())
    print(fmt::format("{:<18} {:<44} {}\n", kind.name, kind.command,
                      language == Language::kZh ? kind.description.zh : kind.description.en));
  return 0;
}

int refuse(std::string_view word, const Text& reason, Language language) {
  print(fmt::format("{} ({}): {}\n", in({.zh = "不采信", .en = "refused"}, language), word,
                    harmless(in(reason, language))));
  return 1;
}

int parse_text(const std::string& text, const ParseOptions& options) {
  const Parsed<std::string> json = parse_to_json(options.kind, text);
  if (!json) return refuse(name_of(json.refusal().kind), json.refusal().reason, options.language);
  print(json.value() + "\n");
  return 0;
}

}  // namespace

// Prints the value as JSON (0) or the reason for refusing (1), never anything else; a file that
// cannot be read is such a reason.
int parse(const ParseOptions& options) {
  if (options.kind.empty()) return list_kinds(options.language);
  const auto kinds = parse_kinds();
  const bool known = std::any_of(kinds.begin(), kinds.end(),
                                 [&](const ParseKind& k) { return k.name == options.kind; });
  if (!known)
    throw Failure(
        kWrongUsage,
        said("parse:没有名为 '{}' 的种类;`touchstone parse --list` 列出全部",
             "parse: there is no kind '{}'; `touchstone parse --list` names them", options.kind));
  std::string text;
  try {
    text = read_input(options.file);
  } catch (const Failure& unreadable) {
    return refuse("unreadable", unreadable.text, options.language);
  }
  return parse_text(text, options);
}

}  // namespace touchstone::cli
