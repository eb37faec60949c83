#pragma once

#include <vector>

#include "harness/model/step.h"

namespace touchstone {

// The table of contents: the guide's sections in its own order, each with its steps.
std::vector<Chapter> all_chapters();

Chapter access();               // 0
Chapter server_requirements();  // 1.1
Chapter driver();               // 2.1
Chapter docker();               // 2.2
Chapter fabric();               // 3.1
Chapter rank_table();           // 3.2
Chapter image();                // 4.1
Chapter container();            // 4.2
Chapter environment();          // 4.3
Chapter weights();              // 5
Chapter service_variables();    // 6.1
Chapter service_config();       // 6.2
Chapter service_start();        // 6.3
Chapter endpoints();            // 6.4

}  // namespace touchstone
