# shellcheck shell=bash
# What the lab's commands tell people: progress on standard output, trouble on standard error.

# Prints one line of progress with the seconds since the command began.
say() {
  local now=${EPOCHREALTIME/[.,]/}
  local tenths=$(((now - LAB_BEGAN) / 100000))
  printf '[%3d.%ds] %s\n' $((tenths / 10)) $((tenths % 10)) "$*"
}

# Prints a warning and goes on.
warn() {
  printf 'warning: %s\n' "$*" >&2
}

# fail WHAT REMEDY: says what went wrong and what helps, and ends the command.
fail() {
  printf '%s: %s\n  remedy: %s\n' "$LAB_COMMAND" "$1" "$2" >&2
  exit 1
}

# misuse WHAT: the command line is wrong.
misuse() {
  printf '%s: %s\n  remedy: see %s --help\n' "$LAB_COMMAND" "$1" "$LAB_COMMAND" >&2
  exit 2
}

# quietly LOG REMEDY COMMAND...: runs a long command into a log file; on failure shows the log's end.
quietly() {
  local log=$1 remedy=$2
  shift 2
  "$@" >"$log" 2>&1 && return
  local code=$?
  tail -n 20 "$log" | cut -c 1-300 >&2
  fail "'$1' ended with status $code, its whole output is in $log" "$remedy"
}

# Ends the command unless it runs as root.
require_root() {
  [ "$(id -u)" = 0 ] || fail "this needs root" "run it as root, for example: sudo $LAB_COMMAND"
}

# Interrupted, a command leaves nothing half-written that the next one would not repair.
trap 'say "interrupted" >&2; exit 130' INT TERM

LAB_BEGAN=${EPOCHREALTIME/[.,]/}
LAB_COMMAND=$0
export LC_ALL=C
