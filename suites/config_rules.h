#pragma once

#include <string>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/parse/mindie_config.h"

// What sections 6.1 and 6.2 expect; 06_2_service_config.cpp says which step each belongs to.
namespace touchstone {

void expect_container_ip_inside(const Evidence& host);
void expect_strict_config(const Evidence& host);
void expect_parameters(const Evidence& host);
void expect_fitting_parameters(const Evidence& host);
void expect_same_config(const Evidence& group);

// What a parameter of config.json must be: of the profile, and the three TLS switches of the site.
struct WantedParameter {
  std::string key, wanted;  // as Profile::service_config has them
  Text why;
};
std::vector<WantedParameter> wanted_parameters(const Profile& profile);
// `wanted` decides the type as well: a number in quotes is no number for MindIE.
bool parameter_fits(const JsonNode& node, const std::string& wanted);
std::string wanted_npus(int npus);  // "[[0,1]]"

// The weights of the host's configuration are known not to be there. It is none that somebody has
// made for this cluster: in a container that was made anew, the image's own example names such
// weights. Nothing is taken over from it.
bool weights_are_missing(const Evidence& host);

// One value of a group's configurations that a host has otherwise (6.2.4).
struct ConfigDifference {
  std::string host;
  std::string path;   // with the places in lists: "BackendConfig.….ModelConfig[0].modelName"
  std::string right;  // as JSON, without blanks; "is not there"
};
const std::vector<ConfigDifference>& config_differences(const Evidence& any_of_group);

}  // namespace touchstone
