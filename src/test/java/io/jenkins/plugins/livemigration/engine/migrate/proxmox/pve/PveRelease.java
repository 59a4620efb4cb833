package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import java.util.List;

/** A release of Proxmox VE, and in what its API differs from the others. */
public enum PveRelease {
    V7_4("7.4-17", false),
    V8_4("8.4.1", true),
    V9_0("9.0.10", true),
    V9_2("9.2.11", true);

    private final String version;
    private final boolean messageField;

    PveRelease(String version, boolean messageField) {
        this.version = version;
        this.messageField = messageField;
    }

    public String version() {
        return version;
    }

    /** Whether errors have a field with their text; before libpve-http-server 5.2.0 only the reason phrase has it. */
    boolean messageField() {
        return messageField;
    }

    /** Whether its nodes can take a guest's connections along, once they are up to date. */
    boolean carriesConnections() {
        return compareTo(V9_0) >= 0;
    }

    /** The published parameters of {@code POST /nodes/NODE/qemu/VMID/migrate}. */
    public PveSchema migrationParameters() {
        return PveSchema.ofMigration(this, "qemu");
    }

    /** The published parameters of {@code POST /nodes/NODE/lxc/VMID/migrate}. */
    public PveSchema containerParameters() {
        return PveSchema.ofMigration(this, "lxc");
    }

    /** A task's log of a migration that works. */
    public List<String> log(int vmid, String to, boolean localDisks) {
        String disks = localDisks ? """
                        2025-06-01 10:00:00 found local disk 'local-lvm:vm-%1$s-disk-0' (attached)
                        2025-06-01 10:00:02 starting storage migration
                        2025-06-01 10:00:02 scsi0: start migration to nbd:unix:/run/qemu-server/%1$s_nbd.migrate:exportname=drive-scsi0
                        drive mirror is starting for drive-scsi0
                        %3$s-scsi0: transferred 4.0 GiB of 4.0 GiB (100.00%%) in 36s, ready
                        all 'mirror' jobs are ready
                        """ : "";
        String sent = this == V7_4 ? "" : "2025-06-01 10:00:48 migration completed, transferred 401.5 MiB VM-state\n";
        String text = """
                2025-06-01 10:00:00 starting migration of VM %1$s to node '%2$s' (192.0.2.12)
                2025-06-01 10:00:00 starting VM %1$s on remote node '%2$s'
                2025-06-01 10:00:01 start remote tunnel
                2025-06-01 10:00:02 ssh tunnel ver 1
                """ + disks + """
                2025-06-01 10:00:40 starting online/live migration on unix:/run/qemu-server/%1$s.migrate
                2025-06-01 10:00:40 set migration capabilities
                2025-06-01 10:00:40 migration downtime limit: 100 ms
                2025-06-01 10:00:40 start migrate command to unix:/run/qemu-server/%1$s.migrate
                2025-06-01 10:00:41 migration active, transferred 110.1 MiB of 2.0 GiB VM-state, 112.0 MiB/s
                2025-06-01 10:00:48 average migration speed: 256.0 MiB/s - downtime 57 ms
                """ + sent + """
                2025-06-01 10:00:48 migration status: completed
                2025-06-01 10:00:52 migration finished successfully (duration 00:00:52)
                """;
        return String.format(java.util.Locale.ROOT, text, vmid, to, carriesConnections() ? "mirror" : "drive")
                .lines()
                .toList();
    }
}
