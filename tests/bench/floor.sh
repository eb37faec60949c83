#!/bin/sh
# The least that can be done: each host's script over a plain ssh, all hosts at once, nothing read of what comes back.
# floor.sh SSH_CONFIG PORT USER SCRIPTS ANSWERS ADDRESS…
config=$1 port=$2 user=$3 scripts=$4 answers=$5
shift 5
for address in "$@"; do
  ssh -T -F "$config" -o BatchMode=yes -p "$port" -l "$user" -- "$address" sh -s \
    <"$scripts/$address" >"$answers/$address" 2>"$answers/$address.err" &
done
wait
