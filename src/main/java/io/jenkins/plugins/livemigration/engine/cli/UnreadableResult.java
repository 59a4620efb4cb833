package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine;

/** What commands say that were given results which cannot be read. */
final class UnreadableResult {
    private UnreadableResult() {}

    /** Says it on standard error. Returns the exit code. */
    static int exit(CommandLine command, IOException broken, Locale locale) {
        command.getErr()
                .println(Message.of("cli.resultUnreadable", String.valueOf(broken.getMessage()))
                        .render(locale));
        return ExitCode.BAD_PLAN.number();
    }
}
