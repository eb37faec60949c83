#include "reports/html_page.h"

#include "harness/model/clean.h"

namespace touchstone::html {

pugi::xml_node add(pugi::xml_node parent, const char* element, const char* css,
                   std::string_view text) {
  pugi::xml_node node = parent.append_child(element);
  if (*css != '\0') node.append_attribute("class").set_value(css);
  if (!text.empty()) add_text(node, text);
  return node;
}

void add_text(pugi::xml_node parent, std::string_view text) {
  parent.append_child(pugi::node_pcdata).set_value(harmless(text).c_str());
}

void set(pugi::xml_node node, const char* attribute, std::string_view value) {
  node.append_attribute(attribute).set_value(harmless_line(value).c_str());
}

pugi::xml_node link(pugi::xml_node parent, const std::string& target, std::string_view text) {
  pugi::xml_node node = parent.append_child("a");
  set(node, "href", "#" + target);
  add_text(node, text);
  return node;
}

pugi::xml_node lead(pugi::xml_node parent, const std::string& where, std::string_view text) {
  pugi::xml_node node = parent.append_child("a");
  set(node, "href", where);
  if (!text.empty()) add_text(node, text);
  return node;
}

std::string shortened(std::string_view text, std::size_t bytes) {
  return std::string(cut_to(text, bytes)) + (text.size() > bytes ? " …" : "");
}

const char* sign_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kFail:
      return "✗";
    case Verdict::kError:
      return "?";
    case Verdict::kBlocked:
      return "⊘";
    case Verdict::kWaived:
      return "~";
    case Verdict::kFixed:
      return "✚";
    case Verdict::kPass:
      return "✓";
    case Verdict::kNotApplicable:
      return "–";
    case Verdict::kNotSelected:
      return "·";
  }
  return "?";
}

const char* css_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kFail:
      return "fail";
    case Verdict::kError:
      return "error";
    case Verdict::kBlocked:
      return "blocked";
    case Verdict::kWaived:
      return "waived";
    case Verdict::kFixed:
      return "fixed";
    case Verdict::kPass:
      return "pass";
    case Verdict::kNotApplicable:
      return "na";
    case Verdict::kNotSelected:
      return "off";
  }
  return "error";
}

const char* sign_of(const Worst& worst) {
  return worst.pending ? "…" : sign_of(worst.verdict.value_or(Verdict::kNotSelected));
}

const char* css_of(const Worst& worst) {
  return css_of(worst.pending ? Verdict::kNotSelected
                              : worst.verdict.value_or(Verdict::kNotSelected));
}

std::string word_for(const Worst& worst, Language language) {
  if (worst.pending) return std::string(word(Word::kNotRun, language));
  return std::string(touchstone::word_for(worst.verdict.value_or(Verdict::kNotSelected), language));
}

void add_badge(pugi::xml_node parent, const Page& page, Verdict verdict) {
  add_badge(parent, page, Worst{.verdict = verdict});
}

void add_badge(pugi::xml_node parent, const Page& page, const Worst& worst) {
  const std::string text = std::string(sign_of(worst)) + " " + html::word_for(worst, page.language);
  add(parent, "span", (std::string("badge ") + css_of(worst)).c_str(), text);
}

std::string anchor_of_cause(std::size_t cause) {
  return "c" + std::to_string(cause + 1);
}

std::string anchor_of_step(const StepInfo& step) {
  return "s-" + step.id;
}

std::string anchor_of_row(std::size_t row) {
  return "a-" + std::to_string(row + 1);
}

pugi::xml_node add_section(pugi::xml_node body, const char* id, std::string_view title) {
  pugi::xml_node section = add(body, "section");
  set(section, "id", id);
  add(section, "h2", "", title);
  return section;
}

}  // namespace touchstone::html
