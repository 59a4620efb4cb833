package io.jenkins.plugins.livemigration.engine.observe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * This process's threads as the kernel numbers them, for util-linux's tools, which take such numbers. They are found by the
 * names that Java gives them in {@code /proc/self/task}; only Linux has that.
 */
final class OwnThreads {
    private static final int ATTEMPTS = 100;
    private static final long ATTEMPT_NANOS = 1_000_000;
    private static final Path TASKS = Path.of("/proc/self/task");

    private OwnThreads() {}

    /**
     * Numbers of the threads with such names, of which the kernel keeps the first 15 bytes.
     *
     * @param expected so many have been started; a thread has its name only once it runs, which is awaited a while
     * @throws IOException where there is no such list
     */
    static List<String> named(Predicate<String> name, int expected) throws IOException {
        List<String> tasks = named(name);
        for (int attempt = 0; tasks.size() < expected && attempt < ATTEMPTS; attempt++) {
            LockSupport.parkNanos(ATTEMPT_NANOS);
            tasks = named(name);
        }
        return tasks;
    }

    private static List<String> named(Predicate<String> name) throws IOException {
        List<String> tasks = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(TASKS)) {
            for (Path task : all) {
                if (name.test(nameOf(task))) {
                    tasks.add(String.valueOf(task.getFileName()));
                }
            }
        }
        return tasks;
    }

    /** Empty for a thread that has ended meanwhile. */
    private static String nameOf(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    /**
     * Runs a tool on them.
     *
     * @return what it complains of; empty if it did what it was asked
     * @throws IOException also if it is not installed
     */
    static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? "" : said;
        }
    }
}
