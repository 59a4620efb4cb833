# shellcheck shell=bash
# Debian packages that this machine needs. Nothing is asked of the network when all are there.

# Prints the packages for a purpose (build or lab), one a line.
packages_for() {
  case $1 in
    build)
      # Debian 12 has 17 as its newest; Debian 13's default is 21.
      if [ "$(debian_release)" -ge 13 ]; then echo default-jdk-headless; else echo openjdk-17-jdk-headless; fi
      printf '%s\n' maven git ca-certificates
      ;;
    lab)
      printf '%s\n' mmdebstrap debian-archive-keyring iproute2 iputils-ping openssh-client gcc libc6-dev \
        util-linux mount procps kmod xz-utils zstd cpio e2fsprogs tcpdump jq
      ;;
  esac
}

# Prints Debian's major version; a derivative counts by the Debian that it names, testing as 13.
debian_release() {
  local version
  version=$(sed 's/[^0-9].*//' /etc/debian_version 2>/dev/null)
  echo "${version:-13}"
}

# packages_missing PACKAGE...: prints those that are not installed. A JDK that did not come as this
# package counts too, and so does a Maven.
packages_missing() {
  local package
  for package; do
    case $package in
      *-jdk-headless) ! jdk_is_enough || continue ;;
      maven) ! command -v mvn >/dev/null || continue ;;
    esac
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

# True if a Java compiler of version 17 or later is on the path.
jdk_is_enough() {
  local version
  version=$(javac -version 2>/dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 17 ]
}

# packages_install PACKAGE...: installs what is missing of them.
packages_install() {
  local missing output
  mapfile -t missing < <(packages_missing "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  require_root
  command -v apt-get >/dev/null ||
    fail "these packages are missing and there is no apt-get: ${missing[*]}" "use Debian 12 or 13, or install them by hand"
  say "installing ${missing[*]}"
  apt_update_once
  output=$(apt_get install -y --no-install-recommends "${missing[@]}" 2>&1) ||
    fail "$(tail -n 20 <<<"$output")"$'\n'"apt-get could not install: ${missing[*]}" "run: apt-get install ${missing[*]}"
}

# apt_get ARGS...: apt-get without questions, waiting for others who hold its locks.
apt_get() {
  DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@"
}

# Refreshes the package lists, at most once in a command, with a second try when a mirror is changing.
apt_update_once() {
  [ -z "${APT_UPDATED:-}" ] || return 0
  apt_get update || {
    sleep 3
    apt_get update || fail "apt-get update failed twice" "check the network and /etc/apt/sources.list.d"
  }
  APT_UPDATED=yes
}
