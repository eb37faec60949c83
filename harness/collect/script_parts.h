#pragma once

#include <string_view>

namespace touchstone {

// clang-format off
// The fixed parts of the collection script: POSIX sh, tried with dash, bash and BusyBox. It changes nothing on the host
// but a folder of its own below $TMPDIR, which it removes. docs/recording.md tells what it prints.
//
// q KEY SECONDS BYTES COMMAND…   asks one question: /dev/null on its input (or it would swallow the script), each stream
//                                through a FIFO of its own into a file of at most BYTES. Both ends are opened here before
//                                anybody is started (<> never blocks), so none can wait for a partner that is gone. All is
//                                started in the
//                                background and waited for, so that a signal reaches us at once. Times are those of
//                                /proc/uptime: reading it costs no process.
// $W SECONDS COMMAND…            the time limit: GNU's timeout, which ends all that the command started. Others end the
//                                command only, if they know -k at all: there `bare` starts it, in a process group of its
//                                own where the host has setsid ($G), and the janitor ends it.
// rest N CENTISECONDS            waits until that long has passed since the chain's Nth question was asked.
// begin COUNT                    makes ready for so many questions of a chain.
// flush                          emits what there is so far, for a chain whose questions take minutes.
// emit                           writes the chain's frame when it is its turn (one byte in a FIFO passes the turn on), so a
//                                chain that is stuck holds up nobody: one wc and one cat for all its answers.
// janitor                        looks once a second at what each chain waits for (w.CHAIN). It ends commands at their
//                                limit where there is no timeout, ends what a command left behind with our FIFO open (long
//                                enough after it, that a busy host is not taken for one), and clears up when the shell
//                                itself was killed.
// hello HOST                     the opening frame. BusyBox' date knows no %N and prints it: whole seconds then.
// clang-format on
inline constexpr std::string_view kScriptTools =
    R"sh(if [ -r /proc/uptime ]; then up() { read -r U _ </proc/uptime; }; else up() { U=$(date +%s).00; }; fi
cs() { up; S=$((${U%.*} * 100 + 1${U#*.} - 100)); }
say() { printf '\n@TS %s %s\n' "$K" "$*"; }
place() {
  for T in "${TMPDIR:-/tmp}" /tmp /dev/shm /var/tmp; do
    p_d=$T/touchstone.$$
    T=$(mktemp -d "$T/touchstone.XXXXXX" 2>/dev/null) || { T=$p_d; mkdir "$T" 2>/dev/null || continue; }
    cd "$T" && mkfifo turn 2>/dev/null && echo full >try 2>/dev/null && [ -s try ] && return 0
    cd /; rm -rf "$T"
  done
  T=; return 1
}
bare() { shift; exec $G "$@"; }
q() {
  q_k=$1 q_l=$2 q_m=$3; shift 3
  q_n=$((q_n + 1)) e_n=$((e_n + 1)) q_f=$C.$q_n
  cs; q_b=$U; eval "b_$q_n=$S"
  case $1 in */*) [ -e "$1" ] ;; *) command -v "$1" >/dev/null 2>&1 ;; esac || {
    A="$A$q_k $N none $q_b $U whole
"
    return 0
  }
  exec 9<>"$q_f.O" 3<"$q_f.O" 4>"$q_f.O" 9>&-
  exec 9<>"$q_f.E" 7<"$q_f.E" 8>"$q_f.E" 9>&-
  head -c "$q_m" <&3 >"$q_f.o" 3<&- 4>&- 7<&- 8>&- 5>&- 6<&- & q_x=$!
  head -c "$q_m" <&7 >"$q_f.e" 3<&- 4>&- 7<&- 8>&- 5>&- 6<&- & q_y=$!
  $W "$q_l" "$@" </dev/null >&4 2>&8 3<&- 4>&- 7<&- 8>&- 5>&- 6<&- & q_p=$!
  exec 3<&- 4>&- 7<&- 8>&-
  [ "$W" != bare ] || echo "run $q_p 0 0 $((S + q_l * 100))" >"w.$C"
  wait "$q_p"; q_c=$?
  cs; q_e=$U q_w=whole
  echo "drain $q_p $q_x $q_y $S" >"w.$C"
  wait "$q_x" || q_w=part
  wait "$q_y" || q_w=part
  : >"w.$C"
  q_p= q_x= q_y=
  A="$A$q_k $N $q_c $q_b $q_e $q_w
" F="$F $q_f.o $q_f.e"
}
begin() {
  A= F= q_n=0 e_n=0 q_p= q_x= q_y= e_t=
  trap 'kill $q_p $q_x $q_y 2>/dev/null; [ -z "$e_t" ] || echo >&5' EXIT
  trap 'exit 1' HUP INT TERM PIPE
  b_n=$1
  set --
  while [ "$b_n" -gt 0 ]; do set -- "$@" "$C.$b_n.O" "$C.$b_n.E"; b_n=$((b_n - 1)); done
  mkfifo "$@"
}
rest() {
  cs; eval "r_c=\$((b_$1 + $2 - S))"
  [ "$r_c" -gt 0 ] || return 0
  r_h=$((100 + r_c % 100))
  sleep "$((r_c / 100)).${r_h#1}" & q_p=$!
  wait "$q_p" || { sleep $((r_c / 100 + 1)) & q_p=$!; wait "$q_p"; }
  q_p=
}
emit() {
  read -r _ <&5
  e_t=mine
  say block "$C" "$e_n"
  printf %s "$A"
  set -- $F
  [ $# -eq 0 ] || wc -c "$@"
  printf '@TS %s data\n' "$K"
  [ $# -eq 0 ] || cat "$@"
  say end "$C"
}
flush() {
  emit
  echo >&5
  set -- $F
  [ $# -eq 0 ] || rm -f "$@"
  A= F= e_n=0 e_t=
}
end_all() { kill -s "$1" -- "-$2" || kill -s "$1" "$2"; }
janitor() {
  j_s=
  trap 'kill $j_s; exit 0' TERM
  while kill -0 $$; do
    sleep 1 & j_s=$!; wait "$j_s" || break
    cs
    for j_w in w.*; do
      read -r j_k j_p j_x j_y j_t <"$j_w" && [ -n "$j_t" ] || continue
      j_a=$((S - j_t))
      case $j_k in
        run) if [ "$j_a" -ge 100 ]; then end_all KILL "$j_p"; elif [ "$j_a" -ge 0 ]; then end_all TERM "$j_p"; fi ;;
        *) if [ "$j_a" -ge 500 ]; then kill -s KILL -- "-$j_p"; kill "$j_x" "$j_y"; elif [ "$j_a" -ge 300 ]; then kill -s TERM -- "-$j_p"; fi ;;
      esac
    done
  done
  kill $P
  rm -rf "$T"
}
hello() {
  D=$(date +%s.%N)
  case $D in *[!0-9.]*) D=${D%%.*} ;; esac
  up
  say hello 1 "$D" "$U" "$1"
}
clear_up() {
  trap '' HUP INT TERM PIPE
  kill $P $J 2>/dev/null
  [ -z "$P$J" ] || wait
  cd /
  [ -z "$T" ] || rm -rf "$T"
}
)sh";

// Run in a subshell of its own, so that the shell that reads our script stays as it was. When that
// shell's input ends ($L: it comes from a transport), nobody listens any more, and the chains are
// ended: sshd itself ends nothing. Later turns come over the same input, so "bye" is said only when
// the watcher that reads it is gone. One line, or the watcher would read the end of it. Watcher and
// janitor are started without our trap of TERM: a signal that comes before they have put it off
// would be lost (dash and BusyBox, once in some hundred visits that end at once), and clear_up
// waits for them. KILL would be sure as well, but leave the janitor's `sleep` behind, and bash
// tells of it.
inline constexpr std::string_view kScriptBegin = R"sh(visit() (
  umask 077
  LC_ALL=C TOUCHSTONE_SHELL=$$; export LC_ALL TOUCHSTONE_SHELL
  PATH="${PATH:-/usr/bin:/bin}:$R/usr/local/Ascend/driver/tools:$R/usr/local/sbin:$R/usr/local/bin:/usr/sbin:/sbin"; export PATH
  P= J= T=
  trap clear_up EXIT
  trap 'exit 1' HUP INT TERM PIPE
  if timeout --version >/dev/null 2>&1; then W='timeout -k 1'; else W=bare; fi
  G=$(command -v setsid)
  place || { say fail no folder can be written to: '$TMPDIR', /tmp, /dev/shm and /var/tmp are full, read-only or without mkfifo; exit 1; }
  exec 5<>turn
  echo >&5
)sh";

inline constexpr std::string_view kScriptEnd = R"sh(  trap - TERM
  janitor >/dev/null 2>&1 5>&- & J=$!
  [ -z "${L:-}" ] || { ( read -r _ <&6; kill $P ) >/dev/null 2>&1 5>&- & J="$J $!"; }
  trap 'exit 1' TERM
  [ -z "$P" ] || wait $P
  P=
)
{ visit 6<&0 </dev/null || exit; say bye; }
)sh";

}  // namespace touchstone
