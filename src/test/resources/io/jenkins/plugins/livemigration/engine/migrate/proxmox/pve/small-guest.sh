#!/bin/bash
# small-guest.sh LAB FOLDER: makes a small virtual machine's parts in FOLDER, out of what the lab makes for its own virtual
# machines: kernel, initrd (busybox, the network driver, the lab's counter service), and qemu, which runs the lab's QEMU.
set -euo pipefail
# The lab's shell files read LAB, and set BASE and GUEST.
LAB=$1
out=$2
. "$LAB/lib/all.sh"
instance_resolve
require_root
mapfile -t packages < <(packages_for lab)
packages_install "${packages[@]}" >&2
folder_ensure "$CACHE" >&2
base_ensure >&2
guest_parts_ensure >&2

work=$out/initrd.d
mkdir -p "$work"/{bin,proc,dev}
cp "$BASE/usr/bin/busybox" "$work/bin/"
workload_compile "$work/counter"
modules=/usr/lib/modules/$(debugfs -R 'ls -p /usr/lib/modules' "$GUEST/disk" 2>/dev/null | awk -F/ '$6 ~ /^[0-9]/ { print $6 }')/kernel
for module in net/core/failover drivers/net/net_failover drivers/net/virtio_net; do
  debugfs -R "dump $modules/$module.ko.xz $out/module.xz" "$GUEST/disk" 2>/dev/null
  xz -dc "$out/module.xz" >"$work/$(basename "$module").ko"
done
cat >"$work/init" <<'I'
#!/bin/busybox sh
B=/bin/busybox
$B mount -t proc proc /proc
$B mount -t devtmpfs dev /dev
for module in failover net_failover virtio_net; do $B insmod /$module.ko; done
for word in $($B cat /proc/cmdline); do
  case $word in address=*) address=${word#*=} ;; load=*) load=${word#*=} ;; esac
done
$B ifconfig lo 127.0.0.1 up
$B ifconfig eth0 "$address" netmask 255.255.255.0 up
exec /counter --port 7000 --memory-mb "${load%/*}" --dirty-mb-per-s "${load#*/}"
I
chmod 755 "$work/init"
(cd "$work" && find . | cpio -o -H newc --quiet | gzip -1) >"$out/initrd"
cp "$GUEST/kernel" "$out/kernel"
libraries=$GUEST/qemu/usr/lib/x86_64-linux-gnu
cat >"$out/qemu" <<Q
#!/bin/sh
exec $libraries/ld-linux-x86-64.so.2 --library-path $libraries $GUEST/qemu/usr/bin/qemu-system-x86_64 \\
  -L $GUEST/qemu/usr/share/qemu -L $GUEST/qemu/usr/share/seabios "\$@"
Q
chmod 755 "$out/qemu"
rm -rf "$work" "$out/module.xz"
