# shellcheck shell=bash
# What an instance left in the kernel; after `down` that must be nothing.

# Prints one line for each process, link, mount and control group of the instance that is still there.
leftovers() {
  local link
  find "$CGROUP" -type d 2>/dev/null | sed 's/^/control group /' || true
  find "$CGROUP" -name cgroup.procs -exec cat {} + 2>/dev/null | sed 's/^/process /' || true
  for link in /sys/class/net/*; do
    ! link_is_ours "$(basename "$link")" || echo "link $(basename "$link")"
  done
  # Also those in other mount namespaces, which would hold the folder.
  grep -lsF " $DIR/" /proc/[0-9]*/mountinfo | sed 's/^/mount in /' || true
  # A namespace lives as long as something is in it: look for processes that know the folder.
  local pid
  for pid in /proc/[0-9]*; do
    if [ "$pid" != "/proc/$$" ] && tr '\0' ' ' <"$pid/cmdline" 2>/dev/null | grep -qF "host-init host-" &&
      tr '\0' ' ' <"$pid/cmdline" | grep -qF " $DIR/"; then
      echo "process ${pid#/proc/}"
    fi
  done
}
