package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.AbortException;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** The plan that a step is given beside its parameters, as text or in the workspace, and the notation it is in. */
final class PlanDocument {
    private final Optional<byte[]> bytes;
    private final PlanFormat format;

    private PlanDocument(Optional<byte[]> bytes, PlanFormat format) {
        this.bytes = bytes;
        this.format = format;
    }

    /**
     * Looks where the request says.
     *
     * @param environment variables that are replaced in the file's path
     * @throws AbortException if it is said in two ways or cannot be read; says why
     */
    static PlanDocument of(
            BenchmarkRequest request, Function<String, Optional<String>> environment, Workspace workspace)
            throws AbortException, InterruptedException {
        if (request.planFile().isPresent() && request.plan().isPresent()) {
            throw new AbortException(Words.text("step.twoPlans"));
        }
        if (request.planFile().isEmpty()) {
            return new PlanDocument(request.plan().map(text -> text.getBytes(StandardCharsets.UTF_8)), PlanFormat.YAML);
        }
        String path = Variables.parameter("planFile", request.planFile().get(), environment);
        try {
            return new PlanDocument(Optional.of(workspace.read(path)), PlanFormat.ofFileName(path));
        } catch (IOException unreadable) {
            throw new AbortException(Words.text("step.noPlanFile", String.valueOf(unreadable.getMessage())));
        }
    }

    /** What it says; empty if there is none. */
    Optional<byte[]> bytes() {
        return bytes;
    }

    PlanFormat format() {
        return format;
    }

    /** Reads a file of the workspace. */
    @FunctionalInterface
    interface Workspace {
        byte[] read(String path) throws IOException, InterruptedException;
    }
}
