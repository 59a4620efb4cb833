# shellcheck shell=bash
# Where Debian's packages come from: the mirror and the proxies of this machine, and Debian's own keys.

# debian_unpack LOG OPTIONS... -- FOLDER SUITE...: runs mmdebstrap for the first suite, with packages of
# all of them at hand, into a new folder. Signatures are always verified.
debian_unpack() {
  local log=$1 mirror options=() folder suite sources=()
  shift
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  folder=$2
  shift 2
  mirror=$(debian_mirror)
  debian_keyring_ensure
  for suite; do
    sources+=("deb [signed-by=$KEYRING] $mirror $suite main")
  done
  apt_settings >"$folder.apt.conf"
  quietly "$log" "check that $mirror has $*; another mirror: LMB_LAB_MIRROR=URL" \
    mmdebstrap --aptopt="$folder.apt.conf" --dpkgopt=force-unsafe-io "${options[@]}" "$1" "$folder" "${sources[@]}"
  rm -f "$folder.apt.conf"
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
  local key=/usr/share/keyrings/debian-archive-trixie-automatic
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
