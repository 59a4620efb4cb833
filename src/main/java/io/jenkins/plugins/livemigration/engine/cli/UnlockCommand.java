package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lmb unlock}: removes the lease on a plan's workloads. */
@Command(
        name = "unlock",
        mixinStandardHelpOptions = true,
        description = {
            "Shows who holds the lease on the plan's workloads, and removes it.",
            "Do this only when that run is known to be dead: two runs that move one workload can lose it."
        })
final class UnlockCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private PlanOptions planOptions;

    @Option(names = "--show", description = "Only shows who holds it.")
    private boolean showOnly;

    @Override
    public Integer call() throws InterruptedException {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        Optional<ParsedPlan.Valid> plan = planOptions.load(spec.commandLine().getErr(), locale);
        if (plan.isEmpty()) {
            return ExitCode.BAD_PLAN.number();
        }
        try (EngineSession session = new EngineSession(plan.get(), SecretPrompt.credentials(locale))) {
            List<LeaseStore.Holder> holders =
                    showOnly ? session.engine().holders() : session.engine().unlock();
            if (holders.isEmpty()) {
                out.println(Message.of("cli.noLease").render(locale));
            }
            for (LeaseStore.Holder holder : holders) {
                String until = holder.expires().map(Object::toString).orElse("?");
                out.println(Message.of(
                                showOnly ? "cli.leaseHeld" : "cli.leaseRemoved", holder.owner(), holder.place(), until)
                        .render(locale));
            }
        }
        out.flush();
        return ExitCode.OK.number();
    }
}
