#include "reports/svg.h"

#include <fmt/format.h>

#include "harness/model/clean.h"

namespace touchstone::svg {

std::string number(double value) {
  return fmt::format("{:.6g}", value);
}

pugi::xml_node add(pugi::xml_node parent, const char* element, Attributes attributes) {
  pugi::xml_node node = parent.append_child(element);
  for (const auto& [key, value] : attributes)
    node.append_attribute(key).set_value(harmless_line(value).c_str());
  return node;
}

void say(pugi::xml_node node, std::string_view text) {
  node.append_child(pugi::node_pcdata).set_value(harmless_line(text).c_str());
}

}  // namespace touchstone::svg
