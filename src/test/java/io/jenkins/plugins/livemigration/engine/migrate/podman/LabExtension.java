package io.jenkins.plugins.livemigration.engine.migrate.podman;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the running lab to tests that take a {@link Lab}, and skips them, saying why, where there is none. The instance's
 * folder stands in the environment as {@code LMB_LAB}; without it the default instance's is taken.
 */
final class LabExtension implements ExecutionCondition, ParameterResolver {
    private static final Path DEFAULT = Path.of("/var/tmp/live-migration-lab/lmb");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Path settings = folder().resolve("lab.env");
        if (!Files.isReadable(settings)) {
            return ConditionEvaluationResult.disabled(
                    "needs a running lab: " + settings + " cannot be read (lab/up as root, or LMB_LAB=FOLDER)");
        }
        return ConditionEvaluationResult.enabled("the lab in " + folder());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return Lab.in(folder());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Path folder() {
        return Optional.ofNullable(System.getenv("LMB_LAB")).map(Path::of).orElse(DEFAULT);
    }
}
