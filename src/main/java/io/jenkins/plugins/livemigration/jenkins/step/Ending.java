package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.build.BenchmarkAction;
import io.jenkins.plugins.livemigration.jenkins.build.Publisher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Everything after the engine has ended: fetching its result, publishing it, and what follows for the build. */
final class Ending {
    private static final int LONGEST_RESULT = 16 << 20;
    private static final int REPORT_SECONDS = 60;
    /** For hosts that are away for a moment, too. */
    private static final int RECOVERY_SECONDS = 300;
    /** Until a command that was told to end has ended. */
    private static final int GRACE_SECONDS = 15;

    private final EngineLink link;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final SecretSource secrets;
    private final Masking masking;

    /** Where secrets come from, should they be needed once more. */
    @FunctionalInterface
    interface SecretSource {
        /** The document that the engine's {@code recover} reads. */
        byte[] read() throws IOException, InterruptedException;
    }

    Ending(EngineLink link, Run<?, ?> run, TaskListener listener, SecretSource secrets, Masking masking) {
        this.link = link;
        this.run = run;
        this.listener = listener;
        this.secrets = secrets;
        this.masking = masking;
    }

    /**
     * Fetches the result. If the engine left none, what it moved is recovered, and what it had measured is evaluated.
     *
     * @return empty if there is nothing to be had, which has been said
     * @throws IOException if the agent is away or the file cannot be read: it may be asked again
     */
    Optional<byte[]> fetch(FilePath folder) throws IOException, InterruptedException {
        Optional<byte[]> found = read(folder);
        if (found.isPresent()) {
            return found;
        }
        boolean rebooted = link.act(folder, new AskReboot(link.engine()));
        listener.getLogger().println(Words.text(rebooted ? "end.agentRebooted" : "end.engineDied", link.agent()));
        // Before there is a journal nothing is touched; and the workload comes first, whatever there is to publish.
        if (link.act(folder, new HasFile(EngineFiles.JOURNAL))) {
            recover(folder);
        }
        listener.getLogger().println(Words.text("end.evaluating"));
        show(folder, new byte[0], REPORT_SECONDS, "report", folder.getRemote());
        return read(folder);
    }

    /**
     * Publishes a result that was fetched.
     *
     * @param publisher where it goes
     * @throws IOException if it cannot be understood or written
     */
    JudgedResult publish(byte[] result, String name, Publisher publisher) throws IOException, InterruptedException {
        JudgedResult judged = ResultFile.parse(new String(result, StandardCharsets.UTF_8), ResultFile.NAME);
        if (!judged.result().name().equals(name)) {
            throw new AbortException(
                    Words.text("end.otherResult", judged.result().name(), name));
        }
        publisher.publish(run, listener, judged, result);
        listener.getLogger()
                .println(masking.hide(Words.text(
                        "end.verdict",
                        judged.verdict().status(),
                        judged.verdict().sentence(),
                        BenchmarkAction.URL)));
        return judged;
    }

    private void recover(FilePath folder) throws IOException, InterruptedException {
        listener.getLogger().println(Words.text("end.recovering"));
        byte[] input;
        try {
            input = secrets.read();
        } catch (AbortException changed) {
            listener.getLogger()
                    .println(masking.hide(Words.text("end.notRecovered", String.valueOf(changed.getMessage()))));
            return;
        }
        show(folder, input, RECOVERY_SECONDS, "recover", "--stdin", folder.getRemote());
    }

    private void show(FilePath folder, byte[] input, int seconds, String... command)
            throws IOException, InterruptedException {
        String said = link.act(folder, new EngineTask(link.jar(), input, seconds, command), seconds + GRACE_SECONDS);
        listener.getLogger().println(masking.hide(ProgressText.clean(said)));
    }

    private Optional<byte[]> read(FilePath folder) throws IOException, InterruptedException {
        return link.act(folder, new HasFile(EngineFiles.RESULT))
                ? Optional.of(link.act(folder, new ReadFile(EngineFiles.RESULT, LONGEST_RESULT)))
                : Optional.empty();
    }
}
