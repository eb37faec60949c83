#pragma once

#include <map>
#include <set>
#include <string>

#include "reports/html_pages.h"

namespace touchstone::html {

// Pages that follow each other in one file. Each but the first is a section whose id, and with it
// the begin of all ids in it, is of its own: "p3".
class SingleFile {
 public:
  // `pictures`: by name, as html_report() has them.
  SingleFile(const std::map<std::string, std::string>& pictures, std::string css,
             Language language);

  // In the order of make_pages(), before text_of() has changed it.
  void take(const PageTree& page);
  std::string text();  // once all are taken

 private:
  void append(const PageTree& page);
  void into_style(pugi::xml_node head);
  std::string id_of(const std::string& page);
  std::string anchor_of(const std::string& page, const std::string& id);
  void change(pugi::xml_node node, const std::string& page);
  void change_one(pugi::xml_node node, const std::string& page);
  void unlink(pugi::xml_node node);

  Language language_;
  std::string css_;
  std::map<std::string, pugi::xml_document> pictures_;
  std::map<std::string, std::size_t> ids_{{"index.html", 0}};
  std::set<std::string> left_out_;  // "#p3"
  pugi::xml_document whole_;
  pugi::xml_node body_;
};

}  // namespace touchstone::html
