# shellcheck shell=bash
# What the virtual machines run with and from: QEMU, a kernel and a disk, made once for all instances.

# QEMU 7.2, Debian 12's own, corrupts guests; Debian 13's is unpacked beside and run with its own libraries.
GUEST_PACKAGES=qemu-system-x86,linux-image-cloud-amd64

# Sets GUEST to the folder with QEMU, kernel, initial file system and disk, and makes it if it is not there.
guest_parts_ensure() {
  [ "$(dpkg --print-architecture)" = amd64 ] || fail "--vm knows only amd64 machines" "use the hosts in namespaces"
  local recipe
  recipe=$({ echo "$BASE $GUEST_PACKAGES" && cat "$LAB/lib/guest-initrd" "$LAB/lib/guest-parts.sh"; } | sha256sum | cut -c1-12)
  GUEST=$CACHE/guest-$recipe
  [ ! -d "$GUEST" ] || return 0
  lock "$CACHE/.lock" 8
  if [ ! -d "$GUEST" ]; then
    say "unpacking QEMU and a kernel, and making the guests' disk, in $GUEST"
    guest_parts_build
  fi
  exec 8>&-
}

guest_parts_build() {
  local work=$CACHE/.building/guest version
  rm -rf "$CACHE/.building"
  mkdir -p "$work"
  debian_unpack "$CACHE/guest.log" --variant=extract --include="$GUEST_PACKAGES" -- "$work/qemu" "$BASE_SUITE"
  version=$(ls "$work/qemu/usr/lib/modules")
  cp "$work/qemu/boot/vmlinuz-$version" "$work/kernel"
  guest_initrd "$work/qemu/usr/lib/modules/$version" >"$work/initrd"
  say "making the guests' disk"
  cp -a "$BASE" "$work/root"
  cp -a "$work/qemu/usr/lib/modules" "$work/root/usr/lib/"
  chroot "$work/root" depmod -a "$version"
  # Read-only and without room: what a guest writes lies above it, in its memory.
  mke2fs -q -t ext4 -m 0 -O ^has_journal -d "$work/root" "$work/disk" "$(du -sm "$work/root" | awk '{ print int($1 * 1.3) + 64 }')M" >/dev/null
  rm -rf "$work/root" "$work/qemu/boot" "$work/qemu/usr/lib/modules"
  mv "$work" "$GUEST"
  rm -rf "$CACHE/.building"
}

# guest_initrd MODULES: prints the initial file system: busybox and the drivers to get at the disk.
guest_initrd() {
  local folder=$CACHE/.building/initrd
  mkdir -p "$folder"/{bin,proc,dev,base,writable,new}
  cp "$BASE/usr/bin/busybox" "$folder/bin/"
  xz -dc "$1/kernel/drivers/block/virtio_blk.ko.xz" >"$folder/virtio_blk.ko"
  xz -dc "$1/kernel/fs/overlayfs/overlay.ko.xz" >"$folder/overlay.ko"
  install -m 755 "$LAB/lib/guest-initrd" "$folder/init"
  (cd "$folder" && find . | cpio -o -H newc --quiet | gzip -1)
}
