package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.End.Verdict;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.Epilogue;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.Guest;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLogBuilder.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every line that migrations of Proxmox VE 3.x to 9.x are known to print, and what it says. Read from PVE/QemuMigrate.pm,
 * PVE/AbstractMigrate.pm, PVE/LXC/Migrate.pm, PVE/Tunnel.pm and PVE/QemuServer/BlockJob.pm of these versions.
 */
final class Wordings {
    private static final List<Wording> ALL = new ArrayList<>();
    private static final double MILLIS = 1000;
    private static final double MEGABYTE = 1L << 20;
    private static final String COUNT = "([0-9]{1,18})";
    private static final String DECIMAL = "([0-9]{1,9}(?:\\.[0-9]{1,6})?)";
    private static final String DRIVE = "((?:drive|mirror)-[a-z]{1,10}[0-9]{1,3})";

    private record Wording(Pattern pattern, Meaning meaning) {}

    /** What a line of that wording says. */
    @FunctionalInterface
    private interface Meaning {
        void tell(Matcher words, LogLine line, TaskLogBuilder log);
    }

    static {
        // where it is, and who began it
        line("task started by HA resource agent", (words, line, log) -> log.startedByHa());
        line(
                "starting migration of (VM|CT) " + COUNT + " to (?:remote )?node '([^']{1,63})' \\(.{1,100}\\)",
                (words, line, log) -> {
                    log.guest(new Guest(Guest.Kind.valueOf(words.group(1)), words.group(2)), words.group(3));
                    log.event(Event.BEGIN);
                });
        line("shutdown CT " + COUNT, (words, line, log) -> log.event(Event.SHUTDOWN));

        // limits at the start
        line("migration downtime limit: " + DECIMAL + " ms", (words, line, log) -> log.downtimeLimit(number(words, 1)));
        whole("migrate_set_downtime: " + DECIMAL, (words, line, log) -> log.downtimeLimit(number(words, 1) * MILLIS));
        line(
                "auto-increased downtime to continue migration: " + DECIMAL + " ms",
                (words, line, log) -> log.raisedLimit(number(words, 1)));
        line("capping downtime limit to maximum possible: " + DECIMAL + " ms");

        // disks
        line("starting storage migration", (words, line, log) -> log.event(Event.DISKS));
        line(
                DRIVE + ": transferred " + Amount.PATTERN + " of " + Amount.PATTERN
                        + " \\([0-9.]{1,8}%\\) in [0-9wdhms ]{1,40}(?:, ready)?(?:, still busy)?",
                (words, line, log) -> log.disk(words.group(1), Amount.rendered(words.group(2), words.group(3))));
        line(
                DRIVE + ": transferred: " + COUNT + " bytes remaining: " + COUNT + " bytes total: " + COUNT
                        + " bytes progression: [0-9.]{1,8} % busy: (?:[0-9]|true|false) ready: (?:[0-9]|true|false) ?",
                (words, line, log) -> log.disk(words.group(1), exactly(words, 2)));
        line("all mirroring jobs are ready ?", (words, line, log) -> log.event(Event.DISKS_READY));
        line("all 'mirror' jobs are ready", (words, line, log) -> log.event(Event.DISKS_READY));

        // memory
        line("starting online/live migration on .{1,200}", (words, line, log) -> log.event(Event.RAM));
        line("start migrate command to .{1,200}", (words, line, log) -> log.event(Event.RAM_COMMAND));
        line(
                "migration status: active \\(transferred " + COUNT + ", remaining " + COUNT + "\\), total " + COUNT
                        + "\\)",
                (words, line, log) -> log.memory(exactly(words, 1), exactly(words, 3)));
        line(
                "migration (?:active|device), transferred " + Amount.PATTERN + " of " + Amount.PATTERN + " VM-state, "
                        + Amount.PATTERN + "/s(?: \\(\\+ " + Amount.PATTERN
                        + " VFIO-state\\))?(?:, VM dirties lots of memory: " + Amount.PATTERN + "/s)?",
                Wordings::progress);
        line(
                "migration completed, transferred " + Amount.PATTERN + " VM-state(?: \\(\\+ " + Amount.PATTERN
                        + " VFIO-state\\))?",
                (words, line, log) -> log.memorySent(Amount.rendered(words.group(1), words.group(2))));
        line("migration speed: " + DECIMAL + " MB/s - downtime " + COUNT + " ms", (words, line, log) -> {
            double hundredth = 0.005 * MEGABYTE;
            double speed = number(words, 1) * MEGABYTE;
            log.printedSpeed(new Amount(speed, Math.max(0, speed - hundredth), speed + hundredth));
            log.downtime(Long.parseLong(words.group(2)));
        });
        line("average migration speed: " + Amount.PATTERN + "/s - downtime " + COUNT + " ms", (words, line, log) -> {
            log.printedSpeed(Amount.rendered(words.group(1), words.group(2)));
            log.downtime(Long.parseLong(words.group(3)));
        });
        line("migration status: completed", (words, line, log) -> log.event(Event.RAM_DONE));
        line("migration status error: .{1,1000}", (words, line, log) -> log.remark(true, line));

        // after the switch-over
        line("issuing guest fstrim", (words, line, log) -> log.event(Event.CLEAN_UP));
        line("skipping guest fstrim, because VM is paused", (words, line, log) -> log.event(Event.CLEAN_UP));
        line("Waiting for spice server migration", (words, line, log) -> log.event(Event.CLEAN_UP));
        line("flushing conntrack state for guest on source node", (words, line, log) -> log.event(Event.CLEAN_UP));
        line("start final cleanup", (words, line, log) -> log.event(Event.FINAL_CLEAN_UP));
        line("start container on target node", (words, line, log) -> log.event(Event.START));
        line("aborting phase [12] - cleanup resources", (words, line, log) -> log.event(Event.CLEAN_UP));
        line("migrate_cancel");

        // how it ends
        line(
                "migration finished successful?ly \\(duration ([0-9]{2,6}):([0-5][0-9]):([0-5][0-9])\\)",
                (words, line, log) -> log.finished(Verdict.SUCCESSFUL, seconds(words)));
        line(
                "ERROR: migration finished with problems \\(duration ([0-9]{2,6}):([0-5][0-9]):([0-5][0-9])\\)",
                (words, line, log) -> {
                    log.remark(true, line);
                    log.finished(Verdict.PROBLEMS, seconds(words));
                });
        line(
                "ERROR: migration aborted \\(duration ([0-9]{2,6}):([0-5][0-9]):([0-5][0-9])\\)(?:: .*)?",
                (words, line, log) -> {
                    log.remark(true, line);
                    log.finished(Verdict.ABORTED, seconds(words));
                });
        line("TASK OK", (words, line, log) -> log.epilogue(new Epilogue.Ok()));
        line(
                "TASK WARNINGS: ([0-9]{1,9})",
                (words, line, log) -> log.epilogue(new Epilogue.Warnings(Long.parseLong(words.group(1)))));
        line("TASK ERROR: (.{1,2000})", (words, line, log) -> log.epilogue(new Epilogue.Failed(words.group(1))));

        // warnings and errors
        line("ERROR: .+", (words, line, log) -> log.remark(true, line));
        line("WARN(?:ING)?: .+", (words, line, log) -> log.remark(false, line));
        line(
                "conntrack state migration not supported (?:or disabled|for remote migrations),"
                        + " active connections might get dropped",
                (words, line, log) -> log.remark(false, line));
        line("can't migrate local (?:disk|volume) '.{1,300}': .+", (words, line, log) -> log.remark(true, line));
        line("migrate uri => .{1,200} failed: .+", (words, line, log) -> log.remark(true, line));
        line(
                "(?:migrate-set-parameters|client_migrate_info|migrate_cancel) error: .+",
                (words, line, log) -> log.remark(false, line));
        line("failed to stop dbus-vmstate on .+", (words, line, log) -> log.remark(false, line));
        line(
                "attempt to clean up left-over fleecing images failed - .+",
                (words, line, log) -> log.remark(false, line));
        line("query migrate failed: .+", (words, line, log) -> log.remark(false, line));

        // known, and of no consequence for figures
        for (String known : List.of(
                "use dedicated network address for sending migration traffic \\(.{1,100}\\)",
                "copying (?:local )?disk images",
                "found (?:local|generated)(?:, replicated)? (?:disk|volume) '.{1,300}'(?: \\(.{1,100}\\))?",
                "volume '.{1,300}' is on shared storage '.{1,100}'",
                "volume '.{1,300}' does not exist \\(pending change\\?\\)",
                "container is running - using online migration",
                "migrating VM which uses (?:mapped )?local devices",
                "stopped left-over dbus-vmstate helper for VM " + COUNT,
                "stopping migration dbus-vmstate helpers",
                "spice client_migrate_info",
                "start container on source node",
                "[a-z]{1,10}[0-9]{1,3}: removing block-dirty-bitmap '.{1,100}'",
                "drive '[a-z]{1,10}[0-9]{1,3}': .{1,300}",
                "volume '.{1,300}' is '.{1,300}' on the target",
                "replicating disk images",
                // PVE/Replication.pm, with the time in front again from jobs that tell much
                "(?:start|end) replication job",
                "guest => .{1,100}, running => [0-9]{1,9}",
                "volumes => .{1,2000}",
                "(?:freeze|thaw) guest filesystem",
                "(?:create|delete previous replication|delete stale replication) snapshot '.{1,100}' on .{1,300}",
                "using (?:secure|insecure) transmission(?: on .{1,100})?, rate limit: .{1,60}",
                "(?:full|incremental) sync '.{1,300}' \\(.{1,200}\\)",
                "\\(remote_(?:prepare|finalize)_local_job\\) .{1,500}",
                // volumes that are copied as they are: PVE/Storage.pm and the programs that it pipes together
                "Formatting '.{1,300}', fmt=.{1,300}",
                "[0-9]{1,12}\\+[0-9]{1,12} records (?:in|out)",
                "[0-9]{1,18} bytes (?:\\(.{1,60}\\) )?copied, .{1,60}",
                "successfully imported '.{1,300}'",
                "ignoring shared '.{1,40}' mount point '.{1,40}' \\('.{1,300}'\\)",
                "[a-z]{1,10}[0-9]{1,3}: start tracking writes using block-dirty-bitmap '.{1,100}'",
                "starting VM " + COUNT + " on remote node '.{1,63}'",
                "starting ssh migration tunnel",
                "start remote tunnel",
                "ssh tunnel ver [0-9]{1,3}",
                "[a-z]{1,10}[0-9]{1,3}: start migration to (?:to )?(?:nbd|unix):.{1,300}",
                "drive mirror is starting for " + DRIVE + "(?: with bandwidth limit: [0-9]{1,18} KiB/s)?",
                DRIVE + ": (?:Completing block job\\.\\.\\.|Completed successfully\\.|mirror-job finished"
                        + "|Cancelling block job|Done\\.)",
                DRIVE + ": block job cannot be completed, trying again\\.",
                DRIVE + ": (?:switching|successfully switched) to actively synced mode",
                "drive mirror re-using dirty bitmap '.{1,100}'",
                "switching mirror jobs to actively synced mode",
                "set migration_caps",
                "set migration capabilities",
                "set migration parameters",
                "set cachesize: [0-9]{1,18}",
                "migrate_set_speed: [0-9]{1,18}",
                "migration speed limit: .{1,40}/s",
                "migration cachesize: .{1,40}",
                "migration xbzrle cachesize: [0-9]{1,18} transferred [0-9]{1,18} pages [0-9]{1,18} cachemiss "
                        + "[0-9]{1,18} overflow [0-9]{1,18}",
                "xbzrle: send updates to [0-9]{1,18} pages in .{1,40} encoded memory(?:, cache-miss [0-9.]{1,8}%)?"
                        + "(?:, overflow [0-9]{1,18})?",
                "migration in status '.{1,40}' - waiting for transition",
                "stopping NBD storage migration server on target\\.",
                "migrated [0-9]{1,18} conntrack state entr(?:ies|y)",
                "remote: started tunnel worker '.{1,200}'",
                "tunnel: -> sending command \"[a-z-]{1,40}\" to remote",
                "tunnel: <- got reply",
                "(?:local|remote|minimum required) WS tunnel version: [0-9]{1,3}",
                "websocket tunnel started",
                "Setting up tunnel for '.{1,200}'",
                "mapped: .{1,40} from .{1,100} to .{1,100}",
                "Allocating volume for drive '.{1,40}' on remote storage '.{1,100}'\\.\\.")) {
            line(known);
        }
    }

    private Wordings() {}

    /** Tells the log what the line says; false if no wording is known for it. */
    static boolean tell(LogLine line, TaskLogBuilder log) {
        for (Wording wording : ALL) {
            Matcher words = wording.pattern().matcher(line.text());
            if (words.matches()) {
                wording.meaning().tell(words, line, log);
                return true;
            }
        }
        return false;
    }

    private static void progress(Matcher words, LogLine line, TaskLogBuilder log) {
        log.memory(Amount.rendered(words.group(1), words.group(2)), Amount.rendered(words.group(3), words.group(4)));
        if (words.group(9) != null) {
            log.dirtyRate(Amount.rendered(words.group(9), words.group(10)));
        }
    }

    private static void line(String known) {
        line(known, (words, line, log) -> {});
    }

    private static void line(String pattern, Meaning meaning) {
        ALL.add(new Wording(Pattern.compile(pattern), meaning));
    }

    /** A wording that could be torn without being seen to be: it counts only if the line's end was there. */
    private static void whole(String pattern, Meaning meaning) {
        line(pattern, (words, line, log) -> {
            if (line.complete()) {
                meaning.tell(words, line, log);
            }
        });
    }

    private static double number(Matcher words, int group) {
        return Double.parseDouble(words.group(group));
    }

    private static Amount exactly(Matcher words, int group) {
        return Amount.exactly(Long.parseLong(words.group(group)));
    }

    private static long seconds(Matcher words) {
        return Long.parseLong(words.group(1)) * 3600
                + Long.parseLong(words.group(2)) * 60
                + Long.parseLong(words.group(3));
    }
}
