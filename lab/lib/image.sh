# shellcheck shell=bash
# The workload's container image. It is written here, byte for byte the same from the same content, so that
# every host that loads it has it under the same ID: a restore looks the image up by its ID.

IMAGE=localhost/lmb-counter:1

# Sets IMAGE_ARCHIVE and IMAGE_ID and builds the image if its sources changed.
image_ensure() {
  local recipe
  recipe=$(cat "$LAB"/workload/*.[ch] "$LAB/lib/image.sh" "$BASE/usr/bin/busybox" | sha256sum | cut -c1-12)
  IMAGE_ARCHIVE=$CACHE/counter-$recipe.tar
  if [ ! -e "$IMAGE_ARCHIVE" ]; then
    lock "$CACHE/.lock" 8
    [ -e "$IMAGE_ARCHIVE" ] || image_build
    exec 8>&-
  fi
  IMAGE_ID=$(tar -xOf "$IMAGE_ARCHIVE" manifest.json | sed -n 's/.*"Config":"\([0-9a-f]*\)\.json".*/\1/p')
}

image_build() {
  local work=$CACHE/.building
  say "building the workload's image $IMAGE"
  rm -rf "$work"
  mkdir -p "$work"/{layer,archive}
  workload_compile "$work/layer/bin/counter"
  image_layer "$work/layer"
  deterministic_tar "$work/layer" >"$work/archive/layer.tar"
  image_metadata "$work/archive"
  deterministic_tar "$work/archive" >"$work/counter.tar"
  mv "$work/counter.tar" "$IMAGE_ARCHIVE"
  rm -rf "$work"
}

# workload_compile FILE
workload_compile() {
  mkdir -p "$(dirname "$1")"
  gcc -std=gnu11 -O2 -Wall -Wextra -Werror -static -pthread -s -o "$1" "$LAB"/workload/*.c ||
    fail "the workload does not compile" "see the compiler's message above"
}

# image_layer FOLDER: what the image holds besides the service: a shell and its tools.
image_layer() {
  local tool
  mkdir -p "$1"/{data,dev,etc,proc,run,sys,tmp}
  chmod 1777 "$1/tmp"
  cp "$BASE/usr/bin/busybox" "$1/bin/busybox"
  for tool in sh ls cat echo sleep ps date touch dd kill rm wget; do
    ln -s busybox "$1/bin/$tool"
  done
  echo 'root:x:0:0:root:/:/bin/sh' >"$1/etc/passwd"
}

# image_metadata FOLDER: configuration and manifest beside the layer, as `docker save` writes them.
image_metadata() {
  local layer config
  layer=$(sha256sum "$1/layer.tar" | cut -d ' ' -f 1)
  cat >"$1/config" <<E
{"architecture":"$(dpkg --print-architecture)","os":"linux","created":"2025-01-01T00:00:00Z",
"config":{"Entrypoint":["/bin/counter"],"Env":["PATH=/bin"],"ExposedPorts":{"7000/tcp":{},"7000/udp":{}},"WorkingDir":"/"},
"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]},
"history":[{"created":"2025-01-01T00:00:00Z","created_by":"lab/up"}]}
E
  config=$(sha256sum "$1/config" | cut -d ' ' -f 1)
  mv "$1/config" "$1/$config.json"
  printf '[{"Config":"%s.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$config" "$IMAGE" >"$1/manifest.json"
}

# deterministic_tar FOLDER: the same archive for the same content, whoever made it and when.
deterministic_tar() {
  (cd "$1" && tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@1735689600 --format=gnu -cf - -- *)
}

# image_load HOST
image_load() {
  on "$1" "podman image exists $IMAGE_ID || podman load -q >/dev/null" <"$IMAGE_ARCHIVE" ||
    fail "$1 did not take the workload's image" "try: ssh -F $DIR/ssh_config $1 podman load <$IMAGE_ARCHIVE"
}
