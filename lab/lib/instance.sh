# shellcheck shell=bash
# One instance of the lab: what it is called, where it lives, and which names in the kernel are its own.
# Several instances run side by side; everything that one makes carries its name.
# shellcheck disable=SC2034 # these names are what the other files use

LAB_HOME=/var/tmp/live-migration-lab
NAME=lmb
NET=
DIR=

# instance_option ARGS...: takes one of the options that name an instance off the command line and
# leaves in TAKEN how many words it was (0: not one of these options).
instance_option() {
  TAKEN=2
  case $1 in
    --name) NAME=${2:-} ;;
    --net) NET=${2:-} ;;
    --dir) DIR=${2:-} ;;
    --name=*) NAME=${1#*=} TAKEN=1 ;;
    --net=*) NET=${1#*=} TAKEN=1 ;;
    --dir=*) DIR=${1#*=} TAKEN=1 ;;
    *) TAKEN=0 ;;
  esac
  [ "$TAKEN" != 2 ] || [ -n "${2:-}" ] || misuse "$1 needs a value"
}

# Checks the options and sets everything that follows from them.
instance_resolve() {
  # Ten characters leave room for the longest suffix in the kernel's 15 for an interface.
  [[ $NAME =~ ^[a-z][a-z0-9]{0,9}$ ]] ||
    misuse "--name '$NAME': a name is a small letter and up to nine small letters or digits"
  DIR=${DIR:-$LAB_HOME/$NAME}
  [[ $DIR =~ ^/[A-Za-z0-9._/-]+$ ]] ||
    misuse "--dir '$DIR': a folder is an absolute path of letters, digits and ._-/"
  CACHE=${LMB_LAB_CACHE:-$LAB_HOME/base}
  [[ $CACHE =~ ^/[A-Za-z0-9._/-]+$ ]] ||
    misuse "LMB_LAB_CACHE='$CACHE': a folder is an absolute path of letters, digits and ._-/"
  BRIDGE=$NAME-br
  LINK_ALIAS="live-migration-lab $NAME"
  CGROUP_NAME=live-migration-lab-$NAME
}

# Sets NET: as asked, else as the instance was made, else the default instance's.
instance_resolve_net() {
  local made=
  [ ! -e "$DIR/lab.env" ] || made=$(sed -n 's/^LAB_NET=//p' "$DIR/lab.env")
  if [ -z "$NET" ]; then
    NET=$made
    [ -n "$NET" ] || [ "$NAME" != lmb ] || NET=10.77.0
    [ -n "$NET" ] || misuse "a new instance needs --net A.B.C (the first three numbers of its network)"
  fi
  [[ $NET =~ ^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$ ]] ||
    misuse "--net '$NET': give the first three numbers of an IPv4 network, for example 10.77.0"
  local IFS=. part
  for part in $NET; do
    ((10#$part <= 255)) || misuse "--net '$NET': $part is more than 255"
  done
  [[ ! $NET =~ ^10\.88\. ]] ||
    misuse "--net '$NET': 10.88.0.0/16 is the default network of Podman itself"
  CLIENT=$NET.254
  FLOATING=$NET.100
  MACVLAN_RANGE=$NET.192/26
}

# The hosts that live in namespaces, and those that are virtual machines.
NAMESPACE_HOSTS="host-a host-b"
GUESTS="vm-a vm-b"

# host_number HOST: the last number of its address.
host_number() {
  case $1 in
    host-a) echo 1 ;;
    host-b) echo 2 ;;
    vm-a) echo 11 ;;
    vm-b) echo 12 ;;
  esac
}

# host_address HOST
host_address() {
  echo "$NET.$(host_number "$1")"
}

# host_link HOST: the end of the host's link on this machine.
host_link() {
  case $1 in
    host-a) echo "$NAME-a" ;;
    host-b) echo "$NAME-b" ;;
    vm-a) echo "$NAME-va" ;;
    vm-b) echo "$NAME-vb" ;;
  esac
}

# host_mac HOST|client: a fixed hardware address, so that nobody's address changes when a link is added.
host_mac() {
  local number=254 IFS=.
  [ "$1" = client ] || number=$(host_number "$1")
  # shellcheck disable=SC2086 # the network's three numbers are three arguments
  printf '02:6c:%02x:%02x:%02x:%02x\n' $NET "$number"
}

# folder_ensure FOLDER: makes it. One that somebody else made first, as anybody can in /var/tmp, is refused: keys
# and programs that run as root lie in it.
folder_ensure() {
  mkdir -p "$1"
  [ ! -e "$LAB_HOME" ] || [ -O "$LAB_HOME" ] ||
    fail "the folder $LAB_HOME belongs to $(stat -c %U "$LAB_HOME")" "remove it"
  [ -O "$1" ] || fail "the folder $1 belongs to $(stat -c %U "$1")" "remove it, or choose another folder"
}

# lock FILE DESCRIPTOR: waits until this command is the only one at work on what FILE stands for.
# A lock file may be deleted by its holder (down --purge): then a new one is taken.
lock() {
  local file=$1 descriptor=$2
  while :; do
    mkdir -p "$(dirname "$file")"
    eval "exec $descriptor>\"\$file\""
    flock -n "$descriptor" || {
      say "waiting for another command that holds $file"
      flock -w 900 "$descriptor" ||
        fail "$file is still held after 15 minutes" "see who holds it: fuser -v $file"
    }
    [ ! "$file" -ef "/proc/self/fd/$descriptor" ] || return 0
  done
}
