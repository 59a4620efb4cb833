package io.jenkins.plugins.livemigration.acceptance;

import io.jenkins.plugins.livemigration.engine.cli.PausableEcho;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A UDP service on loopback that "migrates": a command makes it deaf for a while and writes down where it is now. Its client
 * sees an outage of that length, so a result of it has everything that a page can show.
 */
final class LoopbackService implements AutoCloseable {
    private final Path folder;
    private final PausableEcho echo;

    /** At host-a; its files are in the folder. */
    LoopbackService(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.echo = new PausableEcho();
        Path pause = echo.pauseWhile(folder.resolve("pause"));
        Files.writeString(place(), "host-a\n");
        outage("0.3");
        Files.writeString(folder.resolve("fails"), "");
        Files.writeString(folder.resolve("move"), """
                echo 'lmb: requested'
                echo 'lmb: phase-start copy'
                sleep 0.4
                echo 'lmb: phase-end copy 52428800'
                if [ -s %1$s/fails ]; then : > %1$s/fails; echo 'no route to host-b' >&2; exit 1; fi
                echo 'lmb: phase-start switch-over'
                touch %2$s; sleep $(cat %1$s/outage); rm %2$s
                echo 'lmb: phase-end switch-over 4194304'
                echo "lmb: figure downtime.reported $(cat %1$s/outage) s"
                echo $LMB_TO > %3$s
                """.formatted(folder, pause, place()));
    }

    /** How long, in seconds, it is deaf from now on. */
    void outage(String seconds) throws IOException {
        Files.writeString(folder.resolve("outage"), seconds);
    }

    /** Makes the next migration fail before it has done anything. */
    void failOnce() throws IOException {
        Files.writeString(folder.resolve("fails"), "once");
    }

    /** The parameter {@code driver}. */
    String driver() {
        return "driver: command(from: 'host-a', to: 'host-b', on: 'local', migrate: 'sh " + folder.resolve("move")
                + "', locate: 'cat " + place() + "', recover: 'rm -f " + folder.resolve("pause") + "; echo host-a > "
                + place() + "')";
    }

    /** A probe of it, for the parameter {@code probes}. */
    String probe() {
        return "udp(host: '127.0.0.1', port: " + echo.port() + ", intervalMillis: 5, timeoutMillis: 500)";
    }

    private Path place() {
        return folder.resolve("place");
    }

    @Override
    public void close() {
        echo.close();
    }
}
