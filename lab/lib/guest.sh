# shellcheck shell=bash
# A host that is a small virtual machine in software emulation (no KVM needed): the same root file system and
# identity as a host in namespaces, under Debian's cloud kernel, which tracks dirty memory and has netem.

GUEST_MEMORY=2560

# guest_start HOST: starts it unless it is up; one that does not answer is started afresh.
guest_start() {
  local host=$1 folder=$DIR/$1 link libraries
  link=$(host_link "$host")
  if link_is_ours "$link" && [ -n "$(cgroup_processes "$host")" ] && host_answers "$host"; then
    say "$host is up already"
    return
  fi
  host_stop "$host"
  link_refuse_foreign "$link"
  modprobe -q tun 2>/dev/null || true
  mkdir -p "$folder"
  identity_files "$host" "$folder/identity"
  tar -C "$folder/identity" --numeric-owner -cf "$folder/identity.tar" .
  ip tuntap add "$link" mode tap
  link_attach "$link"
  libraries=$GUEST/qemu/usr/lib/x86_64-linux-gnu
  cgroup_enter_and_run "$host" "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" \
    "$GUEST/qemu/usr/bin/qemu-system-x86_64" -L "$GUEST/qemu/usr/share/qemu" -L "$GUEST/qemu/usr/share/seabios" \
    -name "$NAME-$host" -machine q35 -accel tcg,thread=multi,tb-size=256 -cpu Nehalem -smp 1 -m "$GUEST_MEMORY" \
    -display none -audio none -no-reboot -monitor none -serial "file:$folder/console.log" \
    -kernel "$GUEST/kernel" -initrd "$GUEST/initrd" -append "console=ttyS0 quiet panic=-1 mitigations=off" \
    -drive "file=$GUEST/disk,format=raw,if=virtio,readonly=on" \
    -drive "file=$folder/identity.tar,format=raw,if=virtio,readonly=on" \
    -netdev "tap,id=wire,ifname=$link,script=no,downscript=no" \
    -device "virtio-net-pci,netdev=wire,mac=$(host_mac "$host"),romfile=" >"$folder/init.log" 2>&1
  await_output 90 guest_ready "$host" >/dev/null ||
    fail "$host does not answer at $(host_address "$host"): $(tail -n 3 "$folder/init.log" "$folder/console.log" 2>/dev/null)" \
      "see $folder/console.log and $folder/init.log"
  say "$host is up at $(host_address "$host")"
}

guest_ready() {
  if [ -z "$(cgroup_processes "$1")" ]; then
    return 1
  fi
  on "$1" hostname 2>/dev/null
}
