#!/usr/bin/env bash
# The whole guide on two simulated hosts: faults of the kind that real clusters have, spread over all chapters, each found by its
# step; --fix repairs what may be repaired, and the cluster is accepted; undo takes it back. Exits 0 when everything went as announced. It listens on loopback only, needs
# no privileges, and leaves nothing running.
#     tests/demo.sh [FOLDER [NETWORK]]      FOLDER (build/demo) gets the reports, NETWORK (127.0.0) the hosts' addresses
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${TOUCHSTONE_BIN:-$PWD/build/dev/bin}
demo=${1:-$PWD/build/demo} network=${2:-127.0.0}
cluster=$demo/cluster

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
fail() {
  echo "demo: $*" >&2
  exit 1
}

# Runs a command and insists on the exit code that was announced.
expect() {
  local wanted=$1 code=0
  shift
  "$@" || code=$?
  [ "$code" = "$wanted" ] || fail "exit code $code, announced was $wanted: $*"
}

# What is broken, and the step that must say so. One line a fault. First what only a person can repair …
for_hands="
clock-skew@node-01              0.3     the hosts were not set to one time
hbm-leak@node-02/1              1.1.5   an earlier service left its memory behind
firmware-old@node-01/4          2.1.2   one NPU missed the update of its firmware
link-down@node-02/5             3.1.3   a cable
ping-partial@node-02/2          3.1.14  one packet in three is lost
container-proxy@node-01         4.2.6   a proxy came along from the host
shard-symlink@node-01           5.1.4   weights as a download tool leaves them
chat-half-body                  6.4.2   the answer breaks off
"
# … then what --fix repairs.
for_fix="
mainpid-lost@node-01            2.2.5   the unit of Docker, as the guide's here-document writes it
netdetect-unset@node-01/6       3.1.6   net health stays Init, which looks like health
tls-on@node-01/3                3.1.8   TLS of one NPU port is on: HCCL times out
container-ip-missing            3.2.5   the rank table is as hccl_tools.py writes it
rank-table-mode@node-02         3.2.9   everybody may read the rank table
container-shm-small@node-01     4.2.2   Docker's default of shared memory
connect-timeout-short           4.3.2   HCCL_CONNECT_TIMEOUT too short for hosts that start apart
visible-device-typo@node-01     4.3.5   a variable without its S is ignored
config-last-key                 6.2.2   the guide's sed line found no comma and changed nothing
daemon-environ@node-01          6.3.3   the service was started in an old shell
"

inject() { # faults
  while read -r fault step why; do
    [ -n "$fault" ] || continue
    printf '  %-28s %-7s %s\n' "$fault" "$step" "$why"
    "$bin/touchstone-sim" fault "$cluster" "$fault" >/dev/null
  done <<<"$1"
}

# The steps that failed in a report: of each case with a failure the number that its name begins with.
failed_steps() {
  tr '\n' ' ' <"$1/junit.xml" | sed 's/<testcase /\n&/g' |
    sed -n 's/^<testcase [^>]* name="\([0-9.]*\) [^>]*>.*<failure.*/\1/p' | sort -u
}

# A demonstration that was killed may have left its service.
[ ! -d "$cluster" ] || "$bin/touchstone-sim" down "$cluster" >/dev/null 2>&1 || true
rm -rf "$demo"
mkdir -p "$demo"
trap '"$bin/touchstone-sim" down "$cluster" >/dev/null 2>&1 || true' EXIT

say "A simulated cluster of two hosts"
"$bin/touchstone-sim" up "$cluster" --hosts 2 --network "$network"

say "What is broken in it, and the step that has to say so"
inject "$for_hands"
inject "$for_fix"

say "The check (announced: rejected, exit code 1)"
expect 1 "$bin/touchstone" run -i "$cluster/cluster.yaml" --out "$demo/before"
found=$(failed_steps "$demo/before")
count=0
while read -r fault step why; do
  [ -n "$fault" ] || continue
  grep -qxF "$step" <<<"$found" || fail "$fault was not found by $step; failed have: ${found//$'\n'/ }"
  count=$((count + 1))
done <<<"$for_hands$for_fix"
say "All $count faults were found, each by its step"

say "A person has repaired what is for hands; this is left"
"$bin/touchstone-sim" heal "$cluster"
inject "$for_fix"

say "--fix shows its plan, repairs, and checks again (announced: accepted, exit code 0)"
expect 0 "$bin/touchstone" run -i "$cluster/cluster.yaml" --out "$demo/fixed" --fix=disruptive --yes

say "Nothing is left to be repaired, so a second time changes nothing (announced: exit code 0)"
expect 0 "$bin/touchstone" run -i "$cluster/cluster.yaml" --out "$demo/after" --fix=disruptive --yes --quiet
[ ! -e "$demo/after/journal.jsonl" ] || fail "the second time something was changed"

say "undo takes back what repaired the TLS switch, and the step says so again (announced: exit code 1)"
expect 0 "$bin/touchstone" undo "$demo/fixed" --step 3.1.8 --yes
expect 1 "$bin/touchstone" run -i "$cluster/cluster.yaml" --out "$demo/undone" --step 3.1.8

say "The first verdicts again from the recording, without any host (announced: exit code 1)"
"$bin/touchstone-sim" down "$cluster"
expect 1 "$bin/touchstone" run --replay "$demo/before" --out "$demo/replayed" --quiet
[ "$(failed_steps "$demo/replayed")" = "$found" ] || fail "the recording was judged otherwise"

say "Everything went as announced. Open these in a browser:"
echo "  before the repair  $demo/before/index.html"
echo "  what was changed   $demo/fixed/changes.html"
echo "  after it           $demo/fixed/index.html"
