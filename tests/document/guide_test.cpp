// The guide itself lies beside the project, not in it: whatever a program can find in it has its
// entry in suites/document.yaml. TOUCHSTONE_DOCUMENT names another folder; without one these tests
// are not there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "harness/guide/guide.h"
#include "tests/document/guide_facts.h"
#include "tests/places.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;

fs::path folder() {
  if (const char* named = std::getenv("TOUCHSTONE_DOCUMENT")) return named;
  return fs::path(source_dir()).parent_path() / "shared" / "document";
}

std::vector<std::string> documents() {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder(), error))
    if (entry.path().extension() == ".md") files.push_back(entry.path().string());
  return files;
}

GuideText read(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return read_guide(text.str());
}

bool has(const Instruction& entry, const GuideFact& fact) {
  if (fact.link)
    return std::any_of(entry.about.begin(), entry.about.end(), [&](const std::string& about) {
      return about.size() > 5 && fact.words[0].find(about) != std::string::npos;
    });
  std::string about = " ";
  for (const std::string& one : entry.about) about += one + " ";
  return std::all_of(fact.words.begin(), fact.words.end(), [&](const std::string& word) {
    return about.find(" " + word + " ") != std::string::npos;
  });
}

// The entries of its section that it belongs to.
std::vector<std::size_t> entries_of(const Document& document, const GuideFact& fact) {
  std::vector<std::size_t> found;
  for (const DocumentSection& section : document)
    for (std::size_t i = 0; section.id == fact.section && i < section.instructions.size(); ++i)
      if (has(section.instructions[i], fact)) found.push_back(i);
  return found;
}

class TheGuide : public testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(TheGuide);
INSTANTIATE_TEST_SUITE_P(Documents, TheGuide, testing::ValuesIn(documents()),
                         [](const auto& info) { return std::to_string(info.index); });

TEST_P(TheGuide, HasNothingWithoutAnEntry) {
  const Document document = guide();
  const GuideText text = read(GetParam());
  EXPECT_GT(text.facts.size(), 150u);
  for (const GuideFact& fact : text.facts)
    EXPECT_FALSE(entries_of(document, fact).empty())
        << fact.str() << "\n  no entry of suites/document.yaml has it in `about`";
}

TEST_P(TheGuide, SaysWhatTheEntriesAreAbout) {
  GuideText text = read(GetParam());
  for (const DocumentSection& section : guide())
    for (const Instruction& entry : section.instructions)
      for (const std::string& about : entry.about) {
        std::istringstream words(about);
        for (std::string word; words >> word;)
          EXPECT_NE(text.sections[section.id].find(word), std::string::npos)
              << section.id << " does not say " << word << " (" << entry.what.en << ")";
      }
}

TEST_P(TheGuide, IsInTheSameOrder) {
  const Document document = guide();
  std::string section;
  std::size_t last = 0;
  for (const GuideFact& fact : read(GetParam()).facts) {
    if (fact.section != section) last = 0;
    section = fact.section;
    const std::vector<std::size_t> entries = entries_of(document, fact);
    const bool at_the_end = fact.words[0].starts_with("http");  // of a curl command
    // Nothing is to be learnt from a word that is in several.
    if (entries.size() != 1 || at_the_end) continue;
    EXPECT_GE(entries[0], last) << fact.str() << ": its entry comes too early";
    last = entries[0];
  }
}

// The same without the guide: what the reader of it makes of each form.
std::vector<std::string> facts_of(const std::string& text) {
  std::vector<std::string> all;
  for (const GuideFact& fact : read_guide(text).facts) {
    std::string words;
    for (const std::string& word : fact.words) words += (words.empty() ? "" : " ") + word;
    all.push_back(words);
  }
  return all;
}

TEST(GuideFacts, OfProse) {
  EXPECT_THAT(facts_of("before `nothing`\n# 1.2 Title\nuse `docker images`, `x`\n| a  | 8.0.T63 |\n"
                       "see https://h.example/a/b\n"),
              testing::ElementsAre("docker images", "x", "a 8.0.T63", "https://h.example/a/b"));
}

TEST(GuideFacts, OfCommands) {
  EXPECT_THAT(
      facts_of(
          "## 3.1 T\n```bash\n# comment\nfor i in {0..7}; do tool -i $i -g; done | grep x # c\n"
          "export A=\"b#c\"\t# d\nwget http://h/a%20b/c%3A1.tar && cd ~\n"
          "sed -i 's/\"k\"[[:space:]]*:.*,/\"k\" : \"\\/a\",/' /f\n"
          "cat > s << 'EOF'\nrun it\ncat > u << EOF_U\n[Unit]\nA=b c\nEOF_U\nEOF\nlast\n```\n"),
      testing::ElementsAre("tool -i $i -g", "grep x", "export A=\"b#c\"", "wget c:1.tar", "cd ~",
                           "sed -i \"k\" \"/a\"", "/f", "cat > s", "run it", "cat > u", "A=b c",
                           "last"));
}

TEST(GuideFacts, OfOptionsAndJson) {
  EXPECT_THAT(
      facts_of("## 4.2 T\n```bash\ndocker run -itd --a=b \\\n-v x:y \\\nimage\n"
               "curl -H \"A: b\" -X POST -d '{\n \"k\": [\n\"v\"], \"m\": 1}' http://h/\n"
               "```\n```jsonc\n\"p\" : \"...\", # note\n\"q\": false\n```\n"),
      testing::ElementsAre("docker run -itd", "--a=b", "-v x:y", "image", "curl -X POST -d",
                           "-H \"A: b\"", "\"k\"", "\"m\"", "http://h/", "\"p\"", "\"q\" false"));
}

}  // namespace
}  // namespace touchstone
