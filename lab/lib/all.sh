# shellcheck shell=bash
# Everything that lab/up, lab/down and lab/status share; LAB is the folder of the lab's own files.
. "$LAB/lib/messages.sh"
. "$LAB/lib/instance.sh"
. "$LAB/lib/packages.sh"
. "$LAB/lib/cgroup.sh"
. "$LAB/lib/base.sh"
. "$LAB/lib/identity.sh"
. "$LAB/lib/image.sh"
. "$LAB/lib/network.sh"
. "$LAB/lib/host.sh"
. "$LAB/lib/environment.sh"
. "$LAB/lib/leftovers.sh"
