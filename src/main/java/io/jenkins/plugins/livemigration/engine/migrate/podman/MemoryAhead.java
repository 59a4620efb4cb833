package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Brings a copy of the workload's memory to the destination while the workload runs, so that the window has to bring only
 * the pages that changed since. It is no checkpoint: nothing is frozen, and nothing depends on the copy's being exact. In
 * the window {@code archive-send.pl} compares what CRIU wrote with the copy, page by page, and {@code archive-receive.pl}
 * puts the same file together at the destination, in the store of Podman's containers, where CRIU will look for it: Podman
 * need not unpack it again.
 *
 * <p>CRIU is made to write the pages into the staging directory instead of Podman's store: where it will create them stand links
 * ({@link PagesBeside}). Then they are compared and sent while they are being written, and Podman's archive, which
 * comes afterwards, is small. If links are not followed, or are followed by the archive, too, they come with the archive.
 *
 * <p>Where that cannot be done (no Perl, no room, an unusual store) the archive goes over as it is, and a note says why.
 */
final class MemoryAhead {
    /** Below this it is not worth its while: the window has fixed costs that are larger. */
    private static final long WORTHWHILE_KIB = 32 * 1024;

    private static final String READ = "memory-read.pl";
    private static final String SEND = "archive-send.pl";
    private static final String RECEIVE = "archive-receive.pl";
    private static final String PLACE = "memory.place";
    private static final String FORGET = "memory.forget";
    private static final Duration SHORT = Duration.ofSeconds(30 + Scripts.LOCK_WAIT_SECONDS);
    private static final Pattern STORE = Pattern.compile("^lmb store (/\\S+) (/\\S+) (\\d+)$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("^lmb (perl|no|small|seed) ?(.*)$", Pattern.MULTILINE);

    private final Move move;

    private MemoryAhead(Move move) {
        this.move = move;
    }

    /** Does it, as far as it can be done. */
    static Ahead send(Move move) throws InterruptedException {
        // What is compressed cannot be compared.
        return move.plan().compression().equals("none") ? new MemoryAhead(move).send() : Ahead.nothing();
    }

    private Ahead send() throws InterruptedException {
        CommandResult prepared = move.destination().run(move.guarded(atDestination()), SHORT);
        Matcher store = STORE.matcher(prepared.out());
        if (!prepared.ok() || !store.find()) {
            return without(move.record().to(), prepared, Ahead.nothing());
        }
        String directory = store.group(1) + "/" + names(move.names());
        move.listener().phaseStarted(Phases.MEMORY_AHEAD);
        CommandResult result = move.source()
                .run(
                        move.guarded(atSource(directory, Long.parseLong(store.group(3)))),
                        move.timings().step());
        Set<String> seeded = new LinkedHashSet<>();
        long bytes = 0;
        boolean perl = false;
        boolean small = false;
        Matcher word = WORD.matcher(result.out());
        while (word.find()) {
            perl |= word.group(1).equals("perl");
            small |= word.group(1).equals("small");
            if (word.group(1).equals("seed")) {
                String[] parts = word.group(2).split(" ", 2);
                seeded.add(parts[1]);
                bytes += Long.parseLong(parts[0]);
            }
        }
        move.listener().phaseEnded(Phases.MEMORY_AHEAD, OptionalLong.of(bytes));
        Ahead ahead = new Ahead(perl, seeded, directory);
        boolean complete = small || seeded.size() == move.containers().size();
        return result.ok() && complete ? ahead : without(move.record().from(), result, ahead);
    }

    private Ahead without(String host, CommandResult result, Ahead ahead) {
        Matcher word = WORD.matcher(result.out());
        String why = result.complaint();
        while (word.find()) {
            why = word.group(1).equals("no") ? "no " + word.group(2) : why;
        }
        move.listener().note(Message.of("migrate/podman.memoryNotAhead", host, why));
        return ahead;
    }

    /** A directory of the workload's own in the store: what is left there after a reboot is found again. */
    private static String names(WorkloadNames names) {
        return names.gateTable();
    }

    /** Script lines that find out where Podman keeps containers; {@code $1} and {@code $2} are the store and that place. */
    private static final String FIND_STORE = """
            command -v perl >/dev/null || { echo 'lmb no Perl'; exit 0; }
            set -- $(podman info --format '{{.Store.GraphRoot}} {{.Store.GraphDriverName}}')
            set -- "$1" "$1/$2-containers" "$#"
            [ "$3" = 2 ] && [ -d "$2" ] || { echo 'lmb no known store'; exit 0; }
            available=$(sed -n 's/^MemAvailable: *\\([0-9]*\\).*/\\1/p' /proc/meminfo)
            """;

    private String atDestination() {
        String ids = join(move.containers().stream().map(ContainerFacts::id).toList());
        String place = move.containers().stream()
                .map(container -> "place %s %s\n".formatted(quote(container.name()), quote(container.id())))
                .collect(Collectors.joining());
        return FIND_STORE
                + """
                for id in %1$s; do [ ! -e "$2/$id" ] || { echo 'lmb no place'; exit 0; }; done
                free=$(df -Pk "$1" | awk 'NR==2 {print $4}')
                [ "$free" -lt "$available" ] || free=$available
                directory=$1/%2$s
                rm -rf "$directory"
                printf '%%s\\n' "directory='$directory' containers='$2'" > %3$s
                printf %%s %4$s >> %3$s
                printf '%%s\\n' "directory='$directory' containers='$2'" > %5$s
                printf %%s %6$s >> %5$s
                %7$s
                mkdir "$directory" || exit 70
                echo "lmb store $1 $2 $free"
                """.formatted(
                                ids,
                                names(move.names()),
                                PLACE,
                                quote("""
                        place() {
                          for file in "$directory/$1"/pages-*.img; do
                            [ ! -e "$file" ] || { mkdir -p "$containers/$2/userdata/checkpoint" \\
                              && ln -f "$file" "$containers/$2/userdata/checkpoint/" || exit 70; }
                          done
                        }
                        """ + place),
                                FORGET,
                                quote("""
                        rm -rf -- "$directory"
                        for id in %s; do
                          [ ! -e "$containers/$id" ] || podman container exists "$id" || rm -rf -- "$containers/$id"
                        done
                        """.formatted(ids)),
                                install(RECEIVE));
    }

    private String atSource(String directory, long destinationFreeKib) {
        StringBuilder script = new StringBuilder(FIND_STORE);
        script.append("control=$PWD\n").append(install(READ)).append(install(SEND));
        script.append("echo 'lmb perl'\nprintf %s ")
                .append(quote(PagesBeside.withdraw(move.containers())))
                .append(" > " + FORGET + "\n");
        script.append("""
                cd %1$s || exit 70
                needed=0
                for name in %2$s; do
                  podman top "$name" hpid | sed 1d > "$name.pids"
                  while read -r pid; do
                    size=$(sed -n 's/^VmRSS:[^0-9]*\\([0-9]*\\).*/\\1/p' "/proc/$pid/status")
                    needed=$((needed + ${size:-0}))
                  done < "$name.pids"
                done
                [ "$needed" -ge %3$s ] || { echo 'lmb small'; exit 0; }
                free=$(df -Pk . | awk 'NR==2 {print $4}')
                [ "$free" -gt $((needed * 5 / 4)) ] && [ "$available" -gt $((needed * 5 / 2)) ] \\
                  || { echo 'lmb no room'; exit 0; }
                [ %4$s -gt $((needed * 3 / 2)) ] || { echo 'lmb no room at the destination'; exit 0; }
                """.formatted(
                quote(move.record().staging()), join(move.containerNames()), WORTHWHILE_KIB, destinationFreeKib));
        script.append(PagesBeside.FUNCTION);
        for (ContainerFacts container : move.containers()) {
            String name = quote(container.name());
            String memory = quote(directory + "/" + container.name());
            String receive =
                    Scripts.command("umask 077; mkdir %1$s && cat > %1$s/seed && cksum < %1$s/seed".formatted(memory));
            script.append("""
                    [ %5$s = "$2/"%2$s/userdata ] || { echo 'lmb no known store'; exit 0; }
                    { perl "$control/%3$s" $(cat %1$s.pids) 9>&-; echo $? > %1$s.read; } 2> %1$s.reading |
                      tee %1$s.seed 9>&- | %4$s > %1$s.sum 2> %1$s.sending 9>&-
                    if [ "$(cat %1$s.read)" = 0 ] && [ "$(cksum < %1$s.seed)" = "$(cat %1$s.sum)" ]; then
                      echo "lmb seed $(wc -c < %1$s.seed) "%1$s
                      beside %1$s %5$s/checkpoint
                    else
                      rm -f %1$s.seed
                      echo "lmb no copy: $(cat %1$s.reading %1$s.sending | tail -n 1)"
                    fi
                    """.formatted(
                            name, quote(container.id()), READ, move.link().ssh(receive), quote(container.directory())));
        }
        return script.toString();
    }

    /** Script lines, in the control directory, that write one of the driver's own scripts there. */
    private static String install(String script) {
        return "printf %s " + quote(text(script)) + " > " + script + "\n";
    }

    /** The text of one of the driver's scripts. */
    static String text(String script) {
        try (InputStream stream = MemoryAhead.class.getResourceAsStream(script)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + script);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Source, a command that reads an archive and sends what the destination lacks; {@code $control} is set. */
    static String sender(Ahead ahead, String container) {
        boolean seeded = ahead.seeded().contains(container);
        return "perl \"$control/%s\" %s %s %s"
                .formatted(
                        SEND,
                        seeded ? quote(container + ".seed") : "''",
                        quote(container + ".ended"),
                        seeded ? quote(PagesBeside.directory(container)) : "''");
    }

    /** Destination, a command that puts archive and memory together; prints {@code ready} and {@code bytes N}. */
    static String receiver(Move move, Ahead ahead, String container) {
        return "perl %s %s %s"
                .formatted(
                        quote(move.names().directory() + "/" + RECEIVE),
                        quote(move.staged(container + ".tar")),
                        quote(ahead.memory(container)));
    }

    /** Destination, script lines in the control directory: puts the memory where a restore will look for it. */
    static String place() {
        return "[ ! -e %1$s ] || sh ./%1$s".formatted(PLACE);
    }

    /** Either host, script lines in the control directory: removes all this, but never anything of a container's. */
    static String forget() {
        return "[ ! -e %1$s ] || sh ./%1$s\nrm -f %1$s %2$s %3$s\n"
                .formatted(FORGET, PLACE, join(List.of(READ, SEND, RECEIVE)));
    }
}
