#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "harness/collect/batch.h"
#include "harness/model/visit.h"

namespace touchstone {

// Reads what the collection script prints, as it arrives. Everything outside frames (banners, noise of a profile, binary
// junk) is passed over; a frame whose counts or marks do not fit is refused whole. It holds no more than one frame, and a
// frame larger than its questions allow is refused before it is read.
class FrameReader {
 public:
  FrameReader(std::string nonce, const Inventory& inventory, const Group& group, const Host& host, const Batch& batch);

  void feed(std::string_view bytes);

  bool began() const { return began_; }        // the opening frame was read
  bool finished() const { return finished_; }  // the closing one, too
  std::size_t refused() const { return refused_; }
  double host_time() const { return host_time_; }  // Unix time by the host's clock at the opening frame
  const std::string& host_name() const { return host_name_; }
  std::map<AnswerKey, Answer> take_answers() { return std::move(answers_); }

 private:
  bool take_line(std::string_view line);
  void open_block(std::string_view rest);
  bool step();
  bool read_payload();
  void refuse();
  void keep(std::size_t index, std::string out, std::string err);

  struct Entry {
    const Question* question = nullptr;  // null: none of ours
    std::string key;
    int npu = -1;
    std::string code;
    double start = 0, end = 0;
    std::size_t out = 0, err = 0;
  };

  std::string mark_;  // "@TS <nonce> "
  const Inventory& inventory_;
  const Group& group_;
  const Host& host_;
  std::map<std::string, const Question*, std::less<>> questions_;
  std::string buffer_;
  bool mid_line_ = false;
  bool began_ = false, finished_ = false;
  std::size_t refused_ = 0;
  double host_time_ = 0, host_uptime_ = 0;
  std::string host_name_;
  std::string chain_;
  std::size_t count_ = 0, lines_ = 0;  // of the open block
  enum class State { kSeek, kHeader, kPayload } state_ = State::kSeek;
  std::vector<Entry> entries_;
  std::size_t payload_ = 0;
  std::map<AnswerKey, Answer> answers_;
};

}  // namespace touchstone
