package io.jenkins.plugins.livemigration.engine.history;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.LeanResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.PastBuild;
import io.jenkins.plugins.livemigration.engine.verdict.regression.SkippedBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs as they lie on disk, one folder each, reduced to what a comparison needs: timelines, probe reports and evidence are
 * left out, or a hundred runs would not fit into a small heap.
 *
 * @param builds oldest first
 * @param unreadable what could not be read, and why
 */
public record PastRuns(List<PastBuild> builds, List<SkippedBuild> unreadable) {
    /** A longer result is not read. */
    public static final long MOST_BYTES = 16L << 20;

    /** So many folders of one directory are looked at, the newest ones. */
    public static final int MOST_FOLDERS = 300;

    /** A journal without an end that nobody wrote to for so long belongs to a run that died. */
    private static final Duration SILENCE = Duration.ofMinutes(15);

    /** What a plan calls the parent of its runs unless it says otherwise. */
    private static final String USUAL_DIRECTORY = "runs";

    private static final Pattern FOLDER = Pattern.compile("([0-9]{8}T[0-9]{6}Z-[0-9a-f]{4})(?:-(.*))?");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public PastRuns {
        builds = List.copyOf(builds);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * The newest runs of one benchmark in a directory.
     *
     * @param directory one that does not exist holds none
     * @param benchmark the benchmark's name
     * @param before only runs that began earlier
     * @param except a folder that is passed over: the run's own
     * @param wanted so many finished ones at most
     */
    public static PastRuns of(Path directory, String benchmark, Instant before, Path except, int wanted)
            throws IOException {
        Collected collected = new Collected();
        int finished = 0;
        List<Path> folders = newestFirst(directory);
        for (int i = 0; i < folders.size() && finished < wanted; i++) {
            Path folder = folders.get(i);
            if (!mayBe(folder, benchmark) || (Files.exists(except) && Files.isSameFile(folder, except))) {
                continue;
            }
            Optional<PastBuild> past = collected.read(folder);
            Optional<RunResult> run = past.flatMap(PastBuild::result).map(JudgedResult::result);
            boolean ours = run.map(result -> result.name().equals(benchmark)
                            && result.startedAt().isBefore(before))
                    .orElse(beganBefore(folder, before));
            if (past.isPresent() && ours) {
                collected.builds.add(past.get());
                finished += run.isPresent() ? 1 : 0;
            }
        }
        Collections.reverse(collected.builds);
        return collected.done();
    }

    /** The benchmark of the newest run in a directory that has a result; empty if there is none. */
    public static Optional<String> newestBenchmark(Path directory) throws IOException {
        Collected collected = new Collected();
        for (Path folder : newestFirst(directory)) {
            Optional<String> name = collected
                    .read(folder)
                    .flatMap(PastBuild::result)
                    .map(judged -> judged.result().name());
            if (name.isPresent()) {
                return name;
            }
        }
        return Optional.empty();
    }

    /**
     * Runs that somebody named.
     *
     * @param paths run folders, {@code result.json} files, or directories of runs
     * @throws IOException if a path is neither, or a named result cannot be read; the message names it
     */
    public static PastRuns named(List<Path> paths) throws IOException {
        Collected collected = new Collected();
        Set<Path> seen = new LinkedHashSet<>();
        for (Path path : paths) {
            if (Files.isDirectory(path) && !isRun(path)) {
                List<Path> folders = newestFirst(path);
                if (folders.isEmpty()) {
                    throw new NoSuchFileException(path + " holds no run");
                }
                for (Path folder : folders) {
                    if (seen.add(folder.toAbsolutePath().normalize())) {
                        collected.read(folder).ifPresent(collected.builds::add);
                    }
                }
            } else if (seen.add(path.toAbsolutePath().normalize())) {
                collected.builds.add(PastBuild.finished(label(path), LeanResult.of(result(path))));
            }
        }
        collected.builds.sort(Comparator.comparing(
                past -> past.result().map(judged -> judged.result().startedAt()).orElse(Instant.MAX)));
        return collected.done();
    }

    /**
     * A run's result in full.
     *
     * @param path its folder, or its {@code result.json}
     * @throws IOException if there is none, or none that can be read; the message names it and says why
     */
    public static JudgedResult result(Path path) throws IOException {
        Path file = Files.isDirectory(path) ? path.resolve(ResultFile.NAME) : path;
        try {
            return ResultFile.read(file, MOST_BYTES);
        } catch (NoSuchFileException missing) {
            throw new NoSuchFileException(file + " does not exist");
        }
    }

    /** How a run is called in sentences: its id where its folder has the usual name, else the folder's or file's name. */
    public static String label(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        Path named = name(absolute).equals(ResultFile.NAME) && parent != null ? parent : absolute;
        Matcher usual = FOLDER.matcher(name(named));
        return usual.matches() ? usual.group(1) : name(named);
    }

    /** How a directory of runs is called in sentences: by its name, or by its parent's where it has the usual one. */
    static String origin(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return name(absolute).equals(USUAL_DIRECTORY)
                        && parent != null
                        && !name(parent).isEmpty()
                ? name(parent)
                : name(absolute);
    }

    /** The folder of a run that is named by its folder or by its {@code result.json}. */
    public static Path folder(Path path) {
        Path parent = path.toAbsolutePath().normalize().getParent();
        return Files.isDirectory(path) || parent == null ? path : parent;
    }

    /** Whether a folder is a run's. */
    public static boolean isRun(Path folder) {
        return Files.exists(folder.resolve(ResultFile.NAME)) || Files.exists(folder.resolve(Journal.FILE));
    }

    private static List<Path> newestFirst(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            List<Dated> dated = new ArrayList<>();
            for (Path folder : entries.filter(PastRuns::isRun).toList()) {
                dated.add(new Dated(date(folder), folder));
            }
            return dated.stream()
                    .sorted(Comparator.comparing(Dated::date)
                            .thenComparing(Dated::folder)
                            .reversed())
                    .limit(MOST_FOLDERS)
                    .map(Dated::folder)
                    .toList();
        }
    }

    private static String date(Path folder) throws IOException {
        if (FOLDER.matcher(name(folder)).matches()) {
            return name(folder);
        }
        Path journal = folder.resolve(Journal.FILE);
        Path file = Files.exists(journal) ? journal : folder.resolve(ResultFile.NAME);
        return STAMP.format(Files.getLastModifiedTime(file).toInstant());
    }

    /** Whether a run of that benchmark may lie in that folder: other benchmarks' folders have other names. */
    private static boolean mayBe(Path folder, String benchmark) {
        Matcher usual = FOLDER.matcher(name(folder));
        if (!usual.matches()) {
            return true;
        }
        String slug = slug(benchmark);
        return slug.equals(usual.group(2) == null ? "" : usual.group(2));
    }

    private static boolean beganBefore(Path folder, Instant before) {
        return FOLDER.matcher(name(folder)).matches() && name(folder).compareTo(STAMP.format(before)) < 0;
    }

    /** What a folder's name says of a benchmark's: what is safe in file names, at most 60 characters. */
    public static String slug(String benchmark) {
        String plain = benchmark.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|-+$", "");
        return plain.substring(0, Math.min(60, plain.length()));
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private record Dated(String date, Path folder) {}

    /** What has been found so far. */
    private static final class Collected {
        private final List<PastBuild> builds = new ArrayList<>();
        private final List<SkippedBuild> unreadable = new ArrayList<>();

        /** The run in a folder; empty if its result cannot be read, which is noted. */
        Optional<PastBuild> read(Path folder) throws IOException {
            if (!Files.exists(folder.resolve(ResultFile.NAME))) {
                Instant touched =
                        Files.getLastModifiedTime(folder.resolve(Journal.FILE)).toInstant();
                boolean fresh = touched.isAfter(Instant.now().minus(SILENCE));
                return Optional.of(new PastBuild(
                        label(folder), fresh ? PastBuild.State.RUNNING : PastBuild.State.BROKEN, Optional.empty()));
            }
            try {
                return Optional.of(PastBuild.finished(label(folder), LeanResult.of(result(folder))));
            } catch (IOException broken) {
                unreadable.add(new SkippedBuild(
                        label(folder), Message.of("history.unreadable", String.valueOf(broken.getMessage()))));
                return Optional.empty();
            }
        }

        PastRuns done() {
            return new PastRuns(builds, unreadable);
        }
    }
}
