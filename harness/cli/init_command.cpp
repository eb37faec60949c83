#include "harness/config/init.h"

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/files.h"
#include "harness/model/said.h"

namespace touchstone::cli {
namespace {

std::string inventory_text(const InitOptions& options) {
  const touchstone::InitOptions first{
      .cluster = options.cluster, .profile = options.profile, .language = options.language};
  if (!options.from_rank_table.empty())
    return inventory_from_rank_table(read_input(options.from_rank_table), options.from_rank_table,
                                     first);
  if (!options.from_ansible.empty())
    return inventory_from_ansible(read_input(options.from_ansible), options.from_ansible, first);
  return write_inventory(options.hosts, first);
}

}  // namespace

int init(const InitOptions& options) {
  write_output(options.out, inventory_text(options), options.force);
  if (options.out != "-")
    print(in(said("已写入 {0}。请检查,然后执行:touchstone run -i {0}\n",
                  "Wrote {0}. Look through it, then: touchstone run -i {0}\n", options.out),
             options.language));
  return 0;
}

}  // namespace touchstone::cli
