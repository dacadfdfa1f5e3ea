#!/usr/bin/env bash
# The power of the database's disk is cut under load, again and again: what was not flushed is gone. Needs root, xfs_io
# (package xfsprogs) and a loop device. With "planted", fsync is switched off behind the application's back and the checker
# must find it.
# usage: ops/chaos/power-cut.sh [ext4|xfs] [FAULTS] [SEED] [planted]
set -euo pipefail
case "${1:-}" in
  -h | --help) sed -n '2,5s/^# //p' "$0"; exit 0 ;;
esac
cd "$(dirname "$0")/../.."
kind=${1:-ext4}
not_run() { echo "NOT RUN power-cut ($1)"; exit 0; }
[ "$(id -u)" = 0 ] || not_run "mounting a file system needs root"
for tool in xfs_io losetup "mkfs.$kind"; do
  command -v "$tool" > /dev/null || not_run "$tool is not installed"
done
place=$(mktemp -d)
truncate -s 2g "$place/disk"
case "$kind" in
  ext4) mkfs.ext4 -q -F "$place/disk" ;;
  xfs) mkfs.xfs -q -f "$place/disk" ;;
  *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
esac
mkdir "$place/mount"
device=$(losetup -f --show "$place/disk" 2> /dev/null) || { rm -rf "$place"; not_run "no loop device"; }
trap 'umount -l "$place/mount" 2> /dev/null || true; losetup -d "$device"; rm -rf "$place"' EXIT
mount "$device" "$place/mount" 2> /dev/null || not_run "this kernel mounts no $kind"
ops/bin/chaos --kinds power-cut --faults "${2:-5}" ${3:+--seed "$3"} ${4:+--plant fsync-off} --database "$place/mount/pg"
