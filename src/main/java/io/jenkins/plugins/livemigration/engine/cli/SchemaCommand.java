package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.plan.PlanSchema;
import io.jenkins.plugins.livemigration.engine.result.ResultSchema;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb schema}: prints a JSON Schema. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Prints the JSON Schema of plans, or of result.json.")
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "plan|result", description = "Which one (default: plan).")
    private Kind kind = Kind.plan;

    /** The formats that have a schema. */
    enum Kind {
        plan,
        result
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(kind == Kind.plan ? PlanSchema.text() : ResultSchema.text());
        out.flush();
        return ExitCode.OK.number();
    }
}
