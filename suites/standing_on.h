#pragma once

#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/step.h"

namespace touchstone {

// The step, standing on what all of its table stand on before what it names itself.
inline Step standing_on(std::vector<std::string> all, Step step) {
  step.stands_on.insert(step.stands_on.begin(), std::make_move_iterator(all.begin()),
                        std::make_move_iterator(all.end()));
  return step;
}

}  // namespace touchstone
