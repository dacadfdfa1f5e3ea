#!/usr/bin/env bash
# The disk of the database fills up under load, again and again. Needs root for a small file system in memory.
# usage: ops/chaos/disk-full.sh [FAULTS] [SEED]
set -euo pipefail
case "${1:-}" in
  -h | --help) sed -n '2,3s/^# //p' "$0"; exit 0 ;;
esac
cd "$(dirname "$0")/../.."
place=$(mktemp -d)
if ! mount -t tmpfs -o size=1500m tmpfs "$place" 2> /dev/null; then
  rmdir "$place"
  echo "NOT RUN disk-full (mounting a file system needs root)"
  exit 0
fi
trap 'umount -l "$place"; rmdir "$place"' EXIT
ops/bin/chaos --kinds disk-full --faults "${1:-5}" ${2:+--seed "$2"} --database "$place/pg"
