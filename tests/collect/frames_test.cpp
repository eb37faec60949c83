#include "harness/collect/frames.h"

#include <chrono>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/collect/fake_host.h"

namespace touchstone {
namespace {

const std::string kNonce = "0123456789abcdef0123456789abcdef";
const std::string kMark = "@TS " + kNonce + " ";
const std::string kHello = "\n" + kMark + "hello 1 1700000000.5 100.00 h1\n";
const std::string kBye = "\n" + kMark + "bye\n";

// What a host with two NPUs prints that is asked "one" of itself and "two" of each NPU.
class Frames : public testing::Test {
 protected:
  Frames() {
    inventory_.groups.push_back({.name = "group-1", .hosts = {{.name = "h1", .npus = 2}}});
    batch_.questions = {ask_host("one", {"cat", "/etc/x"}), ask_npu("two", {"ask", "{npu}"}, 3)};
    for (Question& question : batch_.questions) question.bytes = 100;
  }

  FrameReader reader() {
    return {kNonce, inventory_, inventory_.groups[0], inventory_.groups[0].hosts[0], batch_};
  }

  FrameReader read(const std::string& text) {
    FrameReader reader = this->reader();
    reader.feed(text);
    return reader;
  }

  // `lines`: the head between the marks; `payload`: as it stands.
  static std::string block(const std::string& count, const std::string& lines,
                           const std::string& payload) {
    return "\n" + kMark + "block c " + count + "\n" + lines + kMark + "data\n" + payload + "\n" +
           kMark + "end c\n";
  }
  static std::string good(const std::string& out = "out", const std::string& err = "") {
    return block("1", "one -1 0 101.00 101.50 whole\n" + sizes(out, err), out + err);
  }
  static std::string sizes(const std::string& out, const std::string& err) {
    return " " + std::to_string(out.size()) + " c.1.o\n " + std::to_string(err.size()) +
           " c.1.e\n " + std::to_string(out.size() + err.size()) + " total\n";
  }

  Inventory inventory_;
  Batch batch_;
};

TEST_F(Frames, AnAnswerHasItsStreamsItsCodeAndItsTimes) {
  FrameReader frames = read(kHello + good("out\n", "err") + kBye);
  EXPECT_TRUE(frames.finished());
  EXPECT_EQ(frames.host_name(), "h1");
  EXPECT_DOUBLE_EQ(frames.host_time(), 1700000000.5);
  const auto answers = frames.take_answers();
  ASSERT_EQ(answers.size(), 1U);
  const Answer& one = answers.begin()->second;
  EXPECT_EQ(one.out, "out\n");
  EXPECT_EQ(one.err, "err");
  EXPECT_EQ(one.command, "cat /etc/x");
  EXPECT_DOUBLE_EQ(one.start, 1700000001.5);
  EXPECT_DOUBLE_EQ(one.seconds, 0.5);
}

// A script that an earlier version printed may be run today.
TEST_F(Frames, FormerNamesOfQuestionsAreKnown) {
  batch_.questions.push_back(ask_host("service-config", {"cat", "c"}));
  FrameReader frames =
      read(kHello + block("1", "weights-path -1 0 101.00 101.50 whole\n" + sizes("{}", ""), "{}") +
           kBye);
  EXPECT_EQ(frames.refused(), 0U);
  const auto answers = frames.take_answers();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers.begin()->first.question, "service-config");
  EXPECT_EQ(answers.begin()->second.out, "{}");
}

TEST_F(Frames, ArriveInPiecesOfAnySize) {
  const std::string binary("\0\xff\n@TS \r\n\x1b", 10);
  const std::string text = "Welcome" + kHello + "noise\n" + good(binary, "e") + "more" + kBye;
  const auto expected = read(text).take_answers();
  ASSERT_EQ(expected.size(), 1U);
  EXPECT_EQ(expected.begin()->second.out, binary);
  for (const std::size_t size : {1, 2, 3, 7, 64}) {
    FrameReader frames = reader();
    for (std::size_t at = 0; at < text.size(); at += size) frames.feed(text.substr(at, size));
    EXPECT_TRUE(frames.finished()) << size;
    EXPECT_EQ(frames.take_answers(), expected) << size;
  }
}

TEST_F(Frames, EndsAreToldApart) {
  const std::string head =
      "one -1 none 101 101 whole\ntwo 0 124 101 104 whole\ntwo 1 124 101 102 part\n";
  FrameReader frames = read(kHello + block("3", head + "0 a\n0 b\n0 c\n0 d\n0 total\n", "") + kBye);
  const auto answers = frames.take_answers();
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(answers.at({"one", -1}).end, Answer::End::kNoTool);
  EXPECT_EQ(answers.at({"two", 0}).end, Answer::End::kTimedOut);
  EXPECT_EQ(answers.at({"two", 0}).command, "ask 0");
  EXPECT_EQ(answers.at({"two", 1}).exit_code, 124);  // the tool's own, long before its limit
  EXPECT_EQ(answers.at({"two", 1}).end, Answer::End::kLost) << "only a part of it came";
  EXPECT_FALSE(answers.at({"two", 1}).cut);
}

TEST_F(Frames, OneByteMoreThanTheLimitSaysThatThereWasMore) {
  EXPECT_FALSE(read(kHello + good(std::string(100, 'x'))).take_answers().begin()->second.cut);
  const auto answers = read(kHello + good(std::string(101, 'x'))).take_answers();
  EXPECT_TRUE(answers.begin()->second.cut);
  EXPECT_EQ(answers.begin()->second.out.size(), 100U);
}

// A block that is not right in every part is refused whole; what comes behind it is read all the
// same.
TEST_F(Frames, WhatDoesNotFitIsRefused) {
  const std::string entry = "one -1 0 101 102 whole\n", three = "3 a\n0 b\n3 total\n";
  const std::pair<const char*, std::string> table[] = {
      {"a count of nothing", block("0", "", "")},
      {"a huge count", block("99999999999999999999", entry, "")},
      {"a negative count", block("-1", entry, "")},
      {"no count", block("", entry + three, "abc")},
      {"fewer entries than counted", block("2", entry + three, "abc")},
      {"more entries than counted", block("1", entry + entry + three, "abc")},
      {"a question that nobody asked", block("1", "three -1 0 101 102 whole\n" + three, "abc")},
      {"an NPU that is not there", block("1", "two 2 0 101 102 whole\n" + three, "abc")},
      {"an NPU below all", block("1", "two -2 0 101 102 whole\n" + three, "abc")},
      {"a start that is no number", block("1", "one -1 0 nan 102 whole\n" + three, "abc")},
      {"an end without end", block("1", "one -1 0 101 inf whole\n" + three, "abc")},
      {"a line cut short", block("1", "one -1\n" + three, "abc")},
      {"a size that is no number", block("1", entry + "x a\n0 b\n3 total\n", "abc")},
      {"a size beyond the limit",
       block("1", entry + "102 a\n0 b\n102 total\n", std::string(102, 'x'))},
      {"a size beyond all memory",
       block("1", entry + "18446744073709551615 a\n0 b\n3 total\n", "abc")},
      {"a negative size", block("1", entry + "-3 a\n0 b\n3 total\n", "abc")},
      {"no sum", block("1", entry + "3 a\n0 b\n", "abc")},
      {"a payload that is shorter", block("1", entry + three, "ab")},
      {"a payload that is longer", block("1", entry + three, "abcd")},
      {"noise in the head", block("1", entry + "Connection to h1 closed.\n" + three, "abc")},
      {"noise in the payload", block("1", entry + three, "abBROADCASTc")},
      {"another block's end",
       "\n" + kMark + "block c 1\n" + entry + three + kMark + "data\nabc\n" + kMark + "end d\n"},
      {"a line without end in the head",
       "\n" + kMark + "block c 1\n" + std::string(5000, 'x') + "\n"},
  };
  for (const auto& [what, text] : table) {
    FrameReader frames = read(kHello + text + good("after") + kBye);
    EXPECT_TRUE(frames.finished()) << what;
    EXPECT_GE(frames.refused(), 1U) << what;
    const auto answers = frames.take_answers();
    ASSERT_EQ(answers.size(), 1U) << what;
    EXPECT_EQ(answers.begin()->second.out, "after") << what;
  }
}

TEST_F(Frames, MarksWithAnotherNonceAreNoMarks) {
  std::string forged = kHello + good("forged") + kBye;
  for (std::size_t at = 0; (at = forged.find(kNonce, at)) != std::string::npos;)
    forged.replace(at, kNonce.size(), std::string(32, '0'));
  FrameReader frames = read(forged);
  EXPECT_FALSE(frames.began());
  EXPECT_FALSE(frames.finished());
  frames.feed(kHello + good(forged.substr(0, 90)) + kBye);  // nor are they inside of an answer
  EXPECT_EQ(frames.take_answers().at({"one", -1}).out, forged.substr(0, 90));
}

TEST_F(Frames, NothingCountsBeforeTheOpeningFrameOrAfterTheClosingOne) {
  FrameReader frames = read(good("early") + kBye + kHello + kBye + good("late"));
  EXPECT_TRUE(frames.finished());
  EXPECT_TRUE(frames.take_answers().empty());
}

TEST_F(Frames, TheFirstOfTwoAnswersCounts) {
  EXPECT_EQ(read(kHello + good("first") + good("second") + kBye).take_answers().at({"one", -1}).out,
            "first");
}

TEST_F(Frames, AnOpeningFrameThatIsNotOursBeginsNothing) {
  for (const char* text : {"hello 2 1700000000 100 h1", "hello 1 nan 100 h1",
                           "hello 1 1700000000 h1", "hello", "hello 1 -5 100 h1"}) {
    EXPECT_FALSE(read("\n" + kMark + text + "\n").began()) << text;
  }
}

TEST_F(Frames, TheScriptMayGiveUp) {
  FrameReader frames = read("\n" + kMark + "ready\n\n" + kMark + "fail no room\n");
  EXPECT_TRUE(frames.ready());
  EXPECT_EQ(frames.failure(), "no room");
}

// 100 MB that are no answer, in one line, in many, and as blocks that promise much: neither memory
// nor time.
TEST_F(Frames, FloodsCostLinearTime) {
  const std::string promise = "\n" + kMark +
                              "block c 1\none -1 0 101 102 whole\n100 a\n100 b\n200 total\n" +
                              kMark + "data\n";
  for (const std::string& piece :
       {std::string(1 << 16, 'x'), std::string(1 << 16, '\n'), std::string("@TS \n"), promise}) {
    std::string chunk;
    while (chunk.size() < (1 << 16)) chunk += piece;
    FrameReader frames = read(kHello);
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t fed = 0; fed < 100'000'000; fed += chunk.size()) frames.feed(chunk);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(15));
    frames.feed(std::string(500, '\n') + good() + kBye);
    EXPECT_TRUE(frames.finished());
    EXPECT_EQ(frames.take_answers().size(), 1U);
  }
}

}  // namespace
}  // namespace touchstone
