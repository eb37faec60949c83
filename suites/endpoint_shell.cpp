#include "suites/endpoint_shell.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace touchstone {
namespace {

// Arguments: method, URL, seconds, body, token file, token variable, how often, how many at once;
// then further ones of curl. `-K -` takes the token from the pipe. Where the service repeats it,
// the shell blanks it: nobody else knows it.
constexpr const char* kScript = R"sh(m=$1 u=$2 s=$3 b=$4 f=$5 v=$6 c=$7 p=$8
shift 8
t=
[ -z "$f" ] || t=$(cat "$f") || exit 3
[ -z "$v" ] || t=$(printenv "$v") || { echo "the environment has no $v" >&2; exit 3; }
if command -v curl >/dev/null 2>&1; then
  by_curl() {
    { [ -z "$t" ] || printf 'header = "Authorization: Bearer %s"\n' "$t"; } |
      curl -K - -sS -N -i --http1.1 -X "$m" --connect-timeout 5 --max-time "$s" -H Expect: "$@" "$u"
  }
  if [ -n "$b" ]; then set -- --data-binary "$b" "$@"; fi
elif command -v bash >/dev/null 2>&1; then
  by_curl() {
    T=$t timeout "$s" bash -c '
      at=${2#http://} path=/${2#http://*/}
      at=${at%%/*}
      exec 3<>"/dev/tcp/${at%:*}/${at##*:}" || exit 7
      auth=; [ -z "$T" ] || auth="Authorization: Bearer $T"$'"'\\r\\n'"'
      LC_ALL=C
      printf "%s %s HTTP/1.0\r\nHost: %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s" \
        "$1" "$path" "$at" "$auth" "${#3}" "$3" >&3
      cat <&3' bash "$m" "$u" "$b"
    e=$?
    [ "$e" != 124 ] || e=28
    return "$e"
  }
else
  echo "there is neither curl nor bash" >&2
  exit 127
fi
without_token() {
  r=
  while [ -n "$t" ]; do
    case $l in
    *"$t"*) r=$r${l%%"$t"*}[redacted] l=${l#*"$t"} ;;
    *) break ;;
    esac
  done
  l=$r$l
}
one() {
  echo "#http $(date +%s.%N)"
  { by_curl "$@"; printf '\n#end %s\n' "$?"; } |
    while IFS= read -r l; do without_token; printf '%s+%s\n' "$(date +%s.%N)" "$l"; done
}
if [ "$c" = 1 ]; then one "$@"; exit 0; fi
d=$(mktemp -d) || exit 3
trap 'rm -rf "$d"' EXIT
echo "#several $p"
i=0
while [ "$i" -lt "$c" ]; do
  n=0
  while [ "$n" -lt "$p" ] && [ "$i" -lt "$c" ]; do
    one "$@" >"$d/$i" &
    i=$((i + 1)) n=$((n + 1))
  done
  wait
done
cat "$d"/*
)sh";

}  // namespace

std::vector<std::string> shell_request(const HttpCall& call, const EndpointAccess& access,
                                       double seconds) {
  std::vector<std::string> argv{"sh",
                                "-c",
                                kScript,
                                "sh",
                                call.method,
                                call.url,
                                fmt::format("{}", std::max(1L, std::lround(seconds))),
                                call.body,
                                access.token_file.empty() ? "" : "{croot}" + access.token_file,
                                access.token_env,
                                std::to_string(call.count),
                                std::to_string(call.parallel)};
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) argv.insert(argv.end(), {option, value});
  };
  for (const auto& [name, value] : call.headers) add("-H", name + ": " + value);
  const auto path = [](const std::string& p) { return p.empty() ? p : "{croot}" + p; };
  add("--cacert", path(access.ca));
  add("--cert", path(access.certificate));
  add("--key", path(access.key));
  if (access.proxy.empty())
    add("--noproxy", "*");
  else if (access.proxy != "environment")
    add("--proxy", access.proxy);
  return argv;
}

}  // namespace touchstone
