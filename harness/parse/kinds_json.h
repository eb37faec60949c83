#pragma once

// For the files that say how values look as JSON; only they include it.
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"
#include "harness/parse/kinds.h"
#include "harness/parse/of_device.h"

namespace touchstone {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

// Indented; foreign bytes that are no UTF-8 become U+FFFD, where the library would throw.
inline std::string text_of(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

// One value, or an array of several.
inline std::string text_of_all(std::vector<Json> values) {
  return values.size() == 1 ? text_of(values.front()) : text_of(Json(std::move(values)));
}

// A kind whose text holds one value. `Write` is the overload that says how it looks.
template <class T, Parsed<T> (*Parse)(std::string_view, std::string_view), Json (*Write)(const T&)>
Parsed<std::string> one_to_json(std::string_view text) {
  const auto value = Parse(text, "");
  if (!value) return value.refusal();
  return text_of(Write(value.value()));
}

template <class T, Parsed<std::vector<T>> (*Parse)(std::string_view, std::string_view),
          Json (*Write)(const T&)>
Parsed<std::string> each_to_json(std::string_view text) {
  const auto values = Parse(text, "");
  if (!values) return values.refusal();
  std::vector<Json> all;
  for (const T& value : values.value()) all.push_back(Write(value));
  return text_of_all(std::move(all));
}

// A kind of hccn_tool: the device comes first, null where the text does not tell it.
template <class T, Parsed<std::vector<OfDevice<T>>> (*Parse)(std::string_view, std::string_view),
          Json (*Write)(const T&)>
Parsed<std::string> devices_to_json(std::string_view text) {
  const auto values = Parse(text, "");
  if (!values) return values.refusal();
  std::vector<Json> all;
  for (const OfDevice<T>& value : values.value()) {
    Json json = {{"device", or_null(value.device)}};
    json.update(Write(value.value));
    all.push_back(std::move(json));
  }
  return text_of_all(std::move(all));
}

}  // namespace touchstone
