package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.Engine;
import io.jenkins.plugins.livemigration.engine.RunEvaluation;
import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalFile;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lmb recover}: brings workloads back to life after a run died. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description = {
            "After a run died: finds each workload and brings it back to life, exactly once. Never starts a second copy.",
            "PLAN is a plan file, or the folder of the run that died."
        })
final class RecoverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private PlanOptions planOptions;

    @Option(names = "--stdin", description = "Reads secrets from standard input (docs/cli.md).")
    private boolean standardInput;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Path> given = planOptions.file();
        Optional<String> deadRun = Optional.empty();
        Set<String> homes = Set.of();
        Optional<ParsedPlan.Valid> plan;
        if (given.filter(Files::isDirectory).isPresent()) {
            try {
                JournalFile journal = JournalFile.read(given.get());
                deadRun = journal.first(JournalEvent.RunStarted.class).map(JournalEvent.RunStarted::runId);
                homes = homes(journal);
                plan = RunEvaluation.planOf(journal);
                if (plan.isEmpty()) {
                    err.println(Message.of("cli.runWithoutPlan", given.get()).render(locale));
                }
            } catch (IOException unreadable) {
                err.println(Message.of("cli.runUnreadable", given.get(), String.valueOf(unreadable.getMessage()))
                        .render(locale));
                return ExitCode.BAD_PLAN.number();
            }
        } else {
            plan = planOptions.load(err, locale);
        }
        if (plan.isEmpty()) {
            return ExitCode.BAD_PLAN.number();
        }
        Optional<Credentials> credentials = standardInput
                ? HandedIn.readCredentials(System.in, err, locale)
                : Optional.of(SecretPrompt.credentials(locale));
        if (credentials.isEmpty()) {
            return ExitCode.BAD_PLAN.number();
        }
        try (EngineSession session = new EngineSession(plan.get(), credentials.get())) {
            return print(session.engine().recover(deadRun), homes, out, locale).number();
        }
    }

    /** Where the run found its workloads. */
    private static Set<String> homes(JournalFile journal) {
        return journal.entries().stream()
                .map(JournalEntry::event)
                .filter(JournalEvent.HomeFound.class::isInstance)
                .map(event -> ((JournalEvent.HomeFound) event).host())
                .collect(Collectors.toSet());
    }

    private static ExitCode print(
            Map<String, Engine.RecoveryAttempt> attempts, Set<String> homes, PrintWriter out, Locale locale) {
        ExitCode exit = ExitCode.OK;
        for (Map.Entry<String, Engine.RecoveryAttempt> entry : attempts.entrySet()) {
            if (entry.getValue() instanceof Engine.RecoveryAttempt.Done done) {
                out.println(Message.of(
                                done.recovery().alive() ? "cli.recovered" : "cli.notRecovered",
                                entry.getKey(),
                                done.whereabouts())
                        .render(locale));
                done.recovery().actions().forEach(action -> out.println("  " + action.render(locale)));
                if (homes.size() == 1
                        && done.recovery().whereabouts() instanceof Whereabouts.RunningOn now
                        && !homes.contains(now.host())) {
                    out.println("  "
                            + Message.of("cli.recoveredAway", homes.iterator().next())
                                    .render(locale));
                }
                exit = done.recovery().alive() ? exit : ExitCode.WORKLOAD_ASTRAY;
            } else {
                LeaseStore.Holder holder = ((Engine.RecoveryAttempt.Refused) entry.getValue()).holder();
                out.println(Message.of("cli.recoveryRefused", entry.getKey(), holder.owner(), holder.place())
                        .render(locale));
                exit = exit == ExitCode.OK ? ExitCode.BUSY : exit;
            }
        }
        out.flush();
        return exit;
    }
}
