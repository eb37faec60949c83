#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/collect/batch.h"
#include "harness/model/said.h"
#include "harness/model/visit.h"

namespace touchstone {

// Of a visit: frames that were refused.
inline Phrase unreadable(std::size_t frames) {
  return said("{} 个无法解读的帧", "{} unreadable frames", frames);
}

// Reads what the collection script prints, as it arrives (docs/recording.md tells the form).
// Everything outside frames (banners, noise of a profile, binary junk) is passed over; a frame
// whose counts or marks do not fit is refused whole, since no answer in it can be told from the
// noise. It holds no more than one frame and the answers, and a frame larger than its questions
// allow is refused before it is read.
class FrameReader {
 public:
  FrameReader(const std::string& nonce, const Inventory& inventory, const Group& group,
              const Host& host, const Batch& batch);
  // Of a later turn; `asked` must outlive the reader, as the batch must.
  FrameReader(const std::string& nonce, const Inventory& inventory, const Group& group,
              const Host& host, const Turn& asked);

  void feed(std::string_view bytes);

  bool ready() const { return ready_; }        // the shell is there and reads our script
  bool began() const { return began_; }        // the opening frame was read
  bool finished() const { return finished_; }  // the closing one, too
  std::size_t refused() const { return refused_; }
  double host_time() const {
    return host_time_;
  }  // Unix time by the host's clock at the opening frame
  const std::string& host_name() const { return host_name_; }
  const std::string& failure() const { return failure_; }  // why the script itself gave up
  std::size_t answered() const { return answers_.size(); }
  std::map<AnswerKey, Answer> take_answers() { return std::move(answers_); }
  std::string redacted(const std::string& text) const;  // without the site's secrets, too

 private:
  // One answer as the frame's head announces it.
  struct Entry {
    const Question* question = nullptr;
    AnswerKey key;
    std::string code;
    bool whole = true;
    double start = 0, end = 0;
    std::size_t out = 0, err = 0;
  };
  enum class State { kSeek, kEntries, kSizes, kTotal, kData, kPayload };

  bool step();
  bool read_payload();
  void seek(std::string_view line);
  void open_block(std::string_view rest);
  bool take_head(std::string_view line);
  bool take_entry(std::string_view line);
  bool take_size(std::string_view line);
  void refuse();
  void keep(const Entry& entry, std::string_view out, std::string_view err);
  std::string_view rest() const { return std::string_view(buffer_).substr(at_); }

  std::string mark_;  // "@TS <nonce> "
  const Inventory& inventory_;
  const Group& group_;
  const Host& host_;
  const Question* question_of(const AnswerKey& key) const;

  static constexpr int kEveryNpu = -2;
  std::map<AnswerKey, const Question*> questions_;  // of an NPU, of the host, or kEveryNpu

  std::string buffer_;
  std::size_t at_ = 0;     // what is before it has been read
  bool mid_line_ = false;  // the line's beginning was too long and is gone
  State state_ = State::kSeek;
  std::string chain_;
  std::vector<Entry> entries_;
  std::vector<std::size_t*> sizes_;  // still to come, last first
  std::size_t count_ = 0, payload_ = 0;

  bool ready_ = false, began_ = false, finished_ = false;
  std::size_t refused_ = 0, kept_ = 0;
  double host_time_ = 0, host_uptime_ = 0;
  std::string host_name_, failure_;
  std::map<AnswerKey, Answer> answers_;
};

}  // namespace touchstone
