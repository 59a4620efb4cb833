package io.jenkins.plugins.livemigration.jenkins.build;

import hudson.AbortException;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.livemigration.engine.history.KeptBaseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.job.History;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.RunAction2;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The benchmarks of a build, and its page. What XStream stores of it is a list of names. */
@ExportedBean
public final class BenchmarkAction implements RunAction2 {
    /** The page's place in the build's address. */
    public static final String URL = "live-migration";

    private final List<StoredBenchmark> benchmarks = new ArrayList<>();
    private transient @Nullable Run<?, ?> run;

    private BenchmarkAction() {}

    /** The build's action, which is made if there is none yet. */
    public static BenchmarkAction of(Run<?, ?> run) {
        synchronized (run) {
            BenchmarkAction action = run.getAction(BenchmarkAction.class);
            if (action == null) {
                action = new BenchmarkAction();
                run.addAction(action);
            }
            return action;
        }
    }

    @Override
    public void onAttached(Run<?, ?> run) {
        this.run = run;
    }

    @Override
    public void onLoad(Run<?, ?> run) {
        this.run = run;
    }

    @Override
    public String getIconFileName() {
        return "symbol-git-compare-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Words.text("page.title");
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** The build. */
    public Run<?, ?> getRun() {
        if (run == null) {
            throw new IllegalStateException("not attached to a build");
        }
        return run;
    }

    /** The build's benchmarks, in order of their beginning. */
    public synchronized List<StoredBenchmark> getBenchmarks() {
        return List.copyOf(benchmarks);
    }

    /** {@code api/json}. */
    public Api getApi() {
        return new Api(this);
    }

    /** What is exported of each. */
    @Exported(name = "benchmarks", inline = true)
    public List<ExportedBenchmark> getExportedBenchmarks() {
        return getBenchmarks().stream()
                .map(stored -> new ExportedBenchmark(stored, page(stored)))
                .toList();
    }

    /**
     * A benchmark begins; again with the same key if the controller was restarted while its engine was being started.
     *
     * @param key of the attempt
     * @throws AbortException if one of that name is there already; one that ended with an error may be repeated, as
     *     {@code retry} does
     */
    public synchronized void begin(String name, String key) throws IOException {
        Optional<StoredBenchmark> same = find(name);
        if (same.isPresent() && same.get().isOf(key)) {
            return;
        }
        if (same.isPresent() && !same.get().mayBeRepeated()) {
            throw new AbortException(Words.text("step.sameName", name));
        }
        same.ifPresent(benchmarks::remove);
        int number = benchmarks.stream()
                        .mapToInt(stored -> Integer.parseInt(stored.getFolder()))
                        .max()
                        .orElse(0)
                + 1;
        benchmarks.add(new StoredBenchmark(name, Integer.toString(number), key));
        getRun().save();
    }

    /** A benchmark's result is there. */
    synchronized void judged(String name, String verdict) throws IOException {
        find(name).ifPresent(stored -> stored.judged(verdict));
        getRun().save();
    }

    /** A benchmark's step has ended, as it should or with an error. */
    public synchronized void end(String name, boolean asItShould) throws IOException {
        Optional<StoredBenchmark> ended = find(name);
        ended.ifPresent(stored -> stored.end(asItShould));
        getRun().save();
        if (ended.isPresent() && ended.get().getVerdict() == null) {
            History.of(getRun().getParent()).appendWithoutResult(getRun().getNumber(), name, Instant.now());
        }
    }

    /** Keeps what a benchmark is compared with, so that it can be judged anew alike. */
    public void keep(String name, Baseline baseline) throws IOException {
        KeptBaseline.write(folder(name), baseline);
    }

    private Optional<StoredBenchmark> find(String name) {
        return benchmarks.stream()
                .filter(stored -> stored.getName().equals(name))
                .findFirst();
    }

    /** Where a benchmark's files are, in the build's folder. */
    Path folder(String name) {
        StoredBenchmark stored =
                find(name).orElseThrow(() -> new IllegalArgumentException("no benchmark of that name: " + name));
        return ResultStore.folder(getRun(), stored);
    }

    /** The pages of all benchmarks. */
    public List<BenchmarkPage> getPages() {
        return getBenchmarks().stream().map(this::page).toList();
    }

    private BenchmarkPage page(StoredBenchmark stored) {
        return new BenchmarkPage(getRun(), stored);
    }

    /** A benchmark's own address below the page: called by Stapler. */
    public @Nullable BenchmarkPage getDynamic(String token, StaplerRequest2 request, StaplerResponse2 response) {
        return getPages().stream()
                .filter(page -> page.getStored().getFolder().equals(token))
                .findFirst()
                .orElse(null);
    }
}
