package io.jenkins.plugins.livemigration.engine.migrate.podman;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a running lab to tests that take a {@link Lab}. Root gets an instance made for the tests ({@code lab/up --name
 * test}), which is taken down behind the last of them; a lab that cannot be made fails them. An instance that is up already
 * is used instead if the environment names its folder as {@code LMB_LAB}. Whoever is not root skips these tests and reads why.
 */
public final class LabExtension implements ExecutionCondition, ParameterResolver {
    private static final Path HOME = Path.of(System.getProperty("lmb.home", "."));
    private static final Path OWN = Path.of("/var/tmp/live-migration-lab/test");
    private static final String NET = "10.78.0";

    /** The tests' own instance, for as long as tests run. */
    private record OwnInstance() implements AutoCloseable {
        OwnInstance {
            script("up", "--name", OWN.getFileName().toString(), "--net", NET);
        }

        @Override
        public void close() {
            script("down", "--name", OWN.getFileName().toString(), "--purge");
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Path> named = named();
        if (named.isPresent()) {
            Path settings = named.get().resolve("lab.env");
            return Files.isReadable(settings)
                    ? ConditionEvaluationResult.enabled("the lab in " + named.get())
                    : ConditionEvaluationResult.disabled("LMB_LAB names no running lab: cannot read " + settings);
        }
        return "root".equals(System.getProperty("user.name"))
                ? ConditionEvaluationResult.enabled("a lab for the tests")
                : ConditionEvaluationResult.disabled("needs root, who can make a lab (or LMB_LAB=FOLDER of one)");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Optional<Path> named = named();
        if (named.isEmpty()) {
            context.getRoot()
                    .getStore(Namespace.create(LabExtension.class))
                    .getOrComputeIfAbsent(OwnInstance.class, key -> new OwnInstance(), OwnInstance.class);
        }
        try {
            return Lab.in(named.orElse(OWN));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Optional<Path> named() {
        return Optional.ofNullable(System.getenv("LMB_LAB")).map(Path::of);
    }

    private static void script(String name, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("lab").resolve(name).toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + said);
            }
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
