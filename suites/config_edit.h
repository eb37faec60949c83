#pragma once

#include <map>
#include <string>
#include <string_view>

// How conf/config.json and daemon.json are changed: value by value, in the bytes of the file.
namespace touchstone {

// By path ("BackendConfig.ModelDeployConfig.ModelConfig[0].worldSize"; a list without a number
// means each of its elements), the value as JSON.
using ConfigValues = std::map<std::string, std::string>;

// The text with these values. Only the bytes of a value are replaced; a key that is not there is
// added at the end of its object, in the file's own indentation. Throws NoEvidence where the text
// is no strict JSON (with line and column), an object on the way is not there, or the outcome is
// not exactly what was meant. `file`: its name, as these reasons say it.
std::string edit_config(std::string_view text, const ConfigValues& values,
                        const std::string& file = "config.json");

// A text as JSON has it, quotes included.
std::string json_string(std::string_view text);

}  // namespace touchstone
