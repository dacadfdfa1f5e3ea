#!/usr/bin/env bash
# The disk of the database, or of its log of writes alone, fills up under load, again and again. Needs root for a small
# file system in memory.
# usage: ops/chaos/disk-full.sh [data|wal] [FAULTS] [SEED]
set -euo pipefail
case "${1:-}" in
  -h | --help) sed -n '2,4s/^# //p' "$0"; exit 0 ;;
esac
cd "$(dirname "$0")/../.."
what=${1:-data}
place=$(mktemp -d)
# PostgreSQL keeps up to 1 GB of its log (max_wal_size) unless it is told otherwise.
if ! mount -t tmpfs -o size=1500m tmpfs "$place" 2> /dev/null; then
  rmdir "$place"
  echo "NOT RUN disk-full (mounting a file system needs root)"
  exit 0
fi
trap 'umount -l "$place"; rmdir "$place"' EXIT
case "$what" in
  data) where=(--database "$place/pg") ;;
  wal) where=(--wal "$place") ;;
  *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
esac
ops/bin/chaos --kinds disk-full --stall 10 --faults "${2:-5}" ${3:+--seed "$3"} "${where[@]}"
