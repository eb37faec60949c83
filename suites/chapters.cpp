#include "suites/chapters.h"

namespace touchstone {

std::vector<Chapter> all_chapters() {
  return {access(),
          server_requirements(),
          driver(),
          docker(),
          fabric(),
          rank_table(),
          image(),
          container(),
          environment(),
          weights(),
          service_variables(),
          service_config(),
          service_start(),
          endpoints()};
}

}  // namespace touchstone
