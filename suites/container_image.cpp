#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/finding.h"
#include "harness/model/said.h"

#include "suites/compare.h"
#include "suites/container_rules.h"
#include "suites/known.h"
#include "suites/probes_container.h"

namespace touchstone {
namespace {

bool not_there(const auto& parsed) {
  return refused_as(parsed, Refusal::Kind::kNotSet);
}

// "mindie:2.0.T9-…", "registry/…/mindie:…": images that could be meant.
std::string similar_images(const Evidence& host) {
  std::string names;
  const auto& list = host.parsed(kImages);
  if (!list) return names;
  for (const auto& row : list.value().rows)
    if (row.name.find("mindie") != std::string::npos)
      names += (names.empty() ? "" : ", ") + row.name;
  return names;
}

// What the container was made from, where it is there: the image that somebody meant to use.
std::string image_in_use(const Evidence& host) {
  const auto& container = host.parsed(kContainer);
  return container ? container.value().image : "";
}

std::string shortened(const std::string& id) {
  return id.substr(0, 12);
}

}  // namespace

void expect_image_is_loaded(const Evidence& host) {
  const std::string& wanted = host.profile().image;
  if (!not_there(host.parsed(kImage))) {
    const DockerImage& image = host[kImage];
    EXPECT_FALSE(image.id.empty());
    return;
  }
  const std::string similar = similar_images(host), used = image_in_use(host);
  Text actual{"未加载", "not loaded"};
  if (!similar.empty()) actual = actual + said(";已加载的是 {}", "; loaded are {}", similar);
  if (!used.empty())
    actual = actual + said(";容器由 {} 创建", "; the container was made from {}", used);
  const bool other = !similar.empty() || !used.empty();
  ADD_FAILURE() << Finding{
      .expected = said("镜像 {}", "image {}", wanted),
      .actual = actual,
      .why = other
                 ? Text{"镜像名与配置档不同:指南 4.1 加载的镜像与 4.2 的 docker run 所写的也不一致",
                        "the image has another name than the profile's; the guide's own docker "
                        "run names another one than it loads"}
                 : Text{"没有镜像就无法启动容器", "without it no container can be started"},
      .next = other ? Text{"若所用镜像正确,在清单 site 中写 image: <名称>;否则 docker load -i "
                           "<镜像包>",
                           "if the image in use is right, write `image: NAME` under `site` in the "
                           "inventory; else `docker load -i ARCHIVE`"}
                    : Text{"docker load -i <镜像包>", "docker load -i ARCHIVE"}};
}

void expect_the_same_image(const Evidence& group) {
  NamedValues ids;
  for (const auto& [host, image] : group.each(kImage)) ids.emplace_back(host, shortened(image->id));
  expect_the_same(ids,
                  {"同名镜像的内容不同,各主机运行的软件就不同",
                   "images of one name and different contents are different software"},
                  "", {},
                  [](const std::string& id) { return said("镜像 id {}", "image id {}", id); });
}

void expect_made_from_image(const Evidence& host) {
  const DockerContainer& container = host[kContainer];
  const DockerImage& image = host[kImage];
  // The guide starts it by the image's id as well as by its name.
  EXPECT_EQ(container.image_id, image.id)
      << Finding{.expected = fmt::format("{} ({})", host.profile().image, shortened(image.id)),
                 .actual = fmt::format("{} ({})", container.image, shortened(container.image_id)),
                 .why = {"容器由另一个镜像创建,其中的软件版本不同",
                         "the container was made from another image, with other software in it"}};
}

}  // namespace touchstone
