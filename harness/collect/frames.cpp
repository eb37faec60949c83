#include "harness/collect/frames.h"

#include <charconv>
#include <utility>

#include "harness/collect/redact.h"

namespace touchstone {
namespace {

constexpr std::size_t kLongestLine = 4096;
constexpr std::size_t kMostInBlock = 1000;

std::string_view word(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  const std::string_view first = text.substr(0, text.find(' '));
  text.remove_prefix(first.size());
  return first;
}

template <class N>
bool number(std::string_view text, N& value) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

FrameReader::FrameReader(std::string nonce, const Inventory& inventory, const Group& group, const Host& host, const Batch& batch)
    : mark_("@TS " + std::move(nonce) + " "), inventory_(inventory), group_(group), host_(host) {
  for (const Question& question : batch.questions) {
    questions_[question.key] = &question;
    if (question.second_look) questions_[question.key + ".again"] = &question;
  }
}

void FrameReader::feed(std::string_view bytes) {
  buffer_ += bytes;
  while (!finished_ && step()) {
  }
  if (finished_) buffer_.clear();
}

// One line or one payload; false: more bytes are needed.
bool FrameReader::step() {
  if (state_ == State::kPayload) return read_payload();
  const std::size_t end = buffer_.find('\n');
  if (end == std::string::npos) {
    if (buffer_.size() <= kLongestLine) return false;
    // No mark is that long: this is noise, and so is the rest of the line.
    if (state_ == State::kHeader) refuse();
    buffer_.clear();
    mid_line_ = true;
    return false;
  }
  const std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  const bool whole = !std::exchange(mid_line_, false);
  if (!whole || !take_line(line)) {
    if (state_ == State::kHeader) refuse();
  }
  return true;
}

// False: a line that does not belong where it stands.
bool FrameReader::take_line(std::string_view line) {
  if (state_ == State::kHeader) {
    if (lines_ < count_) {
      Entry entry;
      std::string_view rest = line;
      entry.key = word(rest);
      bool good = number(word(rest), entry.npu);
      entry.code = word(rest);
      good = number(word(rest), entry.start) && number(word(rest), entry.end) && good;
      auto at = questions_.find(entry.key);
      if (at != questions_.end()) entry.question = at->second;
      entries_.push_back(std::move(entry));
      ++lines_;
      return good;
    }
    if (lines_ < 3 * count_) {
      const std::size_t index = (lines_ - count_) / 2;
      Entry& entry = entries_[index];
      std::size_t& size = (lines_ - count_) % 2 == 0 ? entry.out : entry.err;
      std::string_view rest = line;
      ++lines_;
      const std::size_t most = entry.question ? entry.question->bytes + 1 : 0;
      if (!number(word(rest), size) || size > most) return false;
      payload_ += size;
      return true;
    }
    if (lines_++ == 3 * count_) return line.find("total") != std::string_view::npos;  // wc's own sum
    if (line != mark_ + "data") return false;
    state_ = State::kPayload;
    return true;
  }
  if (!line.starts_with(mark_)) return false;
  line.remove_prefix(mark_.size());
  const std::string_view what = word(line);
  if (what == "hello" && !began_) {
    word(line);  // the form, 1
    began_ = number(word(line), host_time_) && number(word(line), host_uptime_);
    host_name_ = word(line);
  } else if (what == "bye" && began_) {
    finished_ = true;
  } else if (what == "block" && began_) {
    open_block(line);
  }
  return true;
}

void FrameReader::open_block(std::string_view rest) {
  chain_ = word(rest);
  entries_.clear();
  lines_ = payload_ = 0;
  if (number(word(rest), count_) && count_ > 0 && count_ <= kMostInBlock) state_ = State::kHeader;
  else ++refused_;
}

void FrameReader::refuse() {
  ++refused_;
  state_ = State::kSeek;
}

bool FrameReader::read_payload() {
  const std::string end = "\n" + mark_ + "end " + chain_ + "\n";
  if (buffer_.size() < payload_ + end.size()) return false;
  if (buffer_.compare(payload_, end.size(), end) != 0) {
    // Something else wrote in between, so no answer of this block can be told from the noise.
    refuse();
    return true;
  }
  std::size_t at = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    keep(i, buffer_.substr(at, entries_[i].out), buffer_.substr(at + entries_[i].out, entries_[i].err));
    at += entries_[i].out + entries_[i].err;
  }
  buffer_.erase(0, payload_ + end.size());
  state_ = State::kSeek;
  return true;
}

void FrameReader::keep(std::size_t index, std::string out, std::string err) {
  const Entry& entry = entries_[index];
  if (!entry.question || entry.npu < -1 || entry.npu >= host_.npus) return;
  const Question& question = *entry.question;
  Answer answer;
  answer.command = typed(command_of(question, group_, host_, inventory_.profile, entry.npu));
  answer.start = host_time_ + entry.start - host_uptime_;
  answer.seconds = entry.end - entry.start;
  answer.cut = out.size() > question.bytes || err.size() > question.bytes;
  if (out.size() > question.bytes) out.resize(question.bytes);
  if (err.size() > question.bytes) err.resize(question.bytes);
  answer.out = redact(std::move(out));
  answer.err = redact(std::move(err));
  if (entry.code == "none") answer.end = Answer::End::kNoTool;
  else if (!number(entry.code, answer.exit_code)) answer.end = Answer::End::kLost;
  // timeout(1) exits with 124, or 137 when the question had to be killed; 143 and 137 come from the watchdog.
  else if ((answer.exit_code == 124 || answer.exit_code == 137 || answer.exit_code == 143) && answer.seconds >= question.seconds - 0.1)
    answer.end = Answer::End::kTimedOut;
  answers_.insert_or_assign(AnswerKey{entry.key, entry.npu}, std::move(answer));
}

}  // namespace touchstone
