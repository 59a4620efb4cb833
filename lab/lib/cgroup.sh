# shellcheck shell=bash
# An instance's control group. Every process of the instance lives in it, so it is also what proves that a
# process is the instance's own: nothing is ever ended that is not in here.

# Sets CGROUP to the instance's folder in the version 2 hierarchy (which a hybrid machine has too).
cgroup_resolve() {
  local root
  root=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
  [ -n "$root" ] || fail "no cgroup2 hierarchy is mounted" "mount -t cgroup2 cgroup2 /sys/fs/cgroup"
  CGROUP=$root/$CGROUP_NAME
}

# cgroup_enter_and_run HOST COMMAND...: runs a command, detached from this one, in the host's own group.
cgroup_enter_and_run() {
  local group=$CGROUP/$1
  shift
  mkdir -p "$group"
  # shellcheck disable=SC2016 # expanded by the inner shell
  setsid bash -c 'echo $$ > "$0/cgroup.procs" && exec 7>&- 8>&- 9>&- "$@"' "$group" "$@" </dev/null &
}

# cgroup_processes HOST: prints the processes of a host, those in the groups of its containers too.
cgroup_processes() {
  [ -d "$CGROUP/$1" ] || return 0
  find "$CGROUP/$1" -name cgroup.procs -exec cat {} + 2>/dev/null | grep -v '^0$' || true
}

# cgroup_empty HOST: ends every process of the host and takes its groups away. The kernel needs a moment to
# empty them.
cgroup_empty() {
  local group=$CGROUP/$1 _
  [ -d "$group" ] || return 0
  for _ in $(seq 200); do
    echo 1 >"$group/cgroup.kill"
    find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null || true
    [ -d "$group" ] || return 0
    sleep 0.05
  done
  fail "the processes of $1 do not end: $(cgroup_processes "$1" | tr '\n' ' ')" "look at them with ps, then run this again"
}

# Takes the instance's own group away once its hosts are gone.
cgroup_remove() {
  [ ! -d "$CGROUP" ] || rmdir "$CGROUP"
}
