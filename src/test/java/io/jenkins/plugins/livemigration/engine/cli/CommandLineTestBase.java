package io.jenkins.plugins.livemigration.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The engine's commands, with the command driver: what is moved is a UDP service on loopback. */
abstract class CommandLineTestBase {
    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    Path plan(PausableEcho service, int samples, String of, String limit) throws IOException {
        Files.writeString(folder.resolve("place"), "a\n");
        Path place = folder.resolve("place");
        String text =
                """
                name: a service on loopback
                hosts: {a: {address: local}, b: {address: local}}
                driver:
                  command:
                    from: a
                    to: b
                    on: a
                    migrate: |
                      echo 'lmb: requested'
                      echo 'lmb: phase-start switch-over'
                      touch %2$s; sleep 0.3; rm %2$s
                      echo 'lmb: phase-end switch-over 4096'
                      echo 'lmb: figure downtime.reported 300 ms'
                      echo $LMB_TO > %1$s
                    locate: cat %1$s
                    recover: echo a > %1$s
                samples: %3$d
                warmup: 0
                window: {before: 300 ms, after: 300 ms}
                probes: [{udp: {host: 127.0.0.1, port: %4$d, intervalMillis: 10, timeoutMillis: 200}}]
                thresholds: [{metric: downtime.observed, of: %5$s, fail: '%6$s'}]
                """.formatted(place, service.pauseWhile(folder.resolve("pause")), samples, service.port(), of, limit);
        return Files.writeString(folder.resolve("plan.yaml"), text);
    }

    int run(Path plan) {
        return lmb("run", plan.toString(), "--output", folder.resolve("runs").toString());
    }

    Path runFolder() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.findFirst().orElseThrow();
        }
    }

    int lmb(String... arguments) {
        return Main.commandLine(Locale.ENGLISH)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
