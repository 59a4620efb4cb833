# shellcheck shell=bash
# The instance's wire: one bridge on this machine (which is the client), one link per host, and their shaping.

# link_is_ours LINK: the link exists and carries this instance's mark.
link_is_ours() {
  [ "$(cat "/sys/class/net/$1/ifalias" 2>/dev/null)" = "$LINK_ALIAS" ]
}

# link_refuse_foreign LINK: an interface of this name that somebody else made is left alone.
link_refuse_foreign() {
  [ ! -e "/sys/class/net/$1" ] || link_is_ours "$1" ||
    fail "an interface $1 exists that is not this lab's" "choose another --name"
}

bridge_ensure() {
  if link_is_ours "$BRIDGE"; then
    [ -n "$(ip -o -4 address show dev "$BRIDGE" to "$CLIENT/32")" ] ||
      fail "instance $NAME runs with another network than $NET" "lab/down --name $NAME, or give its own --net"
    return
  fi
  link_refuse_foreign "$BRIDGE"
  local other
  other=$({ ip -o -4 route show root "$NET.0/24" && ip -o -4 route show match "$NET.1/32"; } |
    grep -v '^default' | head -n 1 || true)
  [ -z "$other" ] || fail "network $NET.0/24 is in use here: $other" "choose another --net"
  ip link add "$BRIDGE" address "$(host_mac client)" type bridge forward_delay 0 mcast_snooping 0
  ip link set "$BRIDGE" alias "$LINK_ALIAS"
  ip address add "$CLIENT/24" dev "$BRIDGE"
  ip link set "$BRIDGE" up
}

# link_attach LINK: marks a host's link and puts it on the bridge.
link_attach() {
  ip link set "$1" alias "$LINK_ALIAS"
  ip link set "$1" master "$BRIDGE" up
}

# link_remove LINK: deletes it if it is this instance's. One whose other end was in a host may vanish by itself
# at the same moment.
link_remove() {
  ! link_is_ours "$1" || ip link delete "$1" 2>/dev/null || [ ! -e "/sys/class/net/$1" ] ||
    fail "the link $1 cannot be deleted" "try: ip link delete $1"
}

# Kernel modules that the hosts use but cannot load; where they are built in or absent this does nothing.
modules_load() {
  local module
  for module in overlay veth bridge macvlan nf_tables nft_compat xt_mark sch_tbf sch_netem \
    inet_diag tcp_diag udp_diag unix_diag netlink_diag af_packet_diag; do
    modprobe -q "$module" 2>/dev/null || true
  done
}

# shaping_apply HOST: both directions of the host's link at RATE; what the host sends is delayed by DELAY and
# lost at LOSS. Nothing asked for means no shaping.
shaping_apply() {
  local host=$1 link
  link=$(host_link "$host")
  if [ -n "$RATE" ]; then
    tc qdisc replace dev "$link" root tbf rate "$RATE" burst 256k latency 50ms ||
      fail "the kernel does not shape $link to '$RATE'" "a rate is written as tc does: 1gbit, 100mbit"
  else
    tc qdisc delete dev "$link" root 2>/dev/null || true
  fi
  local discipline="tbf rate $RATE burst 256k latency 50ms"
  if [ -n "$DELAY$LOSS" ]; then
    discipline="netem limit 100000 ${DELAY:+delay $DELAY} ${LOSS:+loss $LOSS} ${RATE:+rate $RATE}"
  fi
  if [ -n "$RATE$DELAY$LOSS" ]; then
    on "$host" "tc qdisc replace dev eth0 root $discipline" ||
      fail "$host's kernel refused: $discipline" "rate, delay and loss are written as tc does: 1gbit, 20ms, 0.1%"
  else
    on "$host" "tc qdisc delete dev eth0 root 2>/dev/null || true"
  fi
}

# Ends the command if delay or loss is asked of a kernel that cannot.
netem_require() {
  [ -n "$DELAY$LOSS" ] || return 0
  modprobe -q sch_netem 2>/dev/null || true
  ip link add "$NAME-probe" type dummy 2>/dev/null || ip link add "$NAME-probe" type bridge
  local able=no
  ! tc qdisc add dev "$NAME-probe" root netem delay 1ms 2>/dev/null || able=yes
  ip link delete "$NAME-probe"
  [ $able = yes ] || fail "this kernel has no netem, which --delay and --loss need" "use --vm: the guests' kernel has it"
}

# Checks that the shaping options are written as tc takes them.
shaping_check() {
  [ -z "$RATE" ] || [[ $RATE =~ ^[0-9.]+[kmgt]?bit$ ]] || misuse "--rate '$RATE': for example 1gbit or 100mbit"
  [ -z "$DELAY" ] || [[ $DELAY =~ ^[0-9.]+(us|ms|s)$ ]] || misuse "--delay '$DELAY': for example 20ms"
  [ -z "$LOSS" ] || [[ $LOSS =~ ^[0-9.]+%$ ]] || misuse "--loss '$LOSS': for example 0.1%"
}
