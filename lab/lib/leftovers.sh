# shellcheck shell=bash
# What an instance left in the kernel; after `down` that must be nothing.

# Prints the network, mount and process namespaces that the instance's hosts have now.
instance_namespaces() {
  local host pid
  for host in $NAMESPACE_HOSTS; do
    pid=$(host_pid "$host")
    [ -z "$pid" ] || readlink "/proc/$pid/ns/net" "/proc/$pid/ns/mnt" "/proc/$pid/ns/pid"
  done
}

# leftovers NAMESPACES: prints one line for each control group, process, link, mount and namespace of the
# instance that is still there. A namespace lives as long as somebody is in it: a process of somebody
# else's (an nsenter) is named, not ended.
leftovers() {
  local link
  find "$CGROUP" -type d 2>/dev/null | sed 's/^/control group /' || true
  find "$CGROUP" -name cgroup.procs -exec cat {} + 2>/dev/null | sed 's/^/process /' || true
  for link in /sys/class/net/*; do
    ! link_is_ours "$(basename "$link")" || echo "link $(basename "$link")"
  done
  grep -F " $DIR/" /proc/self/mountinfo | sed 's/^/mount /' || true
  [ -z "$1" ] || find /proc/[0-9]*/ns -maxdepth 1 -type l -printf '%l held by %h\n' 2>/dev/null | grep -F "$1" || true
}
