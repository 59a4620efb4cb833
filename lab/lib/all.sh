# shellcheck shell=bash
# Everything that the lab's commands share; LAB is the folder of the lab's own files.
umask 022
PATH=$PATH:/usr/sbin:/sbin
. "$LAB/lib/messages.sh"
. "$LAB/lib/instance.sh"
. "$LAB/lib/packages.sh"
. "$LAB/lib/cgroup.sh"
. "$LAB/lib/debian.sh"
. "$LAB/lib/base.sh"
. "$LAB/lib/identity.sh"
. "$LAB/lib/image.sh"
. "$LAB/lib/network.sh"
. "$LAB/lib/host.sh"
. "$LAB/lib/guest-parts.sh"
. "$LAB/lib/guest.sh"
. "$LAB/lib/environment.sh"
. "$LAB/lib/leftovers.sh"
