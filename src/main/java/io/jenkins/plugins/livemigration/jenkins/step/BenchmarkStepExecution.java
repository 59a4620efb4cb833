package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.build.BenchmarkAction;
import io.jenkins.plugins.livemigration.jenkins.build.Publisher;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;

/**
 * The step while it runs. The engine is a process of its own on the agent; this starts it, looks at it every two seconds,
 * and after a restart of the controller looks for it again. Nothing here blocks Pipeline's thread, and {@link #stop} works
 * at any time: before {@link #onResume}, and without an agent.
 */
final class BenchmarkStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(BenchmarkStepExecution.class.getName());

    private final BenchmarkRequest request;
    private final String key = UUID.randomUUID().toString();
    private @Nullable EngineLink link;
    private @Nullable String name;
    private @Nullable Throwable stopCause;
    private boolean ended;
    private transient @Nullable EngineWatch watch;

    BenchmarkStepExecution(StepContext context, BenchmarkRequest request) {
        super(context);
        this.request = request;
    }

    @Override
    public boolean start() {
        later(0);
        return false;
    }

    @Override
    public void onResume() {
        later(0);
    }

    @Override
    public synchronized String getStatus() {
        return link == null ? Words.text("status.starting") : Words.text("status.following", link.agent());
    }

    @Override
    public void stop(Throwable cause) {
        boolean again;
        boolean running;
        synchronized (this) {
            if (ended) {
                return;
            }
            again = stopCause != null;
            running = link != null;
            if (!again) {
                stopCause = cause;
            }
        }
        if (again || !running) {
            fail(cause);
            return;
        }
        Computer.threadPoolForRemoting.execute(this::askToStop);
        schedule(this::endWithoutWaiting, TimeUnit.SECONDS.toMillis(StopRequest.WAIT_SECONDS));
    }

    /** On a thread that may block: asks the engine to end in order, or ends at once if nobody can be asked. */
    private void askToStop() {
        EngineLink to = linkNow();
        Throwable cause = causeNow();
        if (to == null || cause == null) {
            return;
        }
        try {
            if (!new StopRequest(to).ask(build(), request.abandonAfter())) {
                fail(cause);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWithoutWaiting() {
        Throwable cause = causeNow();
        if (cause != null && !hasEnded()) {
            say(Words.text("stop.goesOn", request.abandonAfter()));
            fail(cause);
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private synchronized @Nullable EngineLink linkNow() {
        return link;
    }

    private synchronized @Nullable Throwable causeNow() {
        return stopCause;
    }

    private void later(long millis) {
        schedule(() -> Computer.threadPoolForRemoting.execute(this::step), millis);
    }

    /** What is run says itself what went wrong. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void schedule(Runnable what, long millis) {
        Timer.get().schedule(what, millis, TimeUnit.MILLISECONDS);
    }

    /** One look. Whatever goes wrong ends the step: it must never hang. */
    private void step() {
        if (hasEnded()) {
            return;
        }
        try {
            EngineLink running = linkNow();
            if (running == null) {
                launch();
                later(EngineWatch.LOOK_MILLIS);
            } else {
                follow(running);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            fail(interrupted);
        } catch (IOException | RuntimeException | LinkageError wrong) {
            if (!(wrong instanceof AbortException)) {
                LOGGER.log(Level.WARNING, wrong, () -> "following " + key);
            }
            fail(wrong);
        }
    }

    private void launch() throws IOException, InterruptedException {
        BuildContext build = build();
        // Or Pipeline would begin the step once more, with another key, if the controller were killed from here on.
        build.saveAndWait();
        if (hasEnded()) {
            return;
        }
        Preparation.Started started = build.preparation(request).start(key);
        boolean stopped;
        synchronized (this) {
            link = started.link();
            name = started.name();
            watch = new EngineWatch(build, request, started.masking());
            stopped = ended || stopCause != null;
        }
        build.save();
        if (stopped) {
            // The abort came while the engine was being started.
            new StopRequest(started.link()).askQuietly();
        }
    }

    private void follow(EngineLink running) throws IOException, InterruptedException {
        EngineWatch.Seen seen = watchNow().look(running);
        if (seen instanceof EngineWatch.LookAgain again) {
            later(again.inMillis());
        } else if (seen instanceof EngineWatch.Over over) {
            finish(running, over.folder());
        }
    }

    private synchronized EngineWatch watchNow() {
        if (watch == null) {
            watch = new EngineWatch(build(), request);
        }
        return watch;
    }

    private void finish(EngineLink over, FilePath folder) throws IOException, InterruptedException {
        BuildContext build = build();
        Run<?, ?> run = build.required(Run.class);
        TaskListener listener = build.required(TaskListener.class);
        FlowNode node = build.required(FlowNode.class);
        Ending ending = new Ending(
                over,
                run,
                listener,
                () -> build.preparation(request).secrets(),
                watchNow().masking());
        Optional<byte[]> result;
        try {
            result = ending.fetch(folder);
        } catch (IOException silent) {
            later(watchNow().notFetched(over, silent).inMillis());
            return;
        }
        Optional<JudgedResult> judged = Optional.empty();
        if (result.isPresent()) {
            judged = Optional.of(ending.publish(result.get(), nameNow(), Publisher.forStage(node)));
        }
        Throwable cause = causeNow();
        if (cause != null) {
            fail(cause);
            return;
        }
        if (judged.isEmpty()) {
            throw new AbortException(Words.text("end.noResult"));
        }
        Status status = judged.get().verdict().status();
        GateDecision decision = GateDecision.of(status, request.gate(), request.inconclusive());
        String sentence = judged.get().verdict().sentence().toString();
        decision.mark(node, sentence);
        if (decision.toBuild() && decision.colour() == GateDecision.Colour.FAILURE) {
            say(sentence);
            fail(new FlowInterruptedException(Result.FAILURE, false));
            return;
        }
        if (decision.toBuild()) {
            run.setResult(Result.UNSTABLE);
        }
        BenchmarkAction.of(run).end(nameNow(), true);
        if (end()) {
            getContext().onSuccess(ResultMap.of(judged.get()));
        }
    }

    private synchronized String nameNow() {
        return name == null ? "" : name;
    }

    /** Whether this call is the one that ends the step. */
    private synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    private void fail(Throwable cause) {
        if (!end()) {
            return;
        }
        String benchmark = nameNow();
        BuildContext build = build();
        Computer.threadPoolForRemoting.execute(() -> {
            try {
                if (!benchmark.isEmpty()) {
                    BenchmarkAction.of(build.required(Run.class)).end(benchmark, false);
                }
            } catch (IOException | RuntimeException unsaid) {
                LOGGER.log(Level.INFO, "A build that is not there any more", unsaid);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                getContext().onFailure(cause);
            }
        });
    }

    private void say(String sentence) {
        build().say(sentence);
    }

    private BuildContext build() {
        return new BuildContext(getContext());
    }
}
