package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterWatchTest {
    private static final Duration SHORT = Duration.ofMillis(900);

    @TempDir
    Path folder;

    private final Cancellation vanished = new Cancellation();

    @Test
    void asksToStopWhenTheStarterIsSilent() throws Exception {
        try (StarterWatch watch = StarterWatch.start(folder, Optional.of(SHORT), vanished)) {
            await().atMost(Duration.ofSeconds(20)).until(vanished::requested);
            assertThat(folder.resolve(StarterWatch.FILE)).exists();
        }
    }

    @Test
    void goesOnWhileTheStarterIsHeardWhateverTheWallClockSays() throws Exception {
        try (StarterWatch watch = StarterWatch.start(folder, Optional.of(SHORT.multipliedBy(4)), vanished)) {
            long[] touches = {0};
            // A heartbeat whose wall clock runs backwards is one all the same.
            await().pollInterval(Duration.ofMillis(200))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        Files.setLastModifiedTime(
                                folder.resolve(StarterWatch.FILE),
                                FileTime.fromMillis(1_000_000_000L - touches[0]++ * 60_000));
                        return touches[0] > 30;
                    });
            assertThat(vanished.requested()).isFalse();
            await().atMost(Duration.ofSeconds(20)).until(vanished::requested);
        }
    }

    @Test
    void expectsNoSignOfLifeFromWhoPromisedNone() throws Exception {
        try (StarterWatch watch = StarterWatch.start(folder, Optional.empty(), vanished)) {
            assertThat(folder).isEmptyDirectory();
        }
        assertThat(vanished.requested()).isFalse();
    }
}
