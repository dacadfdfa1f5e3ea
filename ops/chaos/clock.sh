#!/usr/bin/env bash
# Nodes whose clocks step by an hour, both ways, under load. Needs libfaketime.
# usage: ops/chaos/clock.sh [FAULTS]
set -euo pipefail
case "${1:-}" in
  -h | --help) sed -n '2,3s/^# //p' "$0"; exit 0 ;;
esac
cd "$(dirname "$0")/../.."
library=$(ls /usr/lib/*/faketime/libfaketime.so.1 2> /dev/null | head -1)
if [ -z "$library" ]; then
  echo "NOT RUN clock (install faketime)"
  exit 0
fi
step=$(mktemp)
trap 'kill "$stepping" 2> /dev/null; rm -f "$step"' EXIT
echo "+0" > "$step"
while sleep 7; do for offset in +1h +0 -1h +0; do echo "$offset" > "$step"; sleep 7; done; done &
stepping=$!
# The monotonic clock stays true: only the time of day steps.
CHAOS_NODE_ENVIRONMENT="LD_PRELOAD=$library FAKETIME_TIMESTAMP_FILE=$step FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_NO_CACHE=1" \
  ops/bin/chaos --nodes 2 --kinds restart-node --faults "${1:-5}"
