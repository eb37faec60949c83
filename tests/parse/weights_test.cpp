// The weights: listing, index, headers of the shards, configuration.
#include <gmock/gmock.h>

#include "harness/parse/safetensors.h"
#include "harness/parse/weights_config.h"
#include "harness/parse/weights_files.h"
#include "harness/parse/weights_index.h"
#include "tests/parse/expect.h"

namespace touchstone {
namespace {

using namespace std::string_literals;

// -- the listing
TEST(WeightsFiles, NamesComeOutAsTheyAre) {
  const auto listing = taken(parse_weights_files(
      "-|750|0|0|root|root|10|1|regular file\nplain.safetensors\0"
      "l|640|1001|1001|UNKNOWN|UNKNOWN|0|1|regular empty file\nwith blank|bar\ttab\nline.json\0"
      "l|\ndangling.safetensors\0"
      "-|777|0|0|root|root|4096|1|directory\n中文\0"s,
      ""));
  ASSERT_EQ(listing.files.size(), 4U);
  EXPECT_EQ(listing.files[0].stat.mode, 0750);
  EXPECT_EQ(listing.files[1].name, "with blank|bar\ttab\nline.json");
  EXPECT_TRUE(listing.files[1].link);
  EXPECT_EQ(listing.files[1].stat.uid, 1001);
  EXPECT_TRUE(listing.files[2].link);
  EXPECT_FALSE(listing.files[2].there);
  EXPECT_EQ(listing.find("中文")->stat.type, "directory");
  EXPECT_EQ(listing.find("nothing"), nullptr);
}

TEST(WeightsFiles, Refused) {
  const std::string cut = "-|750|0|0|root|root|10|1|regular file\na\0-|750|0|0"s;
  const std::string twice = "l|\na\0l|\na\0"s;
  const std::string unmarked = "750|0|0|root|root|10|1|regular file\na\0"s;
  const std::string nameless = "l|\n\0"s;
  const std::string foreign = "-|rwx|0|0|root|root|10|1|regular file\na\0"s;
  expect_all_refused(parse_weights_files,
                     {{"", Kind::kEmpty, "printed nothing"},
                      {"/data2/R1: No such file or directory\n", Kind::kNotSet, "not there"},
                      {"/data2/R1: Permission denied\n", Kind::kErrorText, "may not read"},
                      {"total 12\n", Kind::kMalformed, "end with NUL"},
                      {cut, Kind::kMalformed, "was cut"},
                      {twice, Kind::kMalformed, "stands twice"},
                      {unmarked, Kind::kMalformed, "is not l| or -|"},
                      {nameless, Kind::kMalformed, "is not l| or -|"},
                      {foreign, Kind::kMalformed, "what stat -c"}});
}

// -- the headers of the shards
SafetensorsShard shard(const std::string& lines) {
  const auto all = taken(parse_safetensors(lines + "name s\0"s, ""));
  return all.empty() ? SafetensorsShard{} : all[0];
}

TEST(Safetensors, LengthIsEightPlusHeaderPlusData) {
  const auto one = shard("length 0 1 0 0 0 0 0 0\ndtype 2 BF16\ntensors 2\nlast 100,4300000000\n");
  EXPECT_EQ(taken(one.expected_size()), 8U + 256U + 4300000000U);
  EXPECT_EQ(one.dtypes.at("BF16"), 2);
  // A header with metadata only is allowed.
  EXPECT_EQ(taken(shard("length 16 0 0 0 0 0 0 0\ntensors 0\nlast \n").expected_size()), 24U);
}

TEST(Safetensors, HostileHeadersHaveNoLength) {
  const std::pair<const char*, const char*> rows[] = {
      {"length\ntensors 0\n", "has 0 bytes"},
      {"length 1 2 3\ntensors 0\n", "has 3 bytes"},
      // Space was kept by the downloader, nothing was written.
      {"length 0 0 0 0 0 0 0 0\ntensors 0\n", "never filled"},
      {"length 255 255 255 255 255 255 255 255\ntensors 0\n", "18446744073709551615"},
      {"length 1 225 245 5 0 0 0 0\ntensors 0\n", "100000001"},  // one more than the format allows
      // Git LFS left its pointer: the text "version ".
      {"length 118 101 114 115 105 111 110 32\ntensors 0\n", "no safetensors file"},
      {"length 0 1 0 0 0 0 0 0\ntensors 1\nlast -8,16\n", "no range"},
      {"length 0 1 0 0 0 0 0 0\ntensors 1\nlast 16,8\n", "no range"},
      {"length 0 1 0 0 0 0 0 0\ntensors 1\nlast 16\n", "no range"},
      {"length 0 1 0 0 0 0 0 0\ntensors 1\nlast 0,99999999999999999999\n", "no range"},
      {"length 0 1 0 0 0 0 0 0\ntensors 1\nlast 0,18446744073709551615\n", "beyond any file"},
      {"length 0 1 0 0 0 0 0 0\ntensors 1\nlast 0,18446744073709551352\n", "beyond any file"},
      {"length 0 64 0 0 0 0 0 0\ntensors 0\nlast \n", "describes no tensor"},
  };
  for (const auto& [lines, says] : rows) {
    SCOPED_TRACE(lines);
    expect_refused(shard(lines).expected_size(), Kind::kMalformed, says);
  }
  // The largest that fits.
  EXPECT_EQ(taken(shard("length 0 1 0 0 0 0 0 0\ntensors 1\nlast 0,18446744073709551351\n")
                      .expected_size()),
            18446744073709551615U);
}

TEST(Safetensors, Refused) {
  const std::string nine = "length 0 0 0 0 0 0 0 0 0\nname a\0"s;
  const std::string large = "length 256\nname a\0"s;
  const std::string lengthless = "tensors 1\nname a\0"s;
  const std::string nameless = "length 1\n\0"s;
  const std::string twice = "length 1\nname a\0length 1\nname a\0"s;
  const std::string negative = "length 1\ntensors -1\nname a\0"s;
  const std::string typeless = "length 1\ndtype BF16\nname a\0"s;
  const std::string other = "size 12\nname a\0"s;
  expect_all_refused(parse_safetensors, {{"", Kind::kEmpty, "printed nothing"},
                                         {"sh: od: not found\n", Kind::kErrorText, "not in PATH"},
                                         {nine, Kind::kMalformed, "at most eight"},
                                         {large, Kind::kMalformed, "0 to 255"},
                                         {lengthless, Kind::kMalformed, "without its length"},
                                         {nameless, Kind::kMalformed, "no line with a name"},
                                         {twice, Kind::kMalformed, "stands twice"},
                                         {negative, Kind::kMalformed, "how many tensors"},
                                         {typeless, Kind::kMalformed, "which type"},
                                         {other, Kind::kMalformed, "not length, dtype"}});
}

// -- the index
const std::string kDigest = "sha256 " + std::string(64, '0') + "\n";

TEST(WeightsIndex, CountsAndNames) {
  const auto index =
      taken(parse_weights_index("bytes 42\nfirst {\nlast }\nscale-inv 7\nscale 0\n"
                                "shard     12 \"model-00001-of-000163.safetensors\"\n"
                                "shard 3 \"a \\u0041\\\"b.safetensors\"\n" +
                                    kDigest,
                                ""));
  EXPECT_EQ(index.bytes, 42);
  EXPECT_EQ(index.inverse_scales, 7);
  EXPECT_EQ(index.shards.at("model-00001-of-000163.safetensors"), 12);
  EXPECT_EQ(index.shards.at("a A\"b.safetensors"), 3);
}

TEST(WeightsIndex, Refused) {
  const std::string head = "bytes 42\nfirst {\nlast }\n", one = "shard 1 \"a.safetensors\"\n";
  const std::string cut = "bytes 42\nfirst {\nlast 0\n" + one + kDigest;
  const std::string page = "bytes 42\nfirst <\nlast >\n" + kDigest;
  const std::string nothing = "bytes 0\nfirst \nlast \n" + kDigest;
  const std::string none = head + kDigest, sumless = head + one, twice = head + one + one;
  const std::string bare = head + "shard 1 a.safetensors\n", zero = head + "shard 0 \"a\"\n";
  expect_all_refused(parse_weights_index,
                     {{"", Kind::kEmpty, "printed nothing"},
                      {"/w/i.json: No such file or directory\n", Kind::kNotSet, "not there"},
                      {cut, Kind::kMalformed, "it was cut"},
                      {page, Kind::kMalformed, "something else"},
                      {nothing, Kind::kMalformed, "empty"},
                      {none, Kind::kMalformed, "names no file"},
                      {sumless, Kind::kMalformed, "digest"},
                      {twice, Kind::kMalformed, "not been named before"},
                      {bare, Kind::kMalformed, "its name in quotes"},
                      {zero, Kind::kMalformed, "how many tensors"}});
}

// -- configurations
TEST(WeightsConfig, TheKeysThatDecide) {
  const auto fp8 = taken(parse_weights_config(
      R"({"model_type": "deepseek_v3", "quantization_config": {"fmt": "e4m3", "quant_method": "fp8"}})",
      ""));
  EXPECT_EQ(fp8.model_type, "deepseek_v3");
  EXPECT_EQ(fp8.quant_method, "fp8");
  EXPECT_EQ(fp8.quantize, "");
  // A key of another type counts as absent.
  EXPECT_EQ(taken(parse_weights_config(R"({"model_type": "x", "quantize": null})", "")).quantize,
            "");
  expect_all_refused(
      parse_weights_config,
      {{"", Kind::kEmpty, "printed nothing"},
       {"cat: /w/config.json: No such file or directory\n", Kind::kNotSet, "not there"},
       {"{\"model_type\": \"x\", # T71\n}", Kind::kMalformed, "comment"},
       {"[1]", Kind::kMalformed, "an array"},
       {"{}", Kind::kMalformed, "no model's"}});
}

TEST(QuantDescription, TheFileOrItsLine) {
  EXPECT_EQ(taken(parse_quant_description("\"model_quant_type\": \"W8A8_DYNAMIC\"\n", "")).type,
            "W8A8_DYNAMIC");
  EXPECT_EQ(
      taken(parse_quant_description(R"({"a.weight": "FLOAT", "model_quant_type": "W8A16"})", ""))
          .type,
      "W8A16");
  expect_all_refused(parse_quant_description,
                     {{"", Kind::kEmpty, "printed nothing"},
                      {"{\"a.weight\": \"FLOAT\"}", Kind::kNotSet, "no model_quant_type"},
                      {"{\"a\": ", Kind::kMalformed, "line 1"},
                      {"W8A8", Kind::kMalformed, "no quantisation description"}});
}

TEST(WeightsPath, IsFoundWhereverItStands) {
  const auto path = [](std::string_view text) { return taken(parse_weights_path(text, "")).path; };
  EXPECT_EQ(path(R"({"B": {"M": [{"modelName": "x", "modelWeightPath": "/data2/R1//"}]}})"),
            "/data2/R1");
  EXPECT_EQ(path("{\"modelWeightPath\": \"/\"}"), "/");
  // With the guide's comments it is no JSON; 6.2.1 says so, and the weights are looked at anyway.
  EXPECT_EQ(
      path("{\n\"modelName\" : \"R1\" # modelWeightPath\n\"modelWeightPath\" : \"/w/a b\"\n}"),
      "/w/a b");
  expect_all_refused(
      parse_weights_path,
      {{"", Kind::kEmpty, "printed nothing"},
       {"cat: config.json: No such file or directory\n", Kind::kNotSet, "not there"},
       {"{\"a\": 1}", Kind::kNotSet, "no modelWeightPath"},
       {"{\"modelWeightPath\": \"\"}", Kind::kNotSet, "no modelWeightPath"},
       {"{\"modelWeightPath\": \"R1\"}", Kind::kMalformed, "absolute path"},
       {"{\"modelWeightPath\": \"/a\\nb\"}", Kind::kMalformed, "control character"}});
}

}  // namespace
}  // namespace touchstone
