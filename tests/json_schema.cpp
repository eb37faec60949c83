#include "tests/json_schema.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include <nlohmann/json.hpp>

#include "tests/places.h"

namespace touchstone {
namespace {

using nlohmann::json;

// What says nothing of a value that could be wrong here.
const std::set<std::string> kRemarks{"$schema",     "$id",     "$defs",   "title",
                                     "description", "default", "examples"};

bool is_of(const json& value, const std::string& type) {
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  return type == value.type_name();
}

bool is_base64(std::string text) {
  if (text.size() % 4 != 0) return false;
  for (int i = 0; i < 2; ++i)
    if (text.ends_with('=')) text.pop_back();
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '/'; });
}

// A pattern of a schema is asked for every member of every map.
bool matches(const std::string& text, const std::string& pattern) {
  static std::map<std::string, std::regex> known;
  return std::regex_search(text, known.try_emplace(pattern, pattern).first->second);
}

class Checker {
 public:
  explicit Checker(const json& root) : root_(root) {}

  void check(const json& schema, const json& value, const std::string& path) {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) say(path, "is not in the schema");
      return;
    }
    // What else is asked of a value of another type would only be told in other words.
    if (schema.contains("type") && !type(schema["type"], value, path)) return;
    for (const auto& [keyword, wanted] : schema.items())
      if (!kRemarks.contains(keyword) && keyword != "type" && !one(keyword, wanted, value, path) &&
          !of_text(keyword, wanted, value, path) && !of_list(keyword, wanted, value, path) &&
          !of_map(keyword, wanted, schema, value, path))
        say(path, "the schema's keyword " + keyword + " is not checked here");
  }

  std::vector<std::string> wrong;

 private:
  void say(const std::string& path, const std::string& what) {
    wrong.push_back((path.empty() ? "" : path.substr(1)) + ": " + what);
  }
  void expect(bool holds, const std::string& path, const std::string& what) {
    if (!holds) say(path, what);
  }

  bool type(const json& names, const json& value, const std::string& path) {
    const json all = names.is_array() ? names : json::array({names});
    const bool fits =
        std::any_of(all.begin(), all.end(), [&](const json& name) { return is_of(value, name); });
    expect(fits, path, "is no " + names.dump());
    return fits;
  }

  // These are false where the keyword is not among theirs.
  bool one(const std::string& keyword, const json& wanted, const json& value,
           const std::string& path) {
    const auto limit = [&](bool holds, const char* what) {
      expect(!value.is_number() || holds, path, what);
      return true;
    };
    if (keyword == "$ref") {
      check(root_.at(json::json_pointer(wanted.get<std::string>().substr(1))), value, path);
      return true;
    }
    if (keyword == "const") {
      expect(wanted == value, path, "is not " + wanted.dump());
      return true;
    }
    if (keyword == "enum") {
      expect(std::find(wanted.begin(), wanted.end(), value) != wanted.end(), path,
             "is none of " + wanted.dump());
      return true;
    }
    if (keyword == "oneOf" || keyword == "anyOf") {
      const auto fits = std::count_if(wanted.begin(), wanted.end(), [&](const json& form) {
        Checker alone(root_);
        alone.check(form, value, path);
        return alone.wrong.empty();
      });
      expect(fits == 1 || (fits > 1 && keyword == "anyOf"), path,
             "fits " + std::to_string(fits) + " of the forms of " + keyword);
      return true;
    }
    if (keyword == "minimum") return limit(value >= wanted, "is too small");
    if (keyword == "maximum") return limit(value <= wanted, "is too great");
    if (keyword == "exclusiveMinimum") return limit(value > wanted, "is too small");
    return false;
  }

  bool of_text(const std::string& keyword, const json& wanted, const json& value,
               const std::string& path) {
    if (keyword != "pattern" && keyword != "contentEncoding") return false;
    if (!value.is_string()) return true;
    const std::string text = value;
    if (keyword == "pattern")
      expect(matches(text, wanted.get<std::string>()), path, "does not match " + wanted.dump());
    else
      expect(wanted == "base64" && is_base64(text), path, "is not in " + wanted.dump());
    return true;
  }

  bool of_list(const std::string& keyword, const json& wanted, const json& value,
               const std::string& path) {
    if (keyword != "items" && keyword != "minItems") return false;
    if (!value.is_array()) return true;
    if (keyword == "minItems") expect(value.size() >= wanted, path, "has too few");
    if (keyword == "items")
      for (std::size_t i = 0; i < value.size(); ++i)
        check(wanted, value[i], path + "[" + std::to_string(i) + "]");
    return true;
  }

  bool of_map(const std::string& keyword, const json& wanted, const json& schema, const json& value,
              const std::string& path) {
    static const std::set<std::string> kOurs{"properties", "patternProperties",
                                             "additionalProperties", "propertyNames", "required"};
    if (!kOurs.contains(keyword)) return false;
    if (!value.is_object()) return true;
    if (keyword == "required")
      for (const json& key : wanted)
        expect(value.contains(key.get<std::string>()), path, "lacks " + key.dump());
    if (keyword == "required") return true;
    for (const auto& [key, member] : value.items()) {
      const std::string at = path + "." + key;
      if (keyword == "propertyNames") check(wanted, key, at);
      if (keyword == "properties" && wanted.contains(key)) check(wanted[key], member, at);
      if (keyword == "patternProperties")
        for (const auto& [pattern, form] : wanted.items())
          if (matches(key, pattern)) check(form, member, at);
      if (keyword == "additionalProperties" && !is_named(schema, key)) check(wanted, member, at);
    }
    return true;
  }

  static bool is_named(const json& schema, const std::string& key) {
    if (schema.contains("properties") && schema["properties"].contains(key)) return true;
    if (!schema.contains("patternProperties")) return false;
    for (const auto& [pattern, form] : schema["patternProperties"].items())
      if (matches(key, pattern)) return true;
    return false;
  }

  const json& root_;
};

}  // namespace

json schema_of(const std::string& name) {
  std::ifstream file(source_dir() + "/docs/" + name);
  return json::parse(file);
}

std::vector<std::string> against_schema(const json& schema, const json& value) {
  Checker checker(schema);
  checker.check(schema, value, "");
  return checker.wrong;
}

}  // namespace touchstone
