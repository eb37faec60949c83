#pragma once

#include "harness/model/step.h"
#include "suites/probes_weights.h"

// What the steps of chapter 5 and the permissions of 6.3 expect.
namespace touchstone {

// weights_there.cpp
void expect_weights_there(const Evidence& host);      // 5.1.1
void expect_weights_the_same(const Evidence& group);  // 5.1.2
void expect_no_links(const Evidence& host);           // 5.1.4

// weights_fit.cpp
void expect_kind_of_weights(const Evidence& host);     // 5.1.3
void expect_loadable(const Evidence& host);            // 5.1.5
void expect_private_weights(const Evidence& host);     // 6.3.1
void expect_private_rank_table(const Evidence& host);  // 6.3.2

// "a, b, c and 160 more": many alike are one finding.
Text some_of(const std::vector<std::string>& names);
Text some_of(const std::vector<Text>& sentences);
// The shards that are not as long as their headers say, each with both lengths; or what is wrong
// with the header itself.
std::vector<Text> wrong_lengths(const WeightsFiles& files,
                                const std::vector<SafetensorsShard>& shards);
// Of neither this user (a name or a number) nor root.
bool is_foreign(const FileStat& file, const std::string& user);
// A disk of this host alone, as far as its name tells.
bool is_local(const DiskFree& mount);

// The steps of 6.3 that are about permissions, for that chapter; they need weights_later() too.
void add_permission_steps(Chapter& chapter);  // 05_weights.cpp

}  // namespace touchstone
