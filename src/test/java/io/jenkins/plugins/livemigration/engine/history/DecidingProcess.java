package io.jenkins.plugins.livemigration.engine.history;

import io.jenkins.plugins.livemigration.engine.verdict.regression.Mute;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Takes decisions as a process of its own: {@code FOLDER NAME COUNT}, once a line came on standard input. */
public final class DecidingProcess {
    private DecidingProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        System.out.println("ready");
        if (System.in.read() >= 0) {
            decide(folder, arguments[1], Integer.parseInt(arguments[2], 10));
        }
    }

    /** So many, each about a benchmark of its own. */
    static void decide(Path folder, String name, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Mute mute = new Mute("downtime.observed", LocalDate.of(2026, 12, 31), name, "noisy switch");
            Decisions.Muted muted =
                    new Decisions.Muted(Optional.of(name + " " + i), mute, Instant.parse("2026-11-20T12:00:00Z"));
            DecisionFile.change(folder, decisions -> decisions.and(muted));
        }
    }
}
