#!/usr/bin/env bash
# Two nodes whose clocks step under load: an hour forth and back, ten seconds back, half a minute apart. Needs libfaketime
# (package faketime).
# usage: ops/chaos/clock.sh [FAULTS] [SEED]
set -euo pipefail
case "${1:-}" in
  -h | --help) sed -n '2,4s/^# //p' "$0"; exit 0 ;;
esac
cd "$(dirname "$0")/../.."
exec ops/bin/chaos --nodes 2 --kinds clock-step --stall 10 --faults "${1:-8}" ${2:+--seed "$2"}
