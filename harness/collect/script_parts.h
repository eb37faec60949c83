#pragma once

#include <string_view>

namespace touchstone {

// The fixed parts of the collection script: POSIX sh, tried with dash, bash and BusyBox. It changes nothing on the host
// but a folder of its own below $TMPDIR, which it removes.
//
// q KEY SECONDS BYTES COMMAND…   asks one question, both streams bounded, /dev/null on its input (or it would swallow the
//                                script), and notes `key npu exit start end` in the chain's list. Times are those of
//                                /proc/uptime: reading it costs no process.
// w SECONDS COMMAND…             a time limit: by timeout(1), or by a watchdog where the host has none.
// b BYTES                        passes on so many bytes. GNU's timeout ends whatever the command started; where only the
//                                command itself is ended, what it left behind may keep the pipe open, so b has a limit, too.
// rest CENTISECONDS              waits until that long has passed since the chain began.
// hello HOST                     writes the opening frame. BusyBox' date knows no %N and prints it: whole seconds then.
// emit CHAIN                     writes the chain's frame: one wc and one cat for all its answers.
inline constexpr std::string_view kScriptTools = R"sh(LC_ALL=C; export LC_ALL
umask 077
PATH="$PATH:$R/usr/local/Ascend/driver/tools:$R/usr/local/sbin:$R/usr/local/bin:/usr/sbin:/sbin"; export PATH
T=$(mktemp -d "${TMPDIR:-/tmp}/touchstone.XXXXXX" 2>/dev/null) || { T=${TMPDIR:-/tmp}/touchstone.$$; mkdir "$T" || exit 71; }
trap 'rm -rf "$T"' EXIT
trap 'exit 129' HUP INT TERM PIPE
if [ -r /proc/uptime ]; then up() { read -r U _ </proc/uptime; }; else up() { U=$(date +%s).00; }; fi
b() { w $((q_l + 2)) head -c "$1"; }
if timeout -k 1 5 true 2>/dev/null; then
  w() { w_l=$1; shift; timeout -k 1 "$w_l" "$@"; }
  if timeout --version >/dev/null 2>&1; then b() { head -c "$1"; }; fi
else
  w() {
    w_l=$1; shift
    { "$@" <&5 & w_p=$!; } 5<&0
    ( trap 'kill "$w_s" 2>/dev/null; exit' TERM; sleep "$w_l" & w_s=$!; wait "$w_s"; kill -9 "$w_p" ) >/dev/null 2>&1 & w_d=$!
    wait "$w_p"; w_c=$?
    kill "$w_d" 2>/dev/null
    return "$w_c"
  }
fi
q() {
  q_k=$1 q_l=$2 q_m=$3; shift 3
  q_f=$T/$C.$q_k
  up; q_b=$U
  if command -v "$1" >/dev/null 2>&1; then
    { { { w "$q_l" "$@" </dev/null 3>&-; echo $? >"$q_f.r"; } 2>&1 >&3 3>&- | b "$q_m" >"$q_f.e"; } 3>&1 | b "$q_m" >"$q_f.o"; }
    read -r q_c <"$q_f.r"
  else
    q_c=none; : >"$q_f.o"; : >"$q_f.e"
  fi
  up; echo "$q_k $N ${q_c:-lost} $q_b $U" >>"$T/$C.list"
}
begin() { : >"$T/$C.list"; up; B=$U; }
rest() {
  up
  r_c=$(( $1 - (${U%.*} * 100 + 1${U#*.}) + (${B%.*} * 100 + 1${B#*.}) ))
  [ "$r_c" -gt 0 ] || return 0
  r_s=$((r_c / 100)) r_h=$((r_c % 100))
  [ "$r_h" -ge 10 ] || r_h=0$r_h
  sleep "$r_s.$r_h" 2>/dev/null || sleep $((r_s + 1))
}
emit() {
  e_n=0
  set --
  while read -r e_k e_r; do set -- "$@" "$T/$C.$e_k.o" "$T/$C.$e_k.e"; e_n=$((e_n + 1)); done <"$T/$C.list"
  printf '\n@TS %s block %s %d\n' "$K" "$C" "$e_n"
  while read -r e_k; do echo "$e_k"; done <"$T/$C.list"
  wc -c "$@"
  printf '@TS %s data\n' "$K"
  cat "$@"
  printf '\n@TS %s end %s\n' "$K" "$C"
}
hello() {
  D=$(date +%s.%N)
  case $D in *[!0-9.]*) D=${D%%.*} ;; esac
  up
  printf '\n@TS %s hello 1 %s %s %s\n' "$K" "$D" "$U" "$1"
}
)sh";

inline constexpr std::string_view kScriptEnd = R"sh(  for I in $P; do
    wait "${I#*:}"
    C=${I%%:*}
    emit
  done
  printf '\n@TS %s bye\n' "$K"
}
visit
)sh";

}  // namespace touchstone
