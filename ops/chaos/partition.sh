#!/usr/bin/env bash
# The packets between nodes and database are dropped under load, again and again, in a network namespace of their own.
# Needs root and nft (package nftables).
# usage: ops/chaos/partition.sh [FAULTS] [SEED]
set -euo pipefail
case "${1:-}" in
  -h | --help) sed -n '2,4s/^# //p' "$0"; exit 0 ;;
esac
cd "$(dirname "$0")/../.."
if ! unshare --net ip link set lo up 2> /dev/null; then
  echo "NOT RUN partition (a network namespace needs root and iproute2); the same through a link: ops/bin/chaos --kinds swallow"
  exit 0
fi
# Whatever the build still lacks is fetched before the network is gone.
mvn -q -ntp -pl ops/bench -am -Pbench,simulation process-classes ${BENCH_MAVEN_ARGUMENTS:-}
export BENCH_MAVEN_ARGUMENTS=-o
exec unshare --net bash -c 'ip link set lo up && exec "$@"' partition \
  ops/bin/chaos --kinds black-hole --faults "${1:-5}" ${2:+--seed "$2"}
