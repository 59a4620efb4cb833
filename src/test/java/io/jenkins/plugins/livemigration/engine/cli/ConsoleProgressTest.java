package io.jenkins.plugins.livemigration.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent.Move;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private static final Move FIRST = new Move(1, "small", Direction.OUT, 1, true, "host-a", "host-b");
    private static final Move SECOND = new Move(2, "small", Direction.BACK, 1, false, "host-b", "host-a");

    private final StringWriter out = new StringWriter();
    private long sequence;

    @Test
    void saysEachSampleWithItsFiguresAndTheTimeLeft() {
        ConsoleProgress progress = progress(Locale.ENGLISH, false);

        say(progress, 0, new JournalEvent.Scheduled(List.of(FIRST, SECOND)));
        say(progress, 0, new JournalEvent.SampleStarted(FIRST));
        say(progress, 1, new JournalEvent.PhaseStarted(1, "checkpoint"));
        say(
                progress,
                12,
                new JournalEvent.SampleSummed(
                        1,
                        new Outcome.Succeeded(),
                        Map.of(
                                "migrationTime.platform",
                                Figure.of(1500),
                                "downtime.reported",
                                Figure.absent(Message.literal("none")),
                                "downtime.observed",
                                new Figure.AtLeast(640, Message.literal("open")))));

        assertThat(out.toString().lines())
                .containsExactly("[1/2] small: warm-up host-a -> host-b  migration 1.5 s, downtime reported -,"
                        + " observed >= 640 ms  12 s left");
    }

    @Test
    void saysWhyASampleFailedInTheReadersLanguage() {
        ConsoleProgress progress = progress(Locale.forLanguageTag("id"), false);

        say(progress, 0, new JournalEvent.Scheduled(List.of(FIRST, SECOND)));
        say(progress, 0, new JournalEvent.SampleStarted(SECOND));
        say(
                progress,
                3,
                new JournalEvent.SampleSummed(
                        2, new Outcome.Failed("restore", Message.of("engine.primarySilent", "udp")), Map.of()));

        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        "[2/2] small: host-b -> host-a  GAGAL pada restore: Beban kerja tidak menjawab"
                                + " probe utamanya; migrasi tidak dicoba. Diam: udp\n");
    }

    @Test
    void saysANoteOnceHoweverOftenItIsNoted() {
        ConsoleProgress progress = progress(Locale.ENGLISH, false);

        say(progress, 0, new JournalEvent.Noted(Message.literal("real-time")));
        say(progress, 1, new JournalEvent.Noted(Message.literal("real-time")));

        assertThat(out.toString().lines()).containsExactly("real-time");
    }

    @Test
    void drawsAStatusLineOverOnATerminalAndNeverWiderThanIt() {
        ConsoleProgress progress = progress(Locale.ENGLISH, true);

        say(progress, 0, new JournalEvent.Scheduled(List.of(FIRST, SECOND)));
        say(progress, 0, new JournalEvent.SampleStarted(FIRST));
        say(progress, 1, new JournalEvent.PhaseStarted(1, "a-phase-with-a-very-long-name-that-does-not-fit-in-here"));

        String[] drawn = out.toString().split("\r\u001b\\[2K", -1);
        assertThat(drawn)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.length()).isLessThan(60));
        assertThat(drawn[1]).startsWith("[1/2] host-a -> host-b: a-phase");
    }

    private ConsoleProgress progress(Locale locale, boolean terminal) {
        return new ConsoleProgress(new PrintWriter(out), locale, terminal, 60);
    }

    private void say(ConsoleProgress progress, long seconds, JournalEvent event) {
        progress.accept(new JournalEntry(++sequence, seconds * 1_000_000_000, Instant.EPOCH, event));
    }
}
