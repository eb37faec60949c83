#!/bin/sh
# As the guide has it done by hand: on one host after another, for each question a loop over the eight NPUs.
# loops.sh SSH_CONFIG PORT USER ADDRESS…
config=$1 port=$2 user=$3
shift 3
for address in "$@"; do
  for question in lldp link net_health netdetect gateway tls ip; do
    ssh -T -F "$config" -o BatchMode=yes -p "$port" -l "$user" -- "$address" \
      "for i in 0 1 2 3 4 5 6 7; do hccn_tool -i \$i -$question -g; done" </dev/null
  done
done
