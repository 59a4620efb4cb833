# shellcheck shell=bash
# Moves the counter service from one host to another and back with plain Podman commands while a client holds a
# TCP connection to it, and checks that nothing was lost. RUNTIME, KIND (floating or macvlan) and STRATEGY
# (stop-and-copy or pre-copy) say how; FIRST and SECOND are the hosts.

MACVLAN_ADDRESS_NUMBER=193

# round_trip: one case, there and back.
round_trip() {
  local case="$RUNTIME, $KIND, $STRATEGY" before after samples answered
  case $KIND in floating) address=$FLOATING ;; macvlan) address=$NET.$MACVLAN_ADDRESS_NUMBER ;; esac
  samples=$DIR/probe-$RUNTIME-$KIND
  counter_start
  # The address may have been another container's, with another hardware address, a moment ago.
  ip neighbour flush dev "$BRIDGE"
  await_output 20 ask / >/dev/null 2>&1 || fail "the counter does not answer at $address" "look at: podman logs counter"
  before=$(ask /verify)
  probe "$samples" &
  prober=$!
  await_output 20 cat "$samples" >/dev/null 2>&1 || fail "$case: no reply over a held connection" "see $samples"
  counter_move "$FIRST" "$SECOND"
  counter_move "$SECOND" "$FIRST"
  after=$(ask /verify)
  answered=$(wc -l <"$samples")
  await_output 60 more_replies "$samples" "$answered" >/dev/null ||
    fail "$case: the held connection did not survive" "see $samples"
  kill "$prober"
  wait "$prober" 2>/dev/null || true
  prober=
  check "$before" "$after" "$samples"
  on "$FIRST" "podman rm -ft0 counter >/dev/null; ip address delete $FLOATING/24 dev eth0 2>/dev/null || true"
}

# ask PATH: prints the service's JSON answer.
ask() {
  exec 6<>"/dev/tcp/$address/7000"
  printf 'GET %s HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n' "$1" >&6
  sed '1,/^\r$/d' <&6
  exec 6>&-
}

# probe FILE: holds one TCP connection, asks every 20 ms, writes the time in microseconds and the count of each reply.
probe() {
  exec 5<>"/dev/tcp/$address/7000"
  local reply
  while echo probe >&5 && read -r -t 60 reply <&5; do
    reply=${reply#*count=}
    echo "${EPOCHREALTIME/./} ${reply%% *}"
    sleep 0.02
  done >"$1"
}

more_replies() {
  [ "$(wc -l <"$1")" -le "$2" ] || echo yes
}

counter_start() {
  local where="--network host"
  if [ "$KIND" = macvlan ]; then
    where="--network $MACVLAN_NETWORK --ip $address"
  else
    on "$FIRST" "ip address add $address/24 dev eth0 && arping -q -c 1 -A -I eth0 $address"
  fi
  on "$FIRST" "podman run -d --runtime $RUNTIME --name counter $where $IMAGE --memory-mb 16 --dirty-mb-per-s 1" >/dev/null
}

# counter_move FROM TO
counter_move() {
  local from=$1 to=$2 previous='' import=''
  if [ "$STRATEGY" = pre-copy ]; then
    checkpoint "$from" "$to" before --pre-checkpoint
    previous=--with-previous import=--import-previous=/run/before.tar
  fi
  [ "$KIND" = macvlan ] || gate "$from" on
  checkpoint "$from" "$to" counter $previous
  # With macvlan the address travels with the container: it must be gone here before it is there.
  on "$from" "podman rm -f counter >/dev/null"
  if [ "$KIND" = floating ]; then
    gate "$to" on
    on "$from" "ip address delete $address/24 dev eth0"
    on "$to" "ip address add $address/24 dev eth0 && arping -q -c 1 -A -I eth0 $address"
  fi
  on "$to" "podman container restore --import=/run/counter.tar $import --tcp-established >/dev/null"
  if [ "$KIND" = floating ]; then
    gate "$to" off
    gate "$from" off
    # CRIU's own rules, one per connection, would drop the packets of a later move back.
    on "$from" "iptables-save | sed -n 's/^-A \(.*0xc114.*\)/-D \1/p' | xargs -r -L 1 iptables"
  fi
  on "$from" "rm -f /run/before.tar /run/counter.tar"
  on "$to" "rm -f /run/before.tar /run/counter.tar"
}

# checkpoint FROM TO ARCHIVE OPTIONS...: writes it on one host and copies it to the other.
checkpoint() {
  local from=$1 to=$2 archive=$3 pages
  shift 3
  pages=$(on "$from" "podman container checkpoint $* --export=/run/$archive.tar --compress=none --tcp-established \
    --print-stats counter | jq '.container_statistics[].criu_statistics.pages_written' &&
    rsync -a --whole-file /run/$archive.tar $to:/run/") ||
    fail "$RUNTIME, $KIND, $STRATEGY: the checkpoint on $from failed" "see the messages above"
  [ "$STRATEGY" != pre-copy ] || say "$from -> $to: $pages pages written by checkpoint $*"
}

# gate HOST on|off: drops what is sent to the floating address, so that nobody answers while it is in between.
gate() {
  case $2 in
    on) on "$1" "nft 'add table ip lab_smoke; add chain ip lab_smoke in { type filter hook prerouting priority -300; };
      add rule ip lab_smoke in ip daddr $address drop'" ;;
    off) on "$1" "nft delete table ip lab_smoke" ;;
  esac
}

# check BEFORE AFTER SAMPLES: the answers before and after, and the probe's file, tell of one uninterrupted life.
check() {
  local longest
  [ "$(jq -r .id <<<"$1")" = "$(jq -r .id <<<"$2")" ] || fail "$case: the service was started anew: $1 -> $2" "see the messages above"
  [ "$(jq .count <<<"$2")" -gt "$(jq .count <<<"$1")" ] || fail "$case: the count went back: $1 -> $2" "see the messages above"
  [ "$(jq .memoryOk <<<"$2")" = true ] || fail "$case: the memory's content changed: $2" "see the messages above"
  longest=$(awk 'NR > 1 { if ($2 <= count) { print "the count went back"; exit } if ($1 - at > gap) gap = $1 - at }
    { at = $1; count = $2 } END { printf "%d", gap / 1000 }' "$3")
  [[ $longest =~ ^[0-9]+$ ]] || fail "$case: $longest" "see $3"
  say "$case: there and back, state and connection kept, longest silence of the held connection $longest ms"
}
