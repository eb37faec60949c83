#include "reports/html_single.h"

#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "reports/html_page.h"

namespace touchstone::html {

SingleFile::SingleFile(const std::map<std::string, std::string>& pictures, std::string css,
                       Language language)
    : language_(language), css_(std::move(css)) {
  for (const auto& [name, text] : pictures)
    pictures_[name].load_buffer(text.data(), text.size(),
                                pugi::parse_default | pugi::parse_ws_pcdata);
}

void SingleFile::take(const PageTree& page) {
  if (!whole_.first_child()) {
    whole_.reset(page.document);
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

std::string SingleFile::text() {
  if (!left_out_.empty()) {
    add(body_, "p", "none",
        fmt::format("{} {}", left_out_.size(), word(Word::kInFolder, language_)));
    unlink(body_);
  }
  return text_of(whole_);
}

void SingleFile::append(const PageTree& page) {
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
void SingleFile::into_style(pugi::xml_node head) {
  head.remove_child("link");
  pugi::xml_node style = head.append_child("style");
  style.append_child(pugi::node_pcdata).set_value("/*");
  style.append_child(pugi::node_cdata).set_value(("*/\n" + css_ + "/*").c_str());
  style.append_child(pugi::node_pcdata).set_value("*/");
}

// "p3"; links come before the pages that they lead to.
std::string SingleFile::id_of(const std::string& page) {
  return fmt::format("p{}", ids_.try_emplace(page, ids_.size()).first->second);
}

std::string SingleFile::anchor_of(const std::string& page, const std::string& id) {
  if (page == "index.html") return id.empty() ? "top" : id;
  return id.empty() ? id_of(page) : id_of(page) + "-" + id;
}

void SingleFile::change(pugi::xml_node node, const std::string& page) {
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

void SingleFile::change_one(pugi::xml_node node, const std::string& page) {
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
void SingleFile::unlink(pugi::xml_node node) {
  for (pugi::xml_node child : node.children()) {
    const std::string leads = child.attribute("href").value();
    if (left_out_.contains(leads.substr(0, leads.find('-')))) child.remove_attribute("href");
    unlink(child);
  }
}

}  // namespace touchstone::html
