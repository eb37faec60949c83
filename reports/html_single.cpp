#include <cstring>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "reports/html.h"
#include "reports/html_page.h"
#include "reports/html_pages.h"

namespace touchstone {
namespace {

// Pages that follow each other in one file. Each but the first is a section whose id, and with it
// the begin of all ids in it, is of its own: "p3".
class SingleFile {
 public:
  SingleFile(const RunRecord& record, Language language)
      : language_(language), css_(html::style_sheet(record, language)) {
    for (const auto& [name, text] : html_pictures(record, language))
      pictures_[name].load_buffer(text.data(), text.size(),
                                  pugi::parse_default | pugi::parse_ws_pcdata);
  }

  void take(html::PageTree page) {
    if (!whole_.first_child()) {
      whole_ = std::move(page.document);
      body_ = whole_.child("html").child("body");
      body_.append_attribute("id").set_value("top");
      into_style(whole_.child("html").child("head"));
      change(body_, page.name);
    } else if (page.calm) {
      left_out_.insert("#" + id_of(page.name));
    } else {
      append(page);
    }
  }

  std::string text() {
    if (!left_out_.empty()) {
      html::add(body_, "p", "none",
                fmt::format("{} {}", left_out_.size(), word(Word::kInFolder, language_)));
      unlink(body_);
    }
    return html::text_of(whole_);
  }

 private:
  void append(const html::PageTree& page) {
    pugi::xml_node section = body_.append_child("section");
    section.append_attribute("class").set_value("page");
    section.append_attribute("id").set_value(id_of(page.name).c_str());
    for (pugi::xml_node node : page.document.child("html").child("body").children()) {
      // Once is enough, and every printed sheet says it.
      if (std::strcmp(node.attribute("class").value(), "simulated") != 0) section.append_copy(node);
    }
    change(section, page.name);
  }

  // What is between the marks is text for HTML, and for XML too.
  void into_style(pugi::xml_node head) {
    head.remove_child("link");
    pugi::xml_node style = head.append_child("style");
    style.append_child(pugi::node_pcdata).set_value("/*");
    style.append_child(pugi::node_cdata).set_value(("*/\n" + css_ + "/*").c_str());
    style.append_child(pugi::node_pcdata).set_value("*/");
  }

  // "p3"; links come before the pages that they lead to.
  std::string id_of(const std::string& page) {
    return fmt::format("p{}", ids_.try_emplace(page, ids_.size()).first->second);
  }
  std::string anchor_of(const std::string& page, const std::string& id) {
    if (page == "index.html") return id.empty() ? "top" : id;
    return id.empty() ? id_of(page) : id_of(page) + "-" + id;
  }

  void change(pugi::xml_node node, const std::string& page) {
    for (pugi::xml_node child = node.first_child(); child;) {
      const pugi::xml_node next = child.next_sibling();
      if (const auto picture = pictures_.find(child.attribute("href").value());
          picture != pictures_.end()) {
        pugi::xml_node drawn = node.insert_copy_before(picture->second.first_child(), child);
        drawn.append_attribute("class").set_value("mesh");
        node.remove_child(child);
      } else {
        change_one(child, page);
        change(child, page);
      }
      child = next;
    }
  }

  void change_one(pugi::xml_node node, const std::string& page) {
    if (pugi::xml_attribute id = node.attribute("id"))
      id.set_value(anchor_of(page, id.value()).c_str());
    pugi::xml_attribute href = node.attribute("href");
    if (!href) return;
    const std::string leads = href.value();
    const std::size_t mark = leads.find('#');
    const std::string where = mark == 0 ? page : leads.substr(0, mark);
    const std::string id = mark == std::string::npos ? "" : leads.substr(mark + 1);
    href.set_value(("#" + anchor_of(where, id)).c_str());
  }

  // What leads to a page that was left out leads nowhere.
  void unlink(pugi::xml_node node) {
    for (pugi::xml_node child : node.children()) {
      const std::string leads = child.attribute("href").value();
      if (left_out_.contains(leads.substr(0, leads.find('-')))) child.remove_attribute("href");
      unlink(child);
    }
  }

  Language language_;
  std::string css_;
  std::map<std::string, pugi::xml_document> pictures_;
  std::map<std::string, std::size_t> ids_{{"index.html", 0}};
  std::set<std::string> left_out_;  // "#p3"
  pugi::xml_document whole_;
  pugi::xml_node body_;
};

}  // namespace

std::string html_single(const RunRecord& record, Language language) {
  SingleFile file(record, language);
  html::make_pages(record, language, [&](html::PageTree page) { file.take(std::move(page)); });
  return file.text();
}

}  // namespace touchstone
