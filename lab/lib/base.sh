# shellcheck shell=bash
# The Debian 13 root file system that all hosts of all instances share, built once with mmdebstrap.

BASE_SUITE=trixie
# CRIU 4.1, Debian 13's own, cannot dump an INET socket on kernels from 6.16 (checkpoint-restore/criu
# issue 2705); 4.2 is in unstable. Only it and what it needs come from there.
CRIU_SUITE=sid
CRIU_PACKAGES="criu libcriu2 libcompel1 libnet9 libnl-3-200"
BASE_PACKAGES="aardvark-dns busybox-static ca-certificates catatonit conmon criu crun iperf3
  iproute2 iptables iputils-arping iputils-ping jq kmod libcriu2 netavark nftables openssh-client
  openssh-server podman procps psmisc rsync runc socat tcpdump zstd"

# Sets BASE and builds it if it is not there yet.
base_ensure() {
  local recipe
  recipe=$(sha256sum <"$LAB/lib/base.sh" | cut -c1-12)
  BASE=$CACHE/debian-$recipe
  [ ! -d "$BASE" ] || return 0
  lock "$CACHE/.lock" 8
  if [ ! -d "$BASE" ]; then
    say "building the hosts' root file system (Debian 13 with CRIU 4.2) in $BASE"
    base_build
  fi
  exec 8>&-
}

base_build() {
  local work=$CACHE/.building
  rm -rf "$work"
  mkdir -p "$work"
  cat >"$work/pin" <<E
Package: *
Pin: release n=$CRIU_SUITE
Pin-Priority: -10

Package: $CRIU_PACKAGES
Pin: release n=$CRIU_SUITE
Pin-Priority: 990
E
  debian_unpack "$CACHE/debian.log" --variant=apt \
    --setup-hook="mkdir -p \"\$1/etc/apt/preferences.d\" && cp '$work/pin' \"\$1/etc/apt/preferences.d/criu\"" \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/libexec/podman/podman-testing' \
    --include="$(tr -s ' \n' ',' <<<"$BASE_PACKAGES" | sed 's/,$//')" \
    -- "$work/root" "$BASE_SUITE" "$CRIU_SUITE"
  base_check "$work/root"
  # Every host brings its own keys.
  rm -f "$work/root"/etc/ssh/ssh_host_*
  mv "$work/root" "$BASE"
  rm -rf "$work"
  say "root file system: $(du -sh "$BASE" | cut -f1)"
}

# base_check ROOT: CRIU's version decides whether anything can be migrated at all.
base_check() {
  local version
  # shellcheck disable=SC2016 # dpkg-query expands the name
  version=$(chroot "$1" dpkg-query -W -f '${Version}' criu)
  dpkg --compare-versions "$version" ge 4.2 ||
    fail "the root file system got criu $version, older than 4.2" "look at $CACHE/debian.log: does the mirror carry $CRIU_SUITE?"
}
