# shellcheck shell=bash
# A host that lives in namespaces: its own mounts, processes, network, IPC, name and control groups.

# host_pid HOST: prints the process that is number 1 in the host, or nothing.
host_pid() {
  local pid numbers
  for pid in $(cgroup_processes "$1"); do
    numbers=$(sed -n 's/^NSpid:[[:space:]]*//p' "/proc/$pid/status" 2>/dev/null) || true
    # Seen from here it has two numbers: the machine's and, in its namespace, 1.
    if [[ $numbers =~ ^[0-9]+[[:space:]]+1$ ]]; then
      echo "$pid"
      return
    fi
  done
}

# host_answers HOST: it can be reached over SSH, with its proper key.
host_answers() {
  on "$1" true 2>/dev/null
}

# on HOST COMMAND: runs a shell command on a host.
on() {
  ssh -F "$DIR/ssh_config" -o ConnectTimeout=10 -o BatchMode=yes "$@"
}

# Sets STORE: as asked; else as the running hosts have it, which cannot change; else in memory.
store_resolve() {
  local running='' host
  for host in $NAMESPACE_HOSTS; do
    [ -z "$(host_pid "$host")" ] || running=$(sed -n 's/^LAB_STORE=//p' "$DIR/lab.env")
  done
  STORE=${STORE:-${running:-tmpfs}}
  [ "$STORE" = "${running:-$STORE}" ] ||
    fail "the hosts of $NAME run with --store $running" "first: lab/down --name $NAME"
}

# host_start HOST: starts it unless it is up; a host found half-started is started afresh.
host_start() {
  local host=$1 folder=$DIR/$1 link pid
  link=$(host_link "$host")
  if link_is_ours "$link" && [ -n "$(host_pid "$host")" ] && host_answers "$host"; then
    say "$host is up already"
    return
  fi
  host_stop "$host"
  link_refuse_foreign "$link"
  mkdir -p "$folder/writable" "$folder/root"
  identity_files "$host" "$folder/identity"
  cgroup_enter_and_run "$host" unshare --mount --pid --fork --ipc --uts --net --cgroup --kill-child=KILL \
    bash "$LAB/lib/host-init" "$host" "$folder" "$BASE" "$STORE" >"$folder/init.log" 2>&1
  pid=$(await_output 20 host_pid "$host") ||
    fail "$host did not start: $(tail -n 3 "$folder/init.log")" "see $folder/init.log"
  ip link add "$link" type veth peer name eth0 address "$(host_mac "$host")" netns "$pid" ||
    fail "$host got no network link" "see $folder/init.log"
  link_attach "$link"
  await_output 20 host_ready "$host" >/dev/null ||
    fail "$host does not answer at $(host_address "$host"): $(tail -n 3 "$folder/init.log")" \
      "see $folder/init.log; a firewall of this machine must let $BRIDGE through"
  say "$host is up at $(host_address "$host")"
}

host_ready() {
  [ -z "$(host_pid "$1")" ] || on "$1" hostname 2>/dev/null
}

# host_stop HOST: ends it and removes its link and what it wrote.
host_stop() {
  cgroup_empty "$1"
  link_remove "$(host_link "$1")"
  rm -rf --one-file-system "${DIR:?}/$1"
}

# await_output SECONDS COMMAND...: repeats a command until it succeeds with some output, and prints that.
await_output() {
  local end=$((SECONDS + $1)) output
  shift
  while :; do
    if output=$("$@") && [ -n "$output" ]; then
      echo "$output"
      return
    fi
    ((SECONDS < end)) || return 1
    sleep 0.05
  done
}

# hosts_up HOSTS: starts them side by side, shapes their links and gives them the workload's image.
hosts_up() {
  local host jobs=()
  for host in $1; do
    host_up "$host" &
    jobs+=($!)
  done
  local job failed=
  for job in "${jobs[@]}"; do
    wait "$job" || failed=yes
  done
  [ -z "$failed" ] || exit 1
}

# host_up HOST
host_up() {
  case $1 in
    vm-*) guest_start "$1" ;;
    *) host_start "$1" ;;
  esac
  shaping_apply "$1"
  image_load "$1"
}
