# shellcheck shell=bash
# Who is who in an instance: SSH keys and host keys, made once, and the files that give a host its identity.

ALL_HOSTS="$NAMESPACE_HOSTS $GUESTS"

# Makes the keys and the client's SSH files.
identity_ensure() {
  local keys=$DIR/keys host
  mkdir -p "$keys"
  key_ensure "$DIR/id" "client of $NAME"
  key_ensure "$keys/between-hosts" "hosts of $NAME"
  for host in $ALL_HOSTS; do
    key_ensure "$keys/$host" "$host of $NAME"
  done
  known_hosts | write_file "$DIR/known_hosts"
  ssh_config | write_file "$DIR/ssh_config"
}

# key_ensure FILE COMMENT
key_ensure() {
  [ ! -e "$1" ] || [ ! -e "$1.pub" ] || return 0
  rm -f "$1" "$1.pub" "$1.new" "$1.new.pub"
  ssh-keygen -q -t ed25519 -N '' -C "$2" -f "$1.new"
  mv "$1.new.pub" "$1.pub"
  mv "$1.new" "$1"
}

# write_file FILE: standard input becomes the file's content at once, or not at all.
write_file() {
  cat >"$1.new"
  mv "$1.new" "$1"
}

known_hosts() {
  local host
  for host in $ALL_HOSTS; do
    echo "$host,$(host_address "$host") $(cut -d ' ' -f 1,2 "$DIR/keys/$host.pub")"
  done
}

ssh_config() {
  local host
  for host in $ALL_HOSTS; do
    printf 'Host %s\n  HostName %s\n\n' "$host" "$(host_address "$host")"
  done
  cat <<E
Host *
  User root
  IdentityFile $DIR/id
  IdentitiesOnly yes
  StrictHostKeyChecking yes
  UserKnownHostsFile $DIR/known_hosts
  GlobalKnownHostsFile /dev/null
  LogLevel ERROR
E
}

# identity_files HOST FOLDER: lays out in FOLDER what makes the common root file system this host.
identity_files() {
  local host=$1 folder=$2 keys=$DIR/keys other
  rm -rf "$folder"
  mkdir -p "$folder"
  cp -a "$LAB/rootfs/." "$folder"
  mkdir -p "$folder"/etc/ssh "$folder"/etc/containers/networks "$folder/root/.ssh"
  chown -R root:root "$folder"
  chmod -R go-w "$folder"
  chmod 700 "$folder/root" "$folder/root/.ssh"
  echo "$host" >"$folder/etc/hostname"
  {
    echo "127.0.0.1 localhost"
    for other in $ALL_HOSTS; do echo "$(host_address "$other") $other"; done
  } >"$folder/etc/hosts"
  printf 'ADDRESS=%s\nGATEWAY=%s\n' "$(host_address "$host")" "$CLIENT" >"$folder/etc/lab.conf"
  macvlan_network >"$folder/etc/containers/networks/$MACVLAN_NETWORK.json"
  install -m 600 "$keys/$host" "$folder/etc/ssh/ssh_host_ed25519_key"
  install -m 644 "$keys/$host.pub" "$folder/etc/ssh/ssh_host_ed25519_key.pub"
  install -m 644 "$DIR/known_hosts" "$folder/etc/ssh/ssh_known_hosts"
  install -m 600 "$keys/between-hosts" "$folder/root/.ssh/id_ed25519"
  cat "$DIR/id.pub" "$keys/between-hosts.pub" >"$folder/root/.ssh/authorized_keys"
  chmod 600 "$folder/root/.ssh/authorized_keys"
}

MACVLAN_NETWORK=lab-macvlan

# The network of containers that have an address of their own on the lab's wire, as Podman keeps it. Its
# identifier is the same on every host, as it would be had it been copied.
macvlan_network() {
  local id
  id=$(echo "$MACVLAN_NETWORK $NET" | sha256sum | cut -d ' ' -f 1)
  cat <<E
{
  "name": "$MACVLAN_NETWORK",
  "id": "$id",
  "driver": "macvlan",
  "network_interface": "eth0",
  "created": "2025-01-01T00:00:00Z",
  "subnets": [
    {
      "subnet": "$NET.0/24",
      "gateway": "$CLIENT",
      "lease_range": { "start_ip": "$NET.193", "end_ip": "$NET.253" }
    }
  ],
  "ipv6_enabled": false,
  "internal": false,
  "dns_enabled": false,
  "ipam_options": { "driver": "host-local" }
}
E
}
