#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include <pugixml.hpp>

namespace touchstone {

inline std::string xml_string(const pugi::xml_document& document,
                              unsigned flags = pugi::format_indent) {
  struct Text : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override {
      text.append(static_cast<const char*>(data), size);
    }
  } writer;
  document.save(writer, " ", flags, pugi::encoding_utf8);
  return std::move(writer.text);
}

}  // namespace touchstone
