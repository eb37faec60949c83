#!/usr/bin/env bash
# The main job on the simulated cluster, in three acts: faults are injected and found, repaired by the commands that the
# report names, and the cluster is accepted. Exits 0 when everything went as announced. It listens on loopback only, needs no
# privileges, and leaves nothing running; what it wrote is in build/demo.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/build/dev/bin
demo=$PWD/build/demo
# Whatever happens, now or in a demonstration that was killed: the services of the simulated hosts are ended.
end_services() { [ ! -d "$demo/cluster" ] || "$bin/touchstone-sim" down "$demo/cluster"; }
end_services || true
trap end_services EXIT
rm -rf "$demo"
mkdir -p "$demo"

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

# Runs touchstone and insists on the exit code that was announced.
expect() {
  local wanted=$1 code=0
  shift
  "$@" || code=$?
  if [ "$code" != "$wanted" ]; then
    echo "demo: exit code $code, announced was $wanted: $*" >&2
    exit 1
  fi
}

say "A simulated cluster of two hosts, with a handful of faults"
"$bin/touchstone-sim" up "$demo/cluster" --hosts 2 \
  --fault tls-on@node-01/3 --fault link-down@node-02/5 --fault netdetect-unset@node-01/6 \
  --fault rank-table-mode@node-02 --fault docker-disabled@node-01 --fault hbm-leak@node-02/1

say "The check: these faults must be found (exit code 1: rejected)"
expect 1 "$bin/touchstone" run -i "$demo/cluster/cluster.yaml" --out "$demo/before"

say "Repaired by hand, with the commands that the findings name"
on() { local host=$1; shift; echo "$host# $*"; "$demo/cluster/hosts/$host/enter" "$@"; }
on node-01 hccn_tool -i 3 -tls -s enable 0
on node-01 hccn_tool -i 6 -netdetect -s address 10.20.0.1
on node-01 systemctl enable docker
on node-02 chmod 640 "$demo/cluster/hosts/node-02/root/data/hm/rank_table_file.json"
# What needs hands: a cable is exchanged (and a day goes by without a flap), a process that held memory is stopped.
sim() { echo "node-02: $1 = $2"; "$bin/touchstone-sim" set "$demo/cluster" node-02 "$1" "$2"; }
sim npu.5.link UP
sim npu.5.link.records "$(($(date +%s) - 777600)) UP"
sim npu.1.hbm.used_mb 3367

say "The check again: accepted (exit code 0)"
expect 0 "$bin/touchstone" run -i "$demo/cluster/cluster.yaml" --out "$demo/after"

say "The same verdicts again from the recording, without any host"
"$bin/touchstone-sim" down "$demo/cluster"
expect 1 "$bin/touchstone" run --replay "$demo/before" --out "$demo/replayed" --quiet

say "Everything went as announced. Open these in a browser:"
echo "  before the repair  $demo/before/index.html"
echo "  after it           $demo/after/index.html"
