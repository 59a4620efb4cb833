package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a step's engine, now and then, and shows in the build's log what it has printed since. Used by a thread at a time;
 * it is made anew after a restart of the controller.
 */
final class EngineWatch {
    /** Between two looks. */
    static final long LOOK_MILLIS = 2_000;

    private static final Logger LOGGER = Logger.getLogger(EngineWatch.class.getName());
    private static final long AWAY_MILLIS = 5_000;
    /** So often in a row an agent that is there may fail to say how the engine does. */
    private static final int PATIENCE = 10;

    private final BuildContext build;
    private final BenchmarkRequest request;
    private @Nullable Masking masking;
    private boolean away;
    private int failures;
    private int fetches;

    /** What a look has found. */
    sealed interface Seen permits LookAgain, Over {}

    /** The engine may still run: the next look is due in so many ms. */
    record LookAgain(long inMillis) implements Seen {}

    /** The engine has ended, and all it printed was shown; the run's folder. */
    record Over(FilePath folder) implements Seen {}

    /** What is secret is looked up again: it is stored nowhere. */
    EngineWatch(BuildContext build, BenchmarkRequest request) {
        this(build, request, null);
    }

    /** Of an engine that was started just now, with what is secret. */
    EngineWatch(BuildContext build, BenchmarkRequest request, @Nullable Masking masking) {
        this.build = build;
        this.request = request;
        this.masking = masking;
    }

    /**
     * One look.
     *
     * @throws AbortException if Jenkins does not know the agent any more; says so
     * @throws IOException if an agent that is there has failed too often to say how the engine does
     */
    Seen look(EngineLink engine) throws IOException, InterruptedException {
        Optional<FilePath> folder = engine.folder();
        if (folder.isEmpty()) {
            return away(engine);
        }
        FollowEngine.News news;
        try {
            news = engine.act(folder.get(), new FollowEngine(engine.engine(), engine.offset()));
        } catch (IOException silent) {
            failures++;
            return away(engine, failures, silent);
        }
        failures = 0;
        if (away) {
            away = false;
            build.say(Words.text("follow.back", engine.agent()));
        }
        show(engine, news);
        if (news.more()) {
            return new LookAgain(0);
        }
        return news.alive() ? new LookAgain(LOOK_MILLIS) : new Over(folder.get());
    }

    /**
     * What the engine left could not be fetched.
     *
     * @return when to look again: an agent that went away in the middle of it comes back
     * @throws IOException if an agent that is there has failed too often
     */
    LookAgain notFetched(EngineLink engine, IOException silent) throws IOException {
        fetches++;
        return away(engine, fetches, silent);
    }

    private LookAgain away(EngineLink engine, int times, IOException silent) throws IOException {
        if (times > PATIENCE && engine.folder().isPresent()) {
            throw silent;
        }
        return away(engine);
    }

    private void show(EngineLink engine, FollowEngine.News news) throws IOException, InterruptedException {
        byte[] text = news.text();
        int shown = ProgressText.wholeLines(text, !news.alive() || news.more());
        if (shown > 0) {
            build.log().print(masking().hide(ProgressText.text(text, shown)));
            engine.advance(shown);
            // A controller that is killed shows little twice.
            build.save();
        }
    }

    private LookAgain away(EngineLink engine) throws AbortException {
        if (!engine.agentExists()) {
            throw new AbortException(Words.text("follow.agentGone", engine.agent(), request.abandonAfter()));
        }
        if (!away) {
            away = true;
            build.say(Words.text("follow.away", engine.agent(), request.abandonAfter()));
        }
        return new LookAgain(AWAY_MILLIS);
    }

    /** Hides what is secret in what is shown. */
    Masking masking() throws InterruptedException {
        if (masking == null) {
            masking = lookedUp();
        }
        return masking;
    }

    private Masking lookedUp() throws InterruptedException {
        try {
            return build.preparation(request).masking();
        } catch (IOException changed) {
            LOGGER.log(Level.INFO, changed, () -> "What was secret cannot be looked up any more");
            return Masking.none();
        }
    }
}
