package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A job's results over its builds, kept so that no build has to be loaded to draw a trend: a list of runs, and a file per
 * metric, each only ever added to and read from its end. What belongs to builds that are gone is passed over. Where the
 * list is missing or damaged, all is made anew from the results in the builds' folders.
 */
public final class HistoryStore {
    private static final Logger LOGGER = Logger.getLogger(HistoryStore.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_RESULT = 16L << 20;

    private final Path folder;
    private final BuildFolders builds;
    private final HistoryFile runs;
    private final MetricFiles metrics;
    private final JudgedAnew anew;
    private final SeenLast environment;
    private final SeenLast categories;
    private boolean checked;

    /**
     * A store.
     *
     * @param folder its own
     * @param builds where the builds' folders are
     */
    HistoryStore(Path folder, Path builds) {
        this.folder = folder;
        this.builds = new BuildFolders(builds);
        this.runs = new HistoryFile(folder.resolve("runs.jsonl"));
        this.metrics = new MetricFiles(folder.resolve("metrics"), this.builds);
        this.anew = new JudgedAnew(folder.resolve("verdicts.jsonl"));
        this.environment = new SeenLast(folder.resolve("environment.json"));
        this.categories = new SeenLast(folder.resolve("categories.json"));
    }

    /** Whether any benchmark has ended in the job. Cheap: it is asked whenever the job is shown. */
    public boolean isThere() {
        return runs.exists();
    }

    /**
     * Adds a build's result.
     *
     * @param result the name of the folder with the result, below the build's own of our name
     */
    public synchronized void append(int build, String result, JudgedResult judged) throws IOException {
        if (!runs.exists()) {
            rebuild(build);
        }
        add(build, result, judged);
    }

    /** Adds a build whose benchmark left no result: a gap in the trend. */
    public synchronized void appendWithoutResult(int build, String name, Instant at) throws IOException {
        if (!runs.exists()) {
            rebuild(build);
        }
        runs.append(List.of(new HistoryEntry(build, name, at, HistoryEntry.WITHOUT_RESULT, List.of(), "").text()));
    }

    /** A run is judged otherwise now than when it ended. */
    synchronized void judgedAnew(int build, String name, String status) throws IOException {
        anew.add(build, name, status);
    }

    private void add(int build, String result, JudgedResult judged) throws IOException {
        String name = judged.result().name();
        metrics.add(build, judged);
        HistoryEntry entry = new HistoryEntry(
                build,
                name,
                judged.result().startedAt(),
                judged.verdict().status().name(),
                changes(name, judged.result().environment()),
                result);
        categories.put(name, edges(judged.verdict().categories()));
        runs.append(List.of(entry.text()));
    }

    private static JsonNode edges(Map<String, CategoryEdges> categories) {
        ObjectNode metrics = JsonNodeFactory.instance.objectNode();
        categories.forEach((metric, edges) -> {
            ArrayNode classes = metrics.putArray(metric);
            for (CategoryEdges.Edge edge : edges.classes()) {
                ObjectNode one = classes.addObject().put("name", edge.name());
                if (Double.isFinite(edge.below())) {
                    one.put("below", edge.below());
                }
            }
        });
        return metrics;
    }

    /** What differs from the environment that was seen last under that name, which this one replaces. */
    private List<String> changes(String name, Map<String, Map<String, String>> now) throws IOException {
        JsonNode before = environment.of(name);
        List<String> changes = new ArrayList<>();
        now.forEach((host, facts) -> facts.forEach((fact, value) -> {
            String old = before.path(host).path(fact).asText(value);
            if (!old.equals(value)) {
                changes.add(host + " " + fact + ": " + old + " → " + value);
            }
        }));
        environment.put(name, JSON.valueToTree(now));
        return changes;
    }

    /** The categories that the newest run of that name applied to a metric: a list of names and upper edges. */
    synchronized JsonNode categories(String name, String metric) throws IOException {
        return categories.of(name).path(metric);
    }

    /** The runs of builds that still exist, in order; of several of one build and name the last. */
    public synchronized List<HistoryEntry> runs() throws IOException {
        whole();
        Set<Integer> there = builds.all();
        return anew.applied(BuildOrder.lastOfEach(
                runs.read(HistoryStore::entry),
                there::contains,
                HistoryEntry::build,
                entry -> entry.build() + "\t" + entry.name()));
    }

    /** The same of so many of the newest builds: what came long before is not read. */
    public synchronized List<HistoryEntry> runs(int newest) throws IOException {
        whole();
        Set<Integer> seen = new TreeSet<>(Comparator.reverseOrder());
        List<HistoryEntry> read = runs.readNewest(HistoryStore::entry, entry -> {
            if (builds.has(entry.build())) {
                seen.add(entry.build());
            }
            return seen.size() < (long) newest + BuildOrder.OUT_OF_ORDER;
        });
        Set<Integer> wanted = new HashSet<>(seen.stream().limit(newest).toList());
        return anew.applied(BuildOrder.lastOfEach(
                read, wanted::contains, HistoryEntry::build, entry -> entry.build() + "\t" + entry.name()));
    }

    /** The newest run of a build under that name. */
    public synchronized Optional<HistoryEntry> run(int build, String name) throws IOException {
        return runs().stream()
                .filter(run -> run.build() == build && run.name().equals(name))
                .findFirst();
    }

    /** Whether a run was judged anew since it ended. */
    synchronized boolean isJudgedAnew(int build, String name) throws IOException {
        return anew.has(build, name);
    }

    /** A metric's values in builds that still exist, in order. */
    public synchronized List<HistoryPoint> points(String metric) throws IOException {
        return metrics.of(metric);
    }

    /** The same in these builds: what came long before is not read. */
    public synchronized List<HistoryPoint> points(String metric, Set<Integer> wanted) throws IOException {
        return metrics.of(metric, wanted);
    }

    /** The metrics that have values, in the order in which they are shown. */
    public synchronized List<String> metrics() {
        return metrics.metrics();
    }

    private static Optional<HistoryEntry> entry(String line) {
        try {
            return Optional.ofNullable(JSON.readTree(line)).flatMap(HistoryEntry::of);
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    /** Makes all anew if there is no list, or, asked once in the controller's life, one that holds nothing readable. */
    private void whole() throws IOException {
        boolean damaged = false;
        if (!checked && runs.exists()) {
            checked = true;
            damaged = runs.readNewest(HistoryStore::entry, newest -> false).isEmpty();
        }
        if (damaged || !runs.exists()) {
            rebuild(Integer.MAX_VALUE);
        }
    }

    private void rebuild(int before) throws IOException {
        Files.deleteIfExists(folder.resolve("runs.jsonl"));
        environment.forget();
        metrics.forget();
        for (int build : builds.all()) {
            for (Path file : build < before ? builds.results(build) : List.<Path>of()) {
                restore(build, file);
            }
        }
    }

    private void restore(int build, Path file) throws IOException {
        JudgedResult judged;
        try {
            judged = ResultFile.read(file, LONGEST_RESULT);
        } catch (IOException unreadable) {
            LOGGER.log(Level.WARNING, unreadable, () -> "Not in the history: " + file);
            return;
        }
        add(build, BuildFolders.nameOf(file), judged);
    }
}
