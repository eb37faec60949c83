#include "harness/collect/frames.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "harness/collect/former_keys.h"
#include "harness/model/redact.h"

namespace touchstone {
namespace {

constexpr std::size_t kLongestLine = 4096;
constexpr std::size_t kMostInBlock = 1000;
constexpr std::size_t kMostBytes =
    std::size_t{64} << 20;  // of all answers of one host; a real one gives some 100 KB

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

// A time in seconds; "nan" and "inf" are numbers to the library, but not to us.
bool seconds(std::string_view text, double& value) {
  return number(text, value) && std::isfinite(value) && value >= 0 && value < 1e12;
}

// timeout(1) exits with 124, or 137 when it had to kill; 143 and 137 come from the janitor's
// signals.
bool by_time_limit(int code) {
  return code == 124 || code == 137 || code == 143;
}

}  // namespace

FrameReader::FrameReader(const std::string& nonce, const Inventory& inventory, const Group& group,
                         const Host& host, const Batch& batch)
    : mark_("@TS " + nonce + " "), inventory_(inventory), group_(group), host_(host) {
  for (const Question& question : batch.questions) {
    const int npu = question.where == Where::kNpu ? kEveryNpu : -1;
    questions_[{question.key, npu}] = &question;
    if (question.second_look) questions_[{question.key + ".again", npu}] = &question;
  }
}

FrameReader::FrameReader(const std::string& nonce, const Inventory& inventory, const Group& group,
                         const Host& host, const Turn& asked)
    : mark_("@TS " + nonce + " "), inventory_(inventory), group_(group), host_(host) {
  for (const FollowUp& one : asked)
    if (one.host == host.name) questions_[{one.question.key, one.npu}] = &one.question;
}

const Question* FrameReader::question_of(const AnswerKey& key) const {
  auto at = questions_.find(key);
  if (at == questions_.end() && key.npu >= 0 && key.npu < host_.npus)
    at = questions_.find({key.question, kEveryNpu});
  return at == questions_.end() ? nullptr : at->second;
}

void FrameReader::feed(std::string_view bytes) {
  if (finished_) return;
  buffer_ += bytes;
  while (!finished_ && step()) {
  }
  // Moving the rest forward after every line would take quadratic time on junk.
  buffer_.erase(0, finished_ ? buffer_.size() : at_);
  at_ = 0;
}

// One line or one payload; false: more bytes are needed.
bool FrameReader::step() {
  if (state_ == State::kPayload) return read_payload();
  const std::size_t end = rest().find('\n');
  if (end == std::string_view::npos) {
    if (rest().size() <= kLongestLine) return false;
    // No line of ours is that long: this is noise, and so is what follows up to its end.
    if (state_ != State::kSeek) refuse();
    at_ = buffer_.size();
    mid_line_ = true;
    return false;
  }
  const std::string_view line = rest().substr(0, end);
  const bool whole = !std::exchange(mid_line_, false) && line.size() <= kLongestLine;
  at_ += end + 1;
  if (state_ != State::kSeek && !(whole && take_head(line))) refuse();
  if (state_ == State::kSeek && whole) seek(line);
  return true;
}

void FrameReader::seek(std::string_view line) {
  if (!line.starts_with(mark_)) return;
  line.remove_prefix(mark_.size());
  const std::string_view what = word(line);
  if (what == "ready") {
    ready_ = true;
  } else if (what == "hello" && !began_) {
    const bool known_form = word(line) == "1";
    began_ = known_form && seconds(word(line), host_time_) && seconds(word(line), host_uptime_);
    host_name_ = word(line);
  } else if (what == "fail") {
    failure_ = line.substr(std::min<std::size_t>(line.size(), 1));
  } else if (what == "bye" && began_) {
    finished_ = true;
  } else if (what == "block" && began_) {
    open_block(line);
  }
}

void FrameReader::open_block(std::string_view rest) {
  chain_ = word(rest);
  entries_.clear();
  sizes_.clear();
  payload_ = 0;
  if (number(word(rest), count_) && count_ > 0 && count_ <= kMostInBlock) {
    entries_.reserve(count_);  // sizes_ points into it
    state_ = State::kEntries;
  } else {
    ++refused_;
  }
}

// A line of a block's head. False: it does not belong where it stands.
bool FrameReader::take_head(std::string_view line) {
  switch (state_) {
    case State::kEntries:
      return take_entry(line);
    case State::kSizes:
      return take_size(line);
    case State::kTotal:  // wc's own sum
      state_ = State::kData;
      return line.find("total") != std::string_view::npos;
    case State::kData:
      state_ = State::kPayload;
      return line == mark_ + "data";
    default:
      return false;
  }
}

bool FrameReader::take_entry(std::string_view line) {
  Entry entry;
  entry.key.question = key_of_today(std::string(word(line)));
  if (!number(word(line), entry.key.npu) || entry.key.npu < -1) return false;
  entry.question = question_of(entry.key);
  entry.code = word(line);
  if (!entry.question || !seconds(word(line), entry.start) || !seconds(word(line), entry.end))
    return false;
  entry.whole = word(line) == "whole";
  entries_.push_back(std::move(entry));
  if (entries_.size() < count_) return true;
  for (auto each = entries_.rbegin(); each != entries_.rend(); ++each)
    if (each->code != "none") sizes_.insert(sizes_.end(), {&each->err, &each->out});
  state_ = sizes_.empty() ? State::kData : State::kSizes;
  return true;
}

bool FrameReader::take_size(std::string_view line) {
  // No stream is larger than the largest that we asked for; whether it is that of its own question,
  // keep() looks at.
  std::size_t& size = *sizes_.back();
  sizes_.pop_back();
  if (!number(word(line), size) || size > kMostBytes - kept_ - payload_) return false;
  payload_ += size;
  if (sizes_.empty()) {
    for (const Entry& entry : entries_)
      if (std::max(entry.out, entry.err) > entry.question->bytes + 1) return false;
    state_ = State::kTotal;
  }
  return true;
}

void FrameReader::refuse() {
  ++refused_;
  state_ = State::kSeek;
}

bool FrameReader::read_payload() {
  const std::string end = "\n" + mark_ + "end " + chain_ + "\n";
  const std::string_view bytes = rest();
  if (bytes.size() < payload_ + end.size()) return false;
  if (bytes.substr(payload_, end.size()) != end) {
    // Something else wrote in between. What follows the head is looked through again: the next
    // frame may be in it.
    refuse();
    return true;
  }
  std::size_t at = 0;
  for (const Entry& entry : entries_) {
    keep(entry, bytes.substr(at, entry.out), bytes.substr(at + entry.out, entry.err));
    at += entry.out + entry.err;
  }
  kept_ += payload_;
  at_ += payload_ + end.size();
  state_ = State::kSeek;
  return true;
}

void FrameReader::keep(const Entry& entry, std::string_view out, std::string_view err) {
  const Question& question = *entry.question;
  Answer answer;
  answer.command = typed(command_of(question, group_, host_, inventory_.profile, entry.key.npu));
  answer.start = host_time_ + entry.start - host_uptime_;
  answer.seconds = std::max(0.0, entry.end - entry.start);
  answer.cut = out.size() > question.bytes || err.size() > question.bytes;
  answer.out = redacted(std::string(out.substr(0, question.bytes)));
  answer.err = redacted(std::string(err.substr(0, question.bytes)));
  if (entry.code == "none")
    answer.end = Answer::End::kNoTool;
  else if (!number(entry.code, answer.exit_code) || !entry.whole)
    answer.end = Answer::End::kLost;  // a part of it may have come: that is not an answer
  else if (by_time_limit(answer.exit_code) &&
           answer.seconds >= static_cast<double>(limit_of(question)) - 0.1)
    answer.end = Answer::End::kTimedOut;
  answers_.emplace(entry.key, std::move(answer));
}

std::string FrameReader::redacted(const std::string& text) const {
  return redact(text, inventory_.secrets);
}

}  // namespace touchstone
