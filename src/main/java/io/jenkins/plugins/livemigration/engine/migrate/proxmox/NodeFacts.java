package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import java.util.Set;

/** What is recorded of a node: what a team upgrades. */
final class NodeFacts {
    /** The packages whose versions count, by Debian's names. */
    static final Set<String> PACKAGES = Set.of(
            "proxmox-ve",
            "pve-manager",
            "pve-qemu-kvm",
            "qemu-server",
            "pve-container",
            "lxc-pve",
            "pve-ha-manager",
            "corosync");

    private NodeFacts() {}
}
