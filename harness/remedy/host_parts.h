#pragma once

#include <string_view>

namespace touchstone {

// clang-format off
// The fixed parts of what --fix runs on a host: POSIX sh, tried with dash, bash and BusyBox. Set before: D (our folder on
// the host), run, who, id, box (the container, or nothing), and of each change its own functions and values (script.cpp).
//
// say WORD TEXT          one line of the answer; show WORD tells all of its input so.
// inside COMMAND…        on the host, or in the container of the change.
// limited SECONDS …      under a time limit, where the host has timeout.
// flat                   lines without white space at their ends, no empty ones: how states are compared.
// file_state             "absent", "file SHA256 MODE USER GROUP", or what else is there under that name.
// keep_lines, same_lines a copy of a file that a tool rewrites, and the copy in its place again, where nothing differs but the
//                        order of the lines, and lines that set 0.0.0.0, which is none.
// TOUCHSTONE_IN_PLACE    FROM TO: the bytes of FROM into the very file TO, which others have mounted, as a script for `sh -c`.
//                        Nothing is cut off before all is there: room is taken first, by empty lines, which tools skip; one
//                        write puts the bytes over what is there; then the empty lines that are left go. The file is locked
//                        meanwhile as its tool locks it. A full disk leaves what was there.
// put MODE OWNER BYTES   writes its input beside the file, looks that all of it has arrived, gives it mode and owner ("-": as
//                        it was), flushes and renames. A full disk or a lost connection leaves what was there.
// note EVENT JSON        appends to the host's own journal, flushed.
// hold                   takes the host's lock: a hard link is made or is not. One whose holder is gone (its shell has ended,
//                        or its time is over) is taken over. Its lines: run, whose, since, until, and the number and start of
//                        the shell that it is tied to (0: none, as the connection is not kept).
// renew                  before each change: one that is tied to no shell does not end before what is about to be done.
// guarded                asks the preconditions whose numbers are in $guards.
// TOUCHSTONE_SAVED       what a command of a change keeps for taking it back goes there.
// clang-format on
inline constexpr std::string_view kHostTools = R"sh(umask 077
say() { printf '%s|%s\n' "$1" "$2"; }
show() { while IFS= read -r s_l || [ -n "$s_l" ]; do say "$1" "$s_l"; done; }
inside() { if [ -n "$box" ]; then docker exec -i "$box" "$@"; else "$@"; fi; }
if timeout --version >/dev/null 2>&1; then limited() { timeout -k 2 "$@"; }; else limited() { shift; "$@"; }; fi
flat() { sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d' | head -c 60000; }
flush_file() { sync "$1" 2>/dev/null || sync; }
now() { date +%s; }
ended() { say outcome "$1"; [ -z "${2:-}" ] || say why "$2"; exit 0; }
holder() { sed -n "${1}p" "$D/lock" 2>/dev/null; }
mine() { [ "$(holder 1)" = "$run" ]; }
start_of() { sed -e 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
note() {
  printf '{"at":%s,"run":"%s","event":"%s",%s}\n' "$(now)" "$run" "$1" "$2" >>"$D/journal.jsonl" && flush_file "$D/journal.jsonl"
}
claim() { printf '%s\n' "$run" "$who" "$1" "$(($(now) + $lease))" "$2" "$3" >"$D/lock.$run"; }
renew() {
  mine || ended refused "the lock of this host is not ours any more"
  [ "$(holder 5)" = 0 ] || return 0
  claim "$(holder 3)" 0 0 && mv -f "$D/lock.$run" "$D/lock" || ended refused "the lock $D/lock cannot be renewed"
}
hold() {
  mkdir -p "$D/saved" 2>/dev/null && chmod 700 "$D" || ended refused "the folder $D cannot be made"
  h_pid=0 h_start=0
  if [ "$1" = stays ] && [ -n "${TOUCHSTONE_SHELL:-}" ]; then h_pid=$TOUCHSTONE_SHELL h_start=$(start_of "$h_pid"); fi
  claim "$(now)" "$h_pid" "$h_start" || ended refused "nothing can be written below $D"
  if mine; then mv -f "$D/lock.$run" "$D/lock"; ended done; fi
  # One that was just killed takes a moment to end on the host, too.
  for h_try in 1 2 3 4 5; do
    if ln "$D/lock.$run" "$D/lock" 2>/dev/null; then rm -f "$D/lock.$run"; ended done; fi
    h_dead= h_pid=$(holder 5)
    if [ "${h_pid:-0}" = 0 ]; then
      [ "$(now)" -le "$(holder 4)" ] 2>/dev/null || h_dead="its time was over"
    else
      [ "$(start_of "$h_pid")" = "$(holder 6)" ] || h_dead="its connection has ended"
    fi
    if [ -z "$h_dead" ]; then [ "$h_try" -lt 4 ] || break; sleep 1; continue; fi
    say took_over "$(holder 1), of $(holder 2): $h_dead"
    mv "$D/lock" "$D/lock.dead.$run" 2>/dev/null && rm -f "$D/lock.dead.$run"
  done
  rm -f "$D/lock.$run"
  ended refused "held by run $(holder 1), of $(holder 2), since $(date -d "@$(holder 3)" '+%F %T' 2>/dev/null || holder 3)"
}
release() { if mine; then rm -f "$D/lock"; fi; ended done; }
file_state() {
  inside sh -c '
    if [ -L "$1" ]; then echo "link $(readlink "$1")"
    elif [ -f "$1" ]; then
      s=$(sha256sum <"$1") || { echo "unreadable"; exit; }
      echo "file ${s%% *} $(stat -c "%a %U %G" "$1")"
    elif [ -e "$1" ]; then echo "no regular file"
    else echo absent; fi' sh "$path" </dev/null 2>&1 | flat
}
put() {
  inside sh -c '
    umask 077
    p=$1 m=$2 o=$3 d=$(dirname "$1")
    n=$d/.touchstone.$$
    mkdir -p "$d" || exit 1
    trap "rm -f \"\$n\"" EXIT
    cat >"$n" || exit 1
    [ "$(wc -c <"$n")" -eq "$4" ] || { echo "only $(wc -c <"$n") of $4 bytes could be written" >&2; exit 1; }
    if [ -e "$p" ]; then
      [ "$m" != - ] || m=$(stat -c %a "$p")
      [ "$o" != - ] || o=$(stat -c %U:%G "$p")
    fi
    [ "$m" != - ] || m=640
    if [ "$o" != - ]; then chown "$o" "$n" || exit 1; fi
    chmod "$m" "$n" || exit 1
    sync "$n" 2>/dev/null || sync
    mv -f "$n" "$p" || exit 1
    sync "$d" 2>/dev/null; :' sh "$path" "$1" "$2" "$3"
}
saved() { printf '%s/saved/%s.%s' "$D" "$run" "$id"; }
save_file() {
  case $1 in file*) ;; *) return 0 ;; esac
  inside cat "$path" </dev/null >"$(saved)" && flush_file "$(saved)" || return 1
  s_s=$(sha256sum <"$(saved)")
  case $1 in "file ${s_s%% *} "*) return 0 ;; esac
  return 1
}
restore_file() {
  if [ "$1" = absent ]; then inside rm -f "$path" </dev/null; return; fi
  [ -f "$(saved)" ] || { echo "the copy $(saved) is gone" >&2; return 1; }
  set -- $1
  put "$3" "$4:$5" "$(wc -c <"$(saved)")" <"$(saved)"
}
keep_lines() {
  [ -n "$rewrites" ] && [ -f "$rewrites" ] || return 0
  cat "$rewrites" >"$(saved)" && flush_file "$(saved)" && cmp -s "$rewrites" "$(saved)"
}
settings() { grep -v '=0\.0\.0\.0$' "$1" | sort; }
same_lines() {
  [ -n "$rewrites" ] && [ -f "$rewrites" ] && [ -f "$(saved)" ] && ! cmp -s "$rewrites" "$(saved)" || return 0
  [ "$(settings "$rewrites")" != "$(settings "$(saved)")" ] || sh -c "$TOUCHSTONE_IN_PLACE" sh "$(saved)" "$rewrites"
  return 0
}
TOUCHSTONE_IN_PLACE='
  wanted=$(wc -c <"$1") && n=$1.in-place || exit 1
  if command -v flock >/dev/null 2>&1; then exec 9<"$2" && flock -w 10 9 || exit 1; fi
  now=$(wc -c <"$2") || exit 1
  blank_lines() { head -c "$1" /dev/zero | tr "\\000" "\\n"; }
  cut_to() { dd if=/dev/null of="$1" bs=1 seek="$2" 2>/dev/null; }
  failed() { cut_to "$2" "$now"; echo "$1; what was there before is kept in $3" >&2; exit 1; }
  trap "rm -f \"\$n\"" EXIT
  { cat "$1"; [ "$now" -le "$wanted" ] || blank_lines $((now - wanted)); } >"$n"
  [ "$(wc -c <"$n")" -eq $((now > wanted ? now : wanted)) ] || failed "there is no room for a copy beside it" "$2" "$1"
  [ "$now" -ge "$wanted" ] || blank_lines $((wanted - now)) >>"$2"
  [ "$(wc -c <"$2")" -eq "$(wc -c <"$n")" ] || failed "there is no room in $2 for what was there" "$2" "$1"
  dd if="$n" of="$2" bs=1048576 conv=notrunc 2>/dev/null && cut_to "$2" "$wanted" && { sync "$2" 2>/dev/null || sync; }
  cmp -s "$1" "$2" || { echo "$2 could not be written whole; what was there before is kept in $1" >&2; exit 1; }'
export TOUCHSTONE_IN_PLACE
is_like() { case $1 in "$2" | "$2 "*) return 0 ;; esac; return 1; }
guarded() {
  for g_n in $guards; do
    "guard_$g_n" >/dev/null 2>&1 </dev/null || { say guard "$g_n"; ended refused; }
  done
}
back() {
  while [ "$1" -gt 0 ]; do
    "undo_$1" </dev/null 2>&1 | show back
    set -- $(($1 - 1))
  done
}
check() {
  was=$(state)
  printf '%s\n' "$was" | show was
  if [ -n "$becomes" ] && is_like "$was" "$becomes"; then ended already; fi
  is_like "$was" "$expected" || ended moved
}
failed() {
  is=$(state)
  if [ "$is" != "$was" ]; then "$1" "$2" 2>&1 | flat | show back; is=$(state); fi
  printf '%s\n' "$is" | show is
  if [ "$is" = "$was" ]; then note failed "\"change\":$id"; ended failed "$3"; fi
  note half_done "\"change\":$id"
  ended half_done "$3"
}
apply() {
  TOUCHSTONE_SAVED=$(saved) && export TOUCHSTONE_SAVED
  renew
  guarded
  check
  before=$was
  keep "$was" || ended refused "no copy of what is there could be kept in $D/saved"
  note begin "$about" || ended refused "the journal $D/journal.jsonl cannot be written"
  a_n=0
  while [ "$a_n" -lt "$count" ]; do
    a_n=$((a_n + 1))
    a_o=$("do_$a_n" 2>&1 </dev/null); a_c=$?
    printf '%s\n' "$a_o" | flat | show said
    [ "$a_c" -eq 0 ] || failed take_back "$a_n" "command $a_n of $count ended with exit code $a_c"
  done
  is=$(state)
  if [ -n "$becomes" ]; then
    is_like "$is" "$becomes" || failed take_back "$count" "all commands succeeded, but the state is not what it should be"
  elif [ "$is" = "$was" ] && [ -z "$may_stay" ]; then
    note failed "\"change\":$id"
    ended failed "all commands succeeded, but nothing has changed"
  fi
  printf '%s\n' "$is" | show is
  note done "\"change\":$id"
  ended done
}
undo() {
  TOUCHSTONE_SAVED=$(saved) && export TOUCHSTONE_SAVED
  renew
  is=$(state)
  printf '%s\n' "$is" | show was
  if [ "$is" = "$before" ]; then ended already; fi
  is_like "$is" "$after" || ended moved
  guarded
  note undo "$about" || ended refused "the journal $D/journal.jsonl cannot be written"
  take_back "$count" 2>&1 | show said
  is=$(state)
  printf '%s\n' "$is" | show is
  if [ "$is" = "$before" ]; then note undone "\"change\":$id"; ended done; fi
  if is_like "$is" "$after"; then note failed "\"change\":$id"; ended failed "it could not be taken back, and is as the fix left it"; fi
  note half_done "\"change\":$id"
  ended half_done "what was there before could not be brought back whole"
}
)sh";

}  // namespace touchstone
