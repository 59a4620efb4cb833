package io.jenkins.plugins.livemigration.engine.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when this machine does not let us run: a pause of this Java (collecting garbage), a processor that the kernel or a
 * hypervisor keeps for itself, or others who go first. A probe cannot tell that from a late answer, and its sender does not
 * notice what happens between two sendings.
 *
 * <p>One thread on each processor, of the probes' priority, wakes each millisecond. Where it wakes late, the time since it
 * woke last counts as held up: anything else that was to happen on that processor may have waited as long. One thread for
 * all would not do: the kernel would wake it on a processor that is free, while a reply waits on the other.
 *
 * <p>The threads are bound to processors by util-linux's {@code taskset}; where that is missing they run where they can, and
 * see the pauses of the whole process. Of a large machine's processors the first {@value #MOST_PROCESSORS} are watched.
 */
final class HoldUpWatch implements AutoCloseable {
    /** A hold-up that is not reported is no longer than this. */
    static final long RESOLUTION_NANOS = 1_250_000;

    private static final long TICK_NANOS = 1_000_000;
    private static final int MOST_PROCESSORS = 16;
    /** Within the kernel's 15 bytes for a name, and among the probes', so that they get the same priority. */
    private static final String THREAD_PREFIX = LiveProbe.THREAD_PREFIX + "watch-";

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Hears of hold-ups, each from the thread that noticed it. */
    interface Listener {
        /** Between these moments ({@link System#nanoTime()}) things on that processor may have had to wait. */
        void heldUp(int processor, long since, long until);
    }

    private final Listener listener;
    private final List<Integer> processors;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    HoldUpWatch(Listener listener) {
        this(listener, processors());
    }

    private HoldUpWatch(Listener listener, List<Integer> processors) {
        this.listener = listener;
        this.processors = processors;
        for (int processor : processors) {
            Thread thread = new Thread(() -> watch(processor), name(processor));
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** How many threads it has. */
    int threads() {
        return threads.size();
    }

    /** Binds the threads to their processors, if that is possible. */
    void bind() {
        try {
            for (int processor : processors) {
                for (String task : OwnThreads.named(name(processor)::equals, 1)) {
                    OwnThreads.run("taskset", "--cpu-list", "--pid", text(processor), task);
                }
            }
        } catch (IOException noSuchTool) {
            // They run where they can: less is seen, and what is seen is true.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended = true;
        threads.forEach(LiveProbe::join);
    }

    private void watch(int processor) {
        long last = System.nanoTime();
        while (!ended) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            if (now - last > RESOLUTION_NANOS) {
                listener.heldUp(processor, last, now);
            }
            last = now;
        }
    }

    private static String name(int processor) {
        return THREAD_PREFIX + text(processor);
    }

    private static String text(int number) {
        return String.format(Locale.ROOT, "%d", number);
    }

    /** The numbers of those that this process may use; one, of no meaning, where that cannot be told. */
    private static List<Integer> processors() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(ALLOWED))
                    .findFirst()
                    .map(line -> numbers(line.substring(ALLOWED.length()).strip()))
                    .orElse(List.of(0));
        } catch (IOException noLinux) {
            return List.of(0);
        }
    }

    /** A list as the kernel writes it, {@code 0-3,8}. */
    static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] edges = range.split("-", -1);
            int last = Integer.parseInt(edges[edges.length - 1], 10);
            for (int i = Integer.parseInt(edges[0], 10); i <= last && numbers.size() < MOST_PROCESSORS; i++) {
                numbers.add(i);
            }
        }
        return numbers;
    }
}
