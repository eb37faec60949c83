#pragma once

#include "harness/model/evidence.h"

// What sections 1.1, 4.1 and 4.2 expect of image and container; 04_container.cpp and
// 01_1_software.cpp say which step each belongs to.
namespace touchstone {

// container_image.cpp
void expect_image_is_loaded(const Evidence& host);
void expect_the_same_image(const Evidence& group);
void expect_made_from_image(const Evidence& host);

// container_rules.cpp
void expect_container_runs(const Evidence& host);
void expect_documented_options(const Evidence& host);
void expect_devices_given(const Evidence& host);
void expect_device_nodes(const Evidence& host);
void expect_npus_inside(const Evidence& host);
void expect_clean_environment(const Evidence& host);

// The container's copy of hccn.conf is the host's file. Where there is no container to look into,
// only the remark that it was not compared.
void expect_hccn_conf_inside(const Evidence& host);

}  // namespace touchstone
