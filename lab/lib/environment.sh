# shellcheck shell=bash
# What an instance tells others about itself.

# Prints lab.env: what scripts and tests need to know of the instance.
environment_file() {
  cat <<E
LAB_NAME=$NAME
LAB_DIR=$DIR
LAB_NET=$NET
LAB_BRIDGE=$BRIDGE
LAB_CLIENT=$CLIENT
LAB_HOST_A=$(host_address host-a)
LAB_HOST_B=$(host_address host-b)
LAB_VM_A=$(host_address vm-a)
LAB_VM_B=$(host_address vm-b)
LAB_HOST_INTERFACE=eth0
LAB_FLOATING=$FLOATING
LAB_MACVLAN_NETWORK=$MACVLAN_NETWORK
LAB_MACVLAN_RANGE=$MACVLAN_RANGE
LAB_SSH_USER=root
LAB_SSH_KEY=$DIR/id
LAB_KNOWN_HOSTS=$DIR/known_hosts
LAB_SSH_CONFIG=$DIR/ssh_config
LAB_IMAGE=$IMAGE
LAB_IMAGE_ID=$IMAGE_ID
LAB_PORT=7000
LAB_DATA=/srv/data
LAB_STORE=$STORE
E
}
