#pragma once

// All that `hccn_tool … -g` answers.
#include "harness/parse/hccn_address.h"
#include "harness/parse/hccn_link.h"
#include "harness/parse/hccn_lldp.h"
#include "harness/parse/hccn_optical.h"
#include "harness/parse/hccn_ping.h"
#include "harness/parse/hccn_tls.h"
