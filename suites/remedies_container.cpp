#include <fmt/format.h>

#include "suites/change_parts.h"
#include "suites/container_run.h"
#include "suites/probes_container.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

using Words = std::vector<std::string>;

constexpr double kStopSeconds = 180;  // Docker waits ten seconds, a busy host longer
constexpr double kLoad = 3600;        // an image of 20 GB

// Which container has the name, of what image, and whether it runs: what a restart leaves alone.
Words what_has_the_name(const std::string& name) {
  return shell(
      "docker container inspect \"$1\" | grep -o '\"Id\": *\"[0-9a-f]*\"\\|\"Running\": *[a-z]*'",
      {name});
}

std::string told(const DockerContainer& container) {
  return fmt::format("\"Id\": \"{}\"\n\"Running\": {}", container.id,
                     container.running ? "true" : "false");
}

Change of_container(const Evidence& host, Risk risk, Text what) {
  return {.host = host.target().host,
          .subject = "container " + host.host().container,
          .stage = Stage::kContainer,
          .risk = risk,
          .what = std::move(what),
          .reads = what_has_the_name(host.host().container)};
}

HostCommand run_anew(const Evidence& host) {
  const std::string& name = host.host().container;
  return {.does = documented_run_words(host),
          .undoes = shell("docker stop \"$1\" && docker rm \"$1\"", {name}),
          .seconds = kStopSeconds};
}

void need_name(const Evidence& host) {
  if (host.host().container.empty())
    throw NoEvidence({"清单没有给出容器名", "the inventory names no container"});
}

}  // namespace

std::vector<Change> fix_image(const Evidence& host) {
  const Profile& profile = host.profile();
  if (profile.image_archive.empty())
    throw NoEvidence({"清单的 site 没有 image_archive:请先把镜像包放到主机上",
                      "`site` in the inventory has no image_archive; bring the image's archive to "
                      "the hosts first"});
  Change change{
      .host = host.target().host,
      .subject = "image " + profile.image,
      .stage = Stage::kImage,
      .risk = Risk::kService,
      .what = {"加载镜像 " + profile.image, "load the image " + profile.image},
      .reads = shell("docker image inspect \"$1\" >/dev/null 2>&1 && echo there || echo missing",
                     {profile.image}),
      .was = "missing",
      .becomes = "there"};
  const std::string archive = on_host(host.host(), profile.image_archive);
  if (!profile.image_archive_sha256.empty())
    change.guards.push_back(has_its_sum({archive, profile.image_archive_sha256}));
  change.commands = {{.does = {"docker", "load", "-i", archive},
                      .undoes = {"docker", "image", "rm", profile.image},
                      .seconds = kLoad}};
  return {change};
}

std::vector<Change> fix_stopped_container(const Evidence& host) {
  need_name(host);
  const std::string& name = host.host().container;
  const auto& parsed = host.parsed(kContainer);
  if (!parsed && parsed.refusal().kind != Refusal::Kind::kNotSet)
    throw NoEvidence({"docker 没有回答", "docker did not answer"});
  if (!parsed) {
    Change change = of_container(
        host, Risk::kService,
        {"按指南创建容器 " + name, "create the container " + name + " as the guide does"});
    change.reads = shell(
        "docker container inspect \"$1\" >/dev/null 2>&1 && echo there || echo missing", {name});
    change.was = "missing";
    change.becomes = "there";
    change.commands = {run_anew(host)};
    return {change};
  }
  if (parsed.value().status == "paused")
    throw NoEvidence({"容器被暂停,请查明原因后 docker unpause",
                      "the container is paused; find out why, then `docker unpause`"});
  Change change =
      of_container(host, Risk::kService, {"启动容器 " + name, "start the container " + name});
  change.was = told(parsed.value());
  change.commands = {{.does = {"docker", "start", name},
                      .undoes = {"docker", "stop", name},
                      .seconds = kStopSeconds}};
  return {change};
}

// A mount shows what was there when the container started: a file that was replaced since, or a
// disk that was mounted over it, is seen after the next start. The state is told in one word, since
// the same plan may write the host's file before.
std::vector<Change> fix_older_mount(const Evidence& host, const std::string& path) {
  need_name(host);
  const std::string& name = host.host().container;
  const std::string source = source_of(host[kContainer], path);
  if (source.empty())
    throw NoEvidence(
        {fmt::format("主机上的 {0} 是对的,容器里的是容器自己的另一份,没有挂载:手工拷入,"
                     "或带 -v {0}:{0} 重建容器",
                     path),
         fmt::format(
             "the host's {0} is right; the one inside is the container's own, and no mount: "
             "copy it in by hand, or make the container anew with -v {0}:{0}",
             path)});
  if (source != path)
    throw NoEvidence(
        {fmt::format("容器里的 {} 是主机上的 {}:手工改正那一份,或重建容器", path, source),
         fmt::format("inside, {} is the host's {}: correct that one by hand, or make "
                     "the container anew",
                     path, source)});
  Change change = of_container(
      host, Risk::kService,
      {fmt::format("重启容器 {},使其看到主机上现在的 {}", name, path),
       fmt::format("restart the container {}, so that it sees the host's {} of now", name, path)});
  change.interrupts = {"容器内的服务,之后需要重新启动",
                       "the service inside, which is to be started again afterwards"};
  change.reads = shell(
      "h=$(sha256sum <\"$2\") || h=missing\n"
      "c=$(docker exec \"$1\" sha256sum \"$3\")\n"
      "[ \"${h%% *}\" = \"${c%% *}\" ] && echo 'the same inside' || echo 'another inside'",
      {name, on_host(host.host(), path), in_container(host.host(), path)});
  change.was = "another inside";
  change.becomes = "the same inside";
  change.commands = {{.does = {"docker", "restart", name}, .undoes = {}, .seconds = kStopSeconds}};
  return {change};
}

// The old one is renamed and kept: what lives in its layer may be wanted.
std::vector<Change> fix_other_container(const Evidence& host) {
  need_name(host);
  const std::string& name = host.host().container;
  const DockerContainer& container = host[kContainer];
  const std::string kept = name + "-kept-" + container.id.substr(0, 12);
  Change change = of_container(
      host, Risk::kDisruptive,
      {fmt::format("按指南重建容器 {},旧容器改名为 {} 保留", name, kept),
       fmt::format("create the container {} anew as the guide does; the old one is kept as {}",
                   name, kept)});
  change.was = told(container);
  change.interrupts = {"容器内的服务;容器层里的改动(config.json、~/.bashrc)留在旧容器中",
                       "the service inside; what was changed in the container's layer "
                       "(config.json, ~/.bashrc) stays in the old one"};
  if (container.running)
    change.commands.push_back({.does = {"docker", "stop", name},
                               .undoes = {"docker", "start", name},
                               .seconds = kStopSeconds});
  change.commands.push_back(
      {.does = {"docker", "rename", name, kept}, .undoes = {"docker", "rename", kept, name}});
  change.commands.push_back(run_anew(host));
  return {change};
}

}  // namespace touchstone
