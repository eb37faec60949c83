#pragma once

#include <cstdlib>

#include <gtest/gtest.h>

// Where a test cannot run it is skipped with the reason; in CI (TOUCHSTONE_NO_SKIP) that is a
// failure.
#define TOUCHSTONE_SKIP_UNLESS(condition, reason)                             \
  if (!(condition)) {                                                         \
    if (std::getenv("TOUCHSTONE_NO_SKIP")) FAIL() << "skipped: " << (reason); \
    GTEST_SKIP() << (reason);                                                 \
  }
