package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.remote.ShellWords;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Brings directories of the source to the destination with rsync: once while the workload runs, and once more, only the
 * difference, while it stands still. The source's stay as they are: they are what going back needs.
 */
final class VolumeSync {
    private static final Pattern LITERAL = Pattern.compile("Literal data: ([0-9,.]+) bytes");

    private final List<String> volumes;
    private final HostLink link;

    VolumeSync(List<String> volumes, HostLink link) {
        this.volumes = List.copyOf(volumes);
        this.link = link;
    }

    /** Whether there is anything to bring. */
    boolean needed() {
        return !volumes.isEmpty();
    }

    /** Script lines; their status is not zero if one directory failed. */
    String script() {
        StringBuilder script = new StringBuilder("synced=0\n");
        for (String volume : volumes) {
            String directory = volume.endsWith("/") ? volume : volume + "/";
            script.append("rsync -aHAX --numeric-ids --delete --stats -e ")
                    .append(link.rsyncShell())
                    .append(" -- ")
                    .append(quote(directory))
                    .append(' ')
                    .append(link.rsyncTarget(directory))
                    .append(" </dev/null || synced=$?\n");
        }
        return script.append("[ \"$synced\" = 0 ]").toString();
    }

    /**
     * Script lines that bring everything over, and remember when they began. The pause is longer than the kernel's
     * file times are coarse: what is changed after it has a later time, what before is seen by this synchronisation.
     */
    String first() {
        return ": > volumes.began && sleep 0.02\n" + script();
    }

    /** Script lines that bring over what changed since {@link #first} began, if anything did. */
    String difference() {
        return """
                if [ -z "$(find %s -cnewer volumes.began -print -quit)" ]; then :; else
                %s
                fi""".formatted(volumes.stream().map(ShellWords::quote).collect(Collectors.joining(" ")), script());
    }

    /** Bytes of file content that went over, from what {@code rsync --stats} printed, of one or several runs. */
    static long bytes(String output) {
        long total = 0;
        Matcher matcher = LITERAL.matcher(output);
        while (matcher.find()) {
            total += Long.parseLong(matcher.group(1).replaceAll("[,.]", ""));
        }
        return total;
    }
}
