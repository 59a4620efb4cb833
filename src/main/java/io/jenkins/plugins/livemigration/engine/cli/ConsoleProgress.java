package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent.Move;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Shows a run as it happens, from its journal: a line for every sample that ends and, on a terminal, a status line with the
 * sample, the phase and the time left that is drawn anew as things happen. Calls may come from several threads.
 */
final class ConsoleProgress implements Consumer<JournalEntry> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter out;
    private final Locale locale;
    private final boolean terminal;
    private final int width;
    private List<Move> schedule = List.of();
    private Optional<Move> current = Optional.empty();
    private String phase = "";
    private long loopStarted;
    private int done;
    /** So many moves belong to the rounds before this one. */
    private int before;
    /** How long a move took in the round before, in seconds; 0 in the first one. */
    private double usual;

    private boolean statusShown;
    private final Set<Message> told = new HashSet<>();

    /**
     * Shows on {@code out}.
     *
     * @param terminal whether a line can be drawn over
     * @param width of the terminal in characters
     */
    ConsoleProgress(PrintWriter out, Locale locale, boolean terminal, int width) {
        this.out = out;
        this.locale = locale;
        this.terminal = terminal;
        this.width = width;
    }

    @Override
    public synchronized void accept(JournalEntry entry) {
        JournalEvent event = entry.event();
        if (event instanceof JournalEvent.Preflight preflight) {
            preflight.findings().stream()
                    .filter(finding -> finding.severity() != Finding.Severity.OK)
                    .forEach(finding -> line(FindingText.of(finding, locale)));
        } else if (event instanceof JournalEvent.HomeFound home) {
            line(text("progress.home", home.host()));
        } else if (event instanceof JournalEvent.Scheduled scheduled) {
            scheduled(scheduled.moves(), entry.nanos());
        } else if (event instanceof JournalEvent.ConfirmationStarted started) {
            usual = done == 0 ? 0 : (entry.nanos() - loopStarted) / NANOS_PER_SECOND / done;
            line(text(
                    started.afresh() ? "progress.confirmingAfresh" : "progress.confirming",
                    String.join(", ", started.scenarios())));
        } else if (event instanceof JournalEvent.ConfirmationEnded ended) {
            line(text("progress.confirmed", ended.end().reason().render(locale)));
            current = Optional.empty();
        } else if (event instanceof JournalEvent.SampleStarted started) {
            current = Optional.of(started.move());
            phase = text("progress.watching");
        } else if (event instanceof JournalEvent.PhaseStarted started) {
            phase = started.phase();
        } else if (event instanceof JournalEvent.MigrationEnded) {
            phase = text("progress.observing");
        } else if (event instanceof JournalEvent.SampleSummed summed) {
            done = summed.order() - before;
            if (current.isPresent()) {
                line(sampleLine(current.get(), summed, entry.nanos()));
            }
        } else if (event instanceof JournalEvent.Noted noted) {
            if (told.add(noted.message())) {
                line(noted.message().render(locale));
            }
        } else if (event instanceof JournalEvent.Recovered recovered) {
            line(text("progress.recovered", recovered.whereabouts()));
            recovered.actions().forEach(action -> line("  " + action.render(locale)));
        } else if (event instanceof JournalEvent.MovedUnmeasured moved) {
            line(text(
                    moved.outcome().succeeded() ? "progress.moved" : "progress.movedFailed", moved.from(), moved.to()));
        } else if (event instanceof JournalEvent.RunEnded ended) {
            line(ended.end().reason().render(locale));
            current = Optional.empty();
        }
        status(entry.nanos());
    }

    /** A round begins: the first one, or a second look. */
    private synchronized void scheduled(List<Move> moves, long nanos) {
        before += schedule.size();
        schedule = moves;
        loopStarted = nanos;
        done = 0;
        if (before > 0) {
            line(text(
                    "progress.secondRound",
                    moves.size(),
                    QuantityText.lasting(Duration.ofSeconds(Math.round(usual * moves.size())))));
        }
    }

    private synchronized String sampleLine(Move move, JournalEvent.SampleSummed summed, long nanos) {
        String head = text(
                move.warmup() ? "progress.warmup" : "progress.sample",
                move.order() - before,
                schedule.size(),
                move.scenario(),
                move.from(),
                move.to());
        Outcome outcome = summed.outcome();
        if (outcome.succeeded()) {
            Map<String, Figure> figures = summed.figures();
            return head + "  "
                    + text(
                            "progress.figures",
                            value(figures, Metrics.MIGRATION_TIME_PLATFORM),
                            value(figures, Metrics.DOWNTIME_REPORTED),
                            value(figures, Metrics.DOWNTIME_OBSERVED))
                    + timeLeft(nanos).map(left -> "  " + left).orElse("");
        }
        return head + "  " + OutcomeText.of(outcome, locale);
    }

    private static String value(Map<String, Figure> figures, Metric metric) {
        Figure figure = figures.get(metric.id());
        if (figure == null) {
            return "-";
        }
        String prefix = figure instanceof Figure.AtLeast ? ">= " : "";
        return figure.amount()
                .map(amount -> prefix + QuantityText.text(amount, metric.unit()))
                .orElse("-");
    }

    private synchronized Optional<String> timeLeft(long nanos) {
        int left = schedule.size() - done;
        double each = done == 0 ? usual : (nanos - loopStarted) / NANOS_PER_SECOND / done;
        if (each == 0 || left <= 0) {
            return Optional.empty();
        }
        Duration remaining = Duration.ofSeconds(Math.round(each * left));
        return Optional.of(text("progress.left", QuantityText.lasting(remaining)));
    }

    private synchronized void status(long nanos) {
        if (!terminal) {
            return;
        }
        clearStatus();
        if (current.isPresent()) {
            Move move = current.get();
            String text = text("progress.status", move.order() - before, schedule.size(), move.from(), move.to(), phase)
                    + timeLeft(nanos).map(left -> "  " + left).orElse("");
            out.print(text.substring(0, Math.min(text.length(), Math.max(1, width - 1))));
            out.flush();
            statusShown = true;
        }
    }

    private synchronized void line(String text) {
        clearStatus();
        out.println(text);
        out.flush();
    }

    private synchronized void clearStatus() {
        if (statusShown) {
            out.print("\r\u001b[2K");
            statusShown = false;
        }
    }

    private String text(String key, Object... arguments) {
        return Message.of("cli." + key, arguments).render(locale);
    }
}
