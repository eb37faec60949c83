#include "suites/chapters.h"
#include "suites/service_rules.h"
#include "suites/weights_rules.h"

namespace touchstone {

Chapter service_start() {
  Chapter chapter{.id = "6.3", .title = {"拉起服务", "Starting the service"}};
  add_permission_steps(chapter);
  add_daemon_steps(chapter);
  return chapter;
}

}  // namespace touchstone
