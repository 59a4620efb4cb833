package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The probes of one sample, the watch beside them, and the thread that hands their records to the disk. */
final class SystemProbeSession implements ProbeSession {
    private static final String FLUSHER = "records-flush";
    private static final long FLUSH_MILLIS = 50;
    private static final long POLL_MILLIS = 2;

    private final List<LiveProbe> probes;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread flusher;
    private final HoldUpWatch watch;

    private Optional<Message> note = Optional.empty();

    private SystemProbeSession(List<LiveProbe> probes) {
        this.probes = List.copyOf(probes);
        this.flusher = new Thread(this::flush, FLUSHER);
        this.flusher.setDaemon(true);
        this.watch = new HoldUpWatch(
                (processor, since, until) -> this.probes.forEach(probe -> probe.heldUp(processor, since, until)));
    }

    static SystemProbeSession starting(List<LiveProbe> probes) {
        SystemProbeSession session = new SystemProbeSession(probes);
        session.flusher.start();
        session.watch.start();
        session.probes.forEach(LiveProbe::start);
        int threads = probes.stream().mapToInt(LiveProbe::threads).sum() + session.watch.threads();
        session.note = Optional.of(RealTimePriority.raise(LiveProbe.THREAD_PREFIX, threads));
        RealTimePriority.raiseHelper(FLUSHER);
        session.watch.bind();
        session.probes.forEach(probe -> probe.watched(HoldUpWatch.RESOLUTION_NANOS));
        return session;
    }

    @Override
    public Optional<Message> note() {
        return note;
    }

    @Override
    public List<String> awaitReplies(int replies, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            List<String> wanting = probes.stream()
                    .filter(probe -> probe.replies() < replies)
                    .map(LiveProbe::name)
                    .toList();
            if (wanting.isEmpty() || deadline - System.nanoTime() <= 0) {
                return wanting;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    @Override
    public List<SideFile> stop() throws InterruptedException {
        List<SideFile> files = new ArrayList<>();
        try {
            probes.forEach(LiveProbe::stopSending);
            for (LiveProbe probe : probes) {
                probe.awaitLastReply();
            }
            endThreads();
            for (LiveProbe probe : probes) {
                files.add(probe.records().complete());
            }
        } finally {
            close();
        }
        return files;
    }

    @Override
    public void close() {
        endThreads();
        probes.forEach(probe -> probe.records().close());
    }

    private void endThreads() {
        probes.forEach(LiveProbe::close);
        watch.close();
        ended.countDown();
        LiveProbe.join(flusher);
    }

    private void flush() {
        try {
            while (!ended.await(FLUSH_MILLIS, TimeUnit.MILLISECONDS)) {
                probes.forEach(probe -> probe.records().flush());
            }
        } catch (InterruptedException nobodyInterrupts) {
            Thread.currentThread().interrupt();
        }
    }
}
