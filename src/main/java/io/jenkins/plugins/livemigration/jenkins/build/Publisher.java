package io.jenkins.plugins.livemigration.jenkins.build;

import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.junit.JUnitResultArchiver;
import hudson.tasks.junit.pipeline.JUnitResultsStepExecution;
import hudson.tasks.test.PipelineTestDetails;
import io.jenkins.plugins.livemigration.engine.report.HtmlReport;
import io.jenkins.plugins.livemigration.engine.report.JunitReport;
import io.jenkins.plugins.livemigration.engine.report.Report;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.job.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/**
 * Publishes a result: into the build's folder, as archived report, as test results, into the job's history. Only the result
 * itself comes from the agent, and only after it was understood; every other file is made of it here.
 */
public final class Publisher {
    private static final String JUNIT = "junit.xml";

    private final Optional<FlowNode> stage;

    private Publisher(Optional<FlowNode> stage) {
        this.stage = stage;
    }

    /** For a step of a pipeline. */
    public static Publisher forStage(FlowNode node) {
        return new Publisher(Optional.of(node));
    }

    /** For a build step. */
    public static Publisher forBuild() {
        return new Publisher(Optional.empty());
    }

    /**
     * Publishes.
     *
     * @param bytes the text from which the result was read
     * @throws IOException if something cannot be written
     */
    public void publish(Run<?, ?> run, TaskListener listener, JudgedResult judged, byte[] bytes)
            throws IOException, InterruptedException {
        String name = judged.result().name();
        BenchmarkAction action = BenchmarkAction.of(run);
        Path folder = action.folder(name);
        Files.createDirectories(folder);
        Path draft = folder.resolve(ResultFile.NAME + ".new");
        Files.write(draft, bytes);
        Files.move(draft, folder.resolve(ResultFile.NAME), StandardCopyOption.ATOMIC_MOVE);
        action.judged(name, judged.verdict().status().name());
        archive(run, listener, judged, folder);
        tests(run, listener, judged, folder);
        History.of(run.getParent()).append(run.getNumber(), String.valueOf(folder.getFileName()), judged);
        for (PublishedResults place : ExtensionList.lookup(PublishedResults.class)) {
            try {
                place.published(run, listener, judged);
            } catch (RuntimeException | LinkageError unpublished) {
                // What another plugin cannot do must not cost the build its verdict.
                listener.getLogger()
                        .println(Words.text(
                                "end.unpublished", place.getClass().getSimpleName(), String.valueOf(unpublished)));
            }
        }
    }

    private static void archive(Run<?, ?> run, TaskListener listener, JudgedResult judged, Path folder)
            throws IOException, InterruptedException {
        Path draft = Files.createTempDirectory(folder, "report");
        FilePath files = new FilePath(draft.toFile());
        try {
            Map<String, String> artifacts = new LinkedHashMap<>();
            String place =
                    "live-migration-benchmark/" + fileName(judged.result().name()) + "/";
            for (Report.File file : new HtmlReport(Locale.getDefault()).render(judged)) {
                Files.writeString(draft.resolve(file.name()), file.text());
                artifacts.put(place + file.name(), file.name());
            }
            run.pickArtifactManager()
                    .archive(files, files.createLauncher(listener), BuildListenerAdapter.wrap(listener), artifacts);
        } finally {
            files.deleteRecursive();
        }
    }

    private void tests(Run<?, ?> run, TaskListener listener, JudgedResult judged, Path folder)
            throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve(JUNIT), new JunitReport().render(judged).get(0).text());
        PipelineTestDetails details = new PipelineTestDetails();
        if (stage.isPresent()) {
            FlowNode node = stage.get();
            details.setNodeId(node.getId());
            List<FlowNode> blocks = JUnitResultsStepExecution.getEnclosingStagesAndParallels(node);
            details.setEnclosingBlocks(JUnitResultsStepExecution.getEnclosingBlockIds(blocks));
            details.setEnclosingBlockNames(JUnitResultsStepExecution.getEnclosingBlockNames(blocks));
        }
        FilePath place = new FilePath(folder.toFile());
        JUnitResultArchiver task = new JUnitResultArchiver(JUNIT);
        task.setSkipPublishingChecks(true);
        JUnitResultArchiver.parseAndSummarize(task, details, run, place, place.createLauncher(listener), listener);
    }

    /** A benchmark's name as a folder of the archive. */
    static String fileName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|-+$", "");
        return plain.isEmpty() ? "benchmark" : plain;
    }
}
