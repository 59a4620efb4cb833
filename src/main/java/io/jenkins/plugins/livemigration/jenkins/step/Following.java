package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Follows an engine on the thread of a build that waits for it. */
final class Following {
    private final EngineLink link;
    private final TaskListener listener;
    private final String abandonAfter;
    private final Masking masking;

    Following(EngineLink link, TaskListener listener, String abandonAfter, Masking masking) {
        this.link = link;
        this.listener = listener;
        this.abandonAfter = abandonAfter;
        this.masking = masking;
    }

    /**
     * Waits until the engine has ended, and shows what it prints meanwhile.
     *
     * @return the run's folder
     * @throws InterruptedException if the build was aborted: the engine was asked to end in order, and was given time to
     * @throws IOException if the agent went away: a build of this kind does not outlive its agent's connection
     */
    FilePath toTheEnd() throws IOException, InterruptedException {
        FilePath folder = link.folder()
                .orElseThrow(() -> new AbortException(Words.text("follow.agentGone", link.agent(), abandonAfter)));
        try {
            while (look(folder)) {
                TimeUnit.MILLISECONDS.sleep(EngineWatch.LOOK_MILLIS);
            }
            return folder;
        } catch (InterruptedException aborted) {
            stop(folder);
            throw aborted;
        }
    }

    /** Whether it still runs. */
    private boolean look(FilePath folder) throws IOException, InterruptedException {
        FollowEngine.News news;
        do {
            news = link.act(folder, new FollowEngine(link.engine(), link.offset()));
            byte[] text = news.text();
            int shown = ProgressText.wholeLines(text, !news.alive() || news.more());
            listener.getLogger().print(masking.hide(ProgressText.text(text, shown)));
            link.advance(shown);
        } while (news.more());
        return news.alive();
    }

    private void stop(FilePath folder) throws IOException, InterruptedException {
        // The build's thread was interrupted: what follows has to be able to wait.
        Optional<InterruptedException> again = Optional.empty();
        listener.getLogger().println(Words.text("stop.asked", StopRequest.WAIT_SECONDS));
        link.act(folder, new StopEngine(link.engine()));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(StopRequest.WAIT_SECONDS);
        while (System.nanoTime() < until && again.isEmpty()) {
            try {
                if (!look(folder)) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(EngineWatch.LOOK_MILLIS);
            } catch (InterruptedException impatient) {
                again = Optional.of(impatient);
            }
        }
        listener.getLogger().println(Words.text("stop.goesOn", abandonAfter));
        if (again.isPresent()) {
            throw again.get();
        }
    }
}
