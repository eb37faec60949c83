#pragma once

#include "harness/model/evidence.h"
#include "suites/probes.h"

// What section 3.2 expects; 03_2_rank_table.cpp says which step each belongs to.
namespace touchstone {

void expect_rank_table_file(const Evidence& host);
void expect_well_formed(const Evidence& host);
void expect_same_file(const Evidence& group);
void expect_servers(const Evidence& group);
void expect_container_ip(const Evidence& host);
// What is wrong with the container_ips of a table.
std::vector<RankTableProblem> container_ip_problems(const RankTable& table, const Profile& profile);
void expect_order(const Evidence& host);
void expect_ranks(const Evidence& host);
void expect_live_addresses(const Evidence& host);
void expect_private_file(const Evidence& host);

}  // namespace touchstone
