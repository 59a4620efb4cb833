package io.jenkins.plugins.livemigration.engine.cli;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What is said when a command breaks: one line for a world that is broken, a stack trace for a mistake of ours. */
final class BrokenCommand implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception broken, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (broken instanceof IOException) {
            err.println("lmb: " + broken.getMessage());
            return ExitCode.INFRASTRUCTURE.number();
        }
        err.println("lmb: this is a mistake in the program, please report it:");
        broken.printStackTrace(err);
        err.flush();
        return ExitCode.INTERNAL.number();
    }
}
