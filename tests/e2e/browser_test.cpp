#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include <gmock/gmock.h>

#include "reports/html.h"
#include "tests/e2e/chromium.h"
#include "tests/e2e/cluster.h"
#include "tests/e2e/jenkins.h"
#include "tests/e2e/skip.h"
#include "tests/places.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// Pages as a person sees them, in a real browser. TOUCHSTONE_UPDATE_GOLDEN=1 puts those into
// docs/images that the READMEs show; TOUCHSTONE_SCREENSHOTS=DIR keeps all of them.
class Browser : public testing::Test {
 protected:
  void SetUp() override {
    TOUCHSTONE_SKIP_UNLESS(Chromium::is_there(), "there is no /usr/bin/chromium");
    std::string name = (fs::temp_directory_path() / "touchstone-pages-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    chromium_ = std::make_unique<Chromium>();
  }
  void TearDown() override {
    chromium_.reset();
    if (!root_.empty()) fs::remove_all(root_);
  }

  // The same record in each language; returns the folder of the pages.
  std::string pages_of(const RunRecord& record, Language language) const {
    std::string folder = root_ + (language == Language::kZh ? "/zh" : "/en");
    for (const auto& [name, text] : html_report(record, language).files)
      write(folder + "/" + name, text);
    return folder;
  }

  // Under Jenkins' policy: nothing blocked, nothing said on the console, nothing to scroll
  // sideways for.
  Chromium::Seen look(const std::string& folder, const std::string& page) {
    const Jenkins jenkins(folder);
    Chromium::Seen seen = chromium_->visit(jenkins.url(page));
    EXPECT_THAT(seen.complaints, IsEmpty()) << page;
    EXPECT_LE(seen.width, 1280) << page;
    EXPECT_TRUE(seen.png.starts_with("\x89PNG")) << page;
    EXPECT_GT(seen.png.size(), 10'000U) << page << ": a page that shows nothing is small";
    if (const char* keep = std::getenv("TOUCHSTONE_SCREENSHOTS"))
      write(fs::path(keep) / (fs::path(folder).filename().string() + "-" + page + ".png"),
            seen.png);
    return seen;
  }

  std::vector<std::string> names_in(const std::string& folder) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename();
      if (name.ends_with(".html") || name.ends_with(".svg")) names.push_back(name);
    }
    return names;
  }

  // For the READMEs.
  void picture(const std::string& folder, const std::string& page, const std::string& name,
               int width, int height) {
    const Jenkins jenkins(folder);
    const std::string png = chromium_->visit(jenkins.url(page), width, height).png;
    EXPECT_TRUE(png.starts_with("\x89PNG")) << page;
    if (std::getenv("TOUCHSTONE_UPDATE_GOLDEN")) write(source_dir() + "/docs/images/" + name, png);
  }

  std::string root_;
  std::unique_ptr<Chromium> chromium_;
};

// Nights of which faults come and go, one fault that is waived, and then what --fix repairs.
class BrowserOfACluster : public Browser {
 protected:
  // The pages show the command: as a user would type it.
  Ran run(const std::string& out, const std::string& options) {
    return shell("cd " + cluster_.dir() + " && PATH=" + build_dir() +
                 "/bin:$PATH touchstone run -i cluster.yaml --out " + out + " " + options);
  }
  std::string folder(const std::string& out) const { return cluster_.dir() + "/" + out; }

  void nights() {
    const std::vector<std::vector<std::string>> faults{
        {},
        {"tls-on@node-01/3", "tls-on@node-01/4"},
        {},
        {"link-down@node-02/5"},
        {"link-down@node-02/5", "netdetect-unset@node-01/6"},
        {"tls-on@node-01/3", "link-down@node-02/5"},
        {"netdetect-unset@node-01/6"}};
    for (const auto& night : faults) {
      shell(kSim + " heal " + cluster_.dir());
      for (const std::string& fault : night) cluster_.fault(fault);
      run("night --force", "--chapter 3.1 --second-look 0 --history nights.db");
      if (night.empty() && !fs::exists(folder("handover")))
        fs::copy(folder("night"), folder("handover"), fs::copy_options::recursive);
    }
    shell(kSim + " heal " + cluster_.dir());
    write(folder("waivers.yaml"),
          "touchstone: 1\nwaivers:\n  - steps: [\"2.1.2\"]\n    targets: [\"node-01/npu4\"]\n"
          "    justification: the update of this NPU is planned for March\n"
          "    approver: Li Wei\n    expires: 2098-12-31 Asia/Shanghai\n");
    for (const char* fault :
         {"mindie-old@node-01", "firmware-old@node-01/4", "link-down@node-02/5",
          "netdetect-unset@node-01/6", "tls-on@node-01/3", "container-ip-missing",
          "container-shm-small@node-01", "connect-timeout-short", "config-last-key",
          "daemon-environ@node-01", "chat-half-body"})
      cluster_.fault(fault);
  }

  Cluster cluster_{2};
};

TEST_F(BrowserOfACluster, ShowsEveryPageUnderJenkinsPolicy) {
  nights();
  const Ran found = run("report", "--history nights.db --waivers waivers.yaml --baseline handover");
  ASSERT_EQ(found.code, 1) << found.out;
  const Ran repaired = run("repaired", "--fix --yes");
  ASSERT_EQ(repaired.code, 1) << repaired.out;
  for (const std::string out : {"report", "repaired"}) {
    shell(kTouchstone + " report " + folder(out) + " --format html --lang zh --out " +
          folder(out + "-zh"));
    for (const std::string& language : {std::string(), std::string("-zh")})
      for (const std::string& page : names_in(folder(out + language))) {
        const Chromium::Seen seen = look(folder(out + language), page);
        EXPECT_THAT(seen.title, HasSubstr("SIMULATED")) << page;
      }
  }
  EXPECT_THAT(names_in(folder("report-zh")),
              testing::UnorderedElementsAre("index.html", "host-node-01.html", "host-node-02.html",
                                            "mesh-1.svg", "trend.svg"));
  EXPECT_THAT(names_in(folder("repaired")), testing::Contains("changes.html"));
  for (const std::string zh : {"", "-zh"}) {
    const std::string report = folder("report" + zh), repaired = folder("repaired" + zh);
    picture(report, "index.html", "report" + zh + ".png", 1280, 1500);
    picture(report, "host-node-02.html", "host" + zh + ".png", 1280, 1300);
    picture(report, "trend.svg", "trend" + zh + ".png", 960, 206);
    picture(repaired, "changes.html", "changes" + zh + ".png", 1280, 1300);
  }
}

// What the other tests rely on.
TEST_F(Browser, SeesWhatThePolicyForbids) {
  const std::string head = "<!DOCTYPE html><meta charset=utf-8><title>x</title>";
  const auto complaints = [&](const std::string& body) {
    write(root_ + "/page.html", head + body);
    const Jenkins jenkins(root_);
    return chromium_->visit(jenkins.url("page.html")).complaints;
  };
  EXPECT_THAT(complaints("<p>good</p>"), IsEmpty());
  for (const char* bad :
       {"<style>p { color: red }</style>", "<p style='color: red'>x</p>", "<script>1</script>",
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", "<img src='nowhere.png'>",
        "<link rel=stylesheet href='http://127.0.0.1:9/x.css'>"})
    EXPECT_FALSE(complaints(bad).empty()) << bad;
}

TEST_F(Browser, NothingRunsOfWhatHostsSay) {
  for (Language language : {Language::kEn, Language::kZh}) {
    const std::string folder = pages_of(samples::hostile(), language);
    for (const std::string& page : names_in(folder)) look(folder, page);
    // And without a policy, as from a disk.
    write(folder + "/report.html", html_single(samples::hostile(), language));
    EXPECT_THAT(chromium_->visit("file://" + folder + "/report.html").complaints, IsEmpty());
  }
}

TEST_F(Browser, ThePagesOfAThousandHosts) {
  const std::string folder = pages_of(samples::many(1000, 40), Language::kEn);
  for (const char* page : {"index.html", "hosts.html", "host-node-08.html"}) look(folder, page);
}

TEST_F(Browser, TheSingleFileAsksForNothing) {
  for (Language language : {Language::kEn, Language::kZh}) {
    const std::string path = root_ + "/report.html";
    write(path, html_single(samples::repaired(), language));
    const Chromium::Seen seen = chromium_->visit("file://" + path);
    EXPECT_THAT(seen.complaints, IsEmpty());
    EXPECT_THAT(seen.asked, testing::ElementsAre("file://" + path));
    EXPECT_THAT(seen.title, HasSubstr("SIMULATED"));
    EXPECT_LE(seen.width, 1280);
  }
}

// In points, "0 0 WIDTH HEIGHT", of each.
std::vector<std::string> sheets_of(const std::string& pdf) {
  const std::string mark = "/MediaBox [";
  std::vector<std::string> sheets;
  for (std::size_t at = pdf.find(mark); at != std::string::npos; at = pdf.find(mark, at + 1))
    sheets.push_back(pdf.substr(at + mark.size(), pdf.find(']', at) - at - mark.size()));
  return sheets;
}

// Every sheet of every kind of page.
TEST_F(Browser, PrintsOnA4) {
  for (const Language language : {Language::kEn, Language::kZh}) {
    const std::string folder = pages_of(samples::repaired(), language);
    write(folder + "/report.html", html_single(samples::mixed(), language));
    for (const char* page : {"index.html", "host-node-02.html", "changes.html", "report.html"}) {
      const std::string pdf = chromium_->pdf("file://" + folder + "/" + page);
      EXPECT_THAT(pdf, testing::StartsWith("%PDF-"));
      const std::vector<std::string> sheets = sheets_of(pdf);
      EXPECT_FALSE(sheets.empty()) << page;
      for (const std::string& sheet : sheets)
        EXPECT_THAT(sheet, testing::MatchesRegex("0 0 594\\.[0-9]+ 841\\.[0-9]+"))
            << page << ": 210 by 297 mm, upright";
    }
  }
}

}  // namespace
}  // namespace touchstone
