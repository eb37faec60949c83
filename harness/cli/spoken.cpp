#include "harness/cli/spoken.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace touchstone::cli {
namespace {

const char* kind_of(const CLI::Error& error) {
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::ExtrasError:
      return "有不认识的词";
    case CLI::ExitCodes::RequiredError:
      return "缺少必需的内容";
    case CLI::ExitCodes::ConversionError:
    case CLI::ExitCodes::ValidationError:
      return "取值不对";
    case CLI::ExitCodes::ArgumentMismatch:
      return "取值的个数不对";
    case CLI::ExitCodes::RequiresError:
      return "缺少须与之同用的选项";
    case CLI::ExitCodes::ExcludesError:
      return "有不能同用的选项";
    default:
      return "用法不对";
  }
}

}  // namespace

Language language_in(const std::vector<std::string>& args) {
  for (std::size_t i = 0; i < args.size(); ++i)
    if (args[i] == "--lang=zh" || (args[i] == "zh" && i > 0 && args[i - 1] == "--lang"))
      return Language::kZh;
  return Language::kEn;
}

void speak(CLI::App& app, const Spoken& say) {
  app.set_help_flag("-h,--help", say("打印本说明", "Print this help message and exit"));
  if (say.language() == Language::kEn) return;
  app.group("命令");
  app.option_defaults()->group("选项");
  for (const auto& [english, chinese] : {std::pair{"Usage", "用法"},
                                         {"OPTIONS", "选项"},
                                         {"SUBCOMMAND", "命令"},
                                         {"SUBCOMMANDS", "命令"},
                                         {"Positionals", "参数"},
                                         {"REQUIRED", "必需"},
                                         {"Needs", "须与之同用"},
                                         {"Excludes", "不可同用"}})
    app.get_formatter()->label(english, chinese);
  // What exactly was wrong the library says in English; it quotes what was typed.
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return fmt::format("touchstone:{}({})\n加 --help 查看用法。\n", kind_of(error), error.what());
  });
}

void gather(CLI::App& app, const Spoken& say) {
  if (say.language() == Language::kEn) return;
  app.get_help_ptr()->group("选项");
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; }))
    gather(*command, say);
}

}  // namespace touchstone::cli
