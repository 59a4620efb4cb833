package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import java.util.List;

/**
 * The memory's pages of a checkpoint, written into the source's staging directory instead of Podman's store: where CRIU will
 * create {@code pages-N.img} in the container's checkpoint directory, there are links. Podman's archive holds these
 * links only, and the pages can be read while they are being written.
 *
 * <p>The links are relative. A restore follows them, too, when it already sees the container's files as its root: only a
 * way up from the checkpoint leads out of there.
 *
 * <p>For as long as the source may have to resume, it needs the staging directory. Links that CRIU does not use point to
 * nothing, and do no harm.
 */
final class PagesBeside {
    /**
     * A script function, {@code beside CONTAINER CHECKPOINT_DIRECTORY}, for the staging directory, where it expects the list of
     * the container's processes, {@code $needed} and {@code $free} (KiB): makes the links if there is room. There are a few more
     * than processes, for shared memory; what has no link is written as ever.
     */
    static final String FUNCTION = """
            beside() {
              [ "$free" -gt $((needed * 9 / 4)) ] && [ ! -e "$2/inventory.img" ] || return 0
              mkdir -p "$2" && mkdir "$1.pages" || return 0
              up=$(cd "$2" && pwd -P | sed 's,/[^/]*,../,g')
              down=$(cd "$1.pages" && pwd -P)
              number=$(($(wc -l < "$1.pids") + 7))
              [ "$number" -lt 64 ] || number=64
              while [ "$number" -gt 0 ]; do
                ln -sfn "$up${down#/}/pages-$number.img" "$2/pages-$number.img" || return 0
                number=$((number - 1))
              done
            }
            """;

    private PagesBeside() {}

    /** Where the container's pages are, in the staging directory. */
    static String directory(String container) {
        return container + ".pages";
    }

    /**
     * Script lines that remove the links from containers that need no checkpoint any more, and what a failed checkpoint left
     * around them.
     */
    static String withdraw(List<ContainerFacts> containers) {
        if (containers.isEmpty()) {
            return ":";
        }
        return """
                for checkpoint in %s; do
                  [ -d "$checkpoint" ] || continue
                  find "$checkpoint" -maxdepth 1 -type l -name 'pages-*.img' -delete
                  [ -e "$checkpoint/inventory.img" ] || rm -rf -- "$checkpoint"
                done
                """.formatted(join(containers.stream()
                .filter(container -> container.directory().startsWith("/"))
                .map(container -> container.directory() + "/checkpoint")
                .toList()));
    }

    /**
     * Script lines that bring the pages of a stopped container into its checkpoint, in place of the links. Their status is 0 if
     * there were any and all are in place.
     */
    static String bringIn(String container) {
        return """
                (cd "$(podman container inspect --format '{{.StaticDir}}' %s)/checkpoint" || exit 1
                 status=1
                 for page in pages-*.img; do
                   [ -L "$page" ] && [ -e "$page" ] || continue
                   status=0
                   cp "$page" "$page.new" && mv "$page.new" "$page" || { rm -f "$page.new"; exit 1; }
                 done
                 exit $status)""".formatted(quote(container));
    }

    /**
     * Script lines, for the checkpoint directory {@code $1}: their status is not 0 if pages beside it are lost, as after a
     * reboot.
     */
    static String areThere() {
        return """
                for page in "$1"/pages-*.img; do
                  [ ! -L "$page" ] || (cd "$1" && cd "$(dirname "$(readlink "$page")")") 2>/dev/null || return 1
                done""";
    }
}
