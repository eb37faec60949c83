#!/usr/bin/env bash
# Takes a picture of the top of a report: tests/browser/screenshot.sh REPORT_FOLDER OUTPUT.png [PAGE]
# PAGE is index.html, or another file of the report (changes.html).
# Exits 0 with the picture, 64 for wrong usage, 1 when there is no report, no browser, or no picture came.
set -euo pipefail

fail() {
  echo "screenshot.sh: $2" >&2
  exit "$1"
}

[ $# = 2 ] || [ $# = 3 ] || fail 64 "usage: screenshot.sh REPORT_FOLDER OUTPUT.png [PAGE]"
name=${3:-index.html}
[ -f "$1/$name" ] || fail 1 "$1 has no $name; give the folder that \`touchstone run --out\` wrote"
page=$(cd "$1" && pwd)/$name
browser=$(command -v chromium || command -v chromium-browser) || fail 1 "there is no chromium; apt-get install chromium"

# The name is a URL's path: a folder's name may have a space, a '#' or a '%' in it.
url=
while IFS= read -r -n1 -d '' c; do
  case $c in [A-Za-z0-9/._~-]) url+=$c ;; *) url+=$(printf %s "$c" | od -An -v -tx1 | tr ' ' % | tr -d '\n') ;; esac
done < <(printf %s "$page")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A private profile, so that a browser of the same user stays as it is, and nothing is asked of the network.
timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --user-data-dir="$work/profile" --hide-scrollbars --window-size=1280,1500 \
  --screenshot="$work/page.png" "file://$url" >"$work/log" 2>&1 || fail 1 "chromium failed: $(tail -n 3 "$work/log")"
[ -s "$work/page.png" ] || fail 1 "chromium left no picture: $(tail -n 3 "$work/log")"
mv "$work/page.png" "$2"
