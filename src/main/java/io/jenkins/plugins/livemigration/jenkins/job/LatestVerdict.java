package io.jenkins.plugins.livemigration.jenkins.job;

import hudson.model.Job;
import io.jenkins.plugins.livemigration.engine.report.Names;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How a job's newest benchmark was judged, for a list of jobs. Made for a request; nothing of it is stored. */
public final class LatestVerdict {
    private static final Logger LOGGER = Logger.getLogger(LatestVerdict.class.getName());
    private static final String OWN = "";
    private static final int MOST_REMEMBERED = 1_000;

    /** By run: a sentence is in the result's file, which is too long to be read whenever a dashboard is shown. */
    private static final Map<String, Message> SENTENCES = new LinkedHashMap<>();

    private final Job<?, ?> job;
    private final HistoryEntry run;
    private final String sentence;
    private final @Nullable SmallTrend small;

    private LatestVerdict(Job<?, ?> job, HistoryEntry run, String sentence, @Nullable SmallTrend small) {
        this.job = job;
        this.run = run;
        this.sentence = sentence;
        this.small = small;
    }

    /** The newest verdict of a job; empty if there is none, or it cannot be read, which the log says. */
    static Optional<LatestVerdict> of(Job<?, ?> job, Locale language) {
        HistoryStore history = History.of(job);
        if (!history.isThere()) {
            return Optional.empty();
        }
        try {
            List<HistoryEntry> runs = history.runs(1);
            if (runs.isEmpty()) {
                return Optional.empty();
            }
            HistoryEntry newest = runs.get(runs.size() - 1);
            String sentence = sentence(job, history, newest)
                    .map(message -> message.render(language))
                    .orElse("");
            return Optional.of(new LatestVerdict(
                    job, newest, sentence, SmallTrend.of(history, language).orElse(null)));
        } catch (IOException unreadable) {
            LOGGER.log(Level.WARNING, unreadable, () -> "No verdict of " + job.getFullName());
            return Optional.empty();
        }
    }

    private static Optional<Message> sentence(Job<?, ?> job, HistoryStore history, HistoryEntry run)
            throws IOException {
        boolean anew = history.isJudgedAnew(run.build(), run.name());
        String key = String.join(
                "\t",
                job.getRootDir().getPath(),
                Integer.toString(run.build()),
                run.name(),
                run.at().toString());
        if (!anew) {
            synchronized (SENTENCES) {
                Message known = SENTENCES.get(key);
                if (known != null) {
                    return Optional.of(known);
                }
            }
        }
        Optional<PastResults.Found> found =
                new PastResults(history, job.getBuildDir().toPath(), OWN).found(run);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        JudgedResult then = found.get().judged();
        if (anew) {
            return Optional.of(
                    new Verdicts(job).now(found.get().folder(), then).verdict().sentence());
        }
        Message sentence = then.verdict().sentence();
        synchronized (SENTENCES) {
            if (SENTENCES.size() >= MOST_REMEMBERED) {
                SENTENCES.clear();
            }
            SENTENCES.put(key, sentence);
        }
        return Optional.of(sentence);
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** The verdict as a word, as it is now. */
    public String getStatus() {
        return run.status();
    }

    /** The verdict's sign, which needs no colour. */
    public String getSign() {
        return Names.sign(run.status());
    }

    /** The verdict in a sentence; empty if the run left no result. */
    public String getSentence() {
        return sentence;
    }

    /** The benchmark's name and its build. */
    public String getSource() {
        return run.name() + " #" + run.build();
    }

    /** How its first figure developed; absent if there is nothing to draw. */
    public @Nullable SmallTrend getSmall() {
        return small;
    }
}
