# shellcheck shell=bash
# The Debian 13 root file system that all hosts of all instances share, built once with mmdebstrap.

BASE_SUITE=trixie
# CRIU 4.1, Debian 13's own, cannot dump an INET socket on kernels from 6.16 (checkpoint-restore/criu
# issue 2705); 4.2 is in unstable. Only it and what it needs come from there.
CRIU_SUITE=sid
CRIU_PACKAGES="criu libcriu2 libcompel1 libnet9 libnl-3-200"
BASE_PACKAGES="aardvark-dns busybox-static ca-certificates catatonit conmon criu crun e2fsprogs iperf3
  iproute2 iptables iputils-arping iputils-ping jq kmod libcriu2 netavark nftables openssh-client
  openssh-server podman procps psmisc rsync runc socat tcpdump zstd"

# Sets BASE and builds it if it is not there yet.
base_ensure() {
  local recipe
  recipe=$(printf '%s ' "$BASE_SUITE" "$CRIU_SUITE" "$CRIU_PACKAGES" "$BASE_PACKAGES" | sha256sum | cut -c1-12)
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
  local work=$CACHE/.building mirror
  mirror=$(debian_mirror)
  rm -rf "$work"
  mkdir -p "$work"
  debian_keyring_ensure
  apt_settings >"$work/apt.conf"
  cat >"$work/pin" <<E
Package: *
Pin: release n=$CRIU_SUITE
Pin-Priority: -10

Package: $CRIU_PACKAGES
Pin: release n=$CRIU_SUITE
Pin-Priority: 990
E
  quietly "$CACHE/debian.log" "check that $mirror has $BASE_SUITE and $CRIU_SUITE; another mirror: LMB_LAB_MIRROR=URL" \
    mmdebstrap --variant=apt --aptopt="$work/apt.conf" \
    --setup-hook="mkdir -p \"\$1/etc/apt/preferences.d\" && cp '$work/pin' \"\$1/etc/apt/preferences.d/criu\"" \
    --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --include="$(tr -s ' \n' ',' <<<"$BASE_PACKAGES" | sed 's/,$//')" \
    "$BASE_SUITE" "$work/root" \
    "deb [signed-by=$KEYRING] $mirror $BASE_SUITE main" \
    "deb [signed-by=$KEYRING] $mirror $CRIU_SUITE main"
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

# Prints the Debian mirror that this machine itself uses.
debian_mirror() {
  local mirror=${LMB_LAB_MIRROR:-}
  [ -n "$mirror" ] || mirror=$(machine_mirror)
  if [ -z "$mirror" ]; then
    apt_update_once >&2
    mirror=$(machine_mirror)
  fi
  [ -n "$mirror" ] || fail "this machine's apt sources name no Debian mirror" "set LMB_LAB_MIRROR to the URL of one"
  echo "$mirror"
}

machine_mirror() {
  # shellcheck disable=SC2016 # apt-get expands these names
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -F '|' '$1 == "Debian" && $2 == "Debian" { print $3; exit }'
}

# Sets KEYRING to Debian's keys, with those of Debian 13 among them. Signatures are always verified.
debian_keyring_ensure() {
  local key=/usr/share/keyrings/debian-archive-$BASE_SUITE-automatic
  if [ ! -e "$key.gpg" ] && [ ! -e "$key.pgp" ]; then
    say "this machine's Debian keyring is too old for Debian 13: upgrading debian-archive-keyring"
    apt_update_once
    apt_get install -y --no-install-recommends debian-archive-keyring >/dev/null || true
  fi
  [ -e "$key.gpg" ] || [ -e "$key.pgp" ] ||
    fail "no package of debian-archive-keyring with the keys of Debian 13 could be had" \
      "enable the update suite of this machine's Debian (for example bookworm-updates) and run apt-get update"
  for KEYRING in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
    [ ! -e "$KEYRING" ] || return 0
  done
  fail "there is no /usr/share/keyrings/debian-archive-keyring.gpg" "apt-get install --reinstall debian-archive-keyring"
}

# Prints the machine's own way to the network (proxies and the like) as apt configuration. A frozen
# mirror's Release file may be past its date; its signature is still verified.
apt_settings() {
  apt-config dump | grep -E '^Acquire::(http|https|Retries|ForceIPv)' || true
  echo 'Acquire::Check-Valid-Until "false";'
}
