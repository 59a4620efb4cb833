package io.jenkins.plugins.livemigration.jenkins.step;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** The engine's command line on an agent: with the Java that the agent runs on, small, and in a session of its own. */
final class EngineCommand {
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-Xms32m",
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            "-Dlmb.terminal=false");

    private EngineCommand() {}

    /** Called on the agent. */
    static List<String> of(String jar, String... arguments) {
        List<String> command = new ArrayList<>();
        // A child of ours leads no process group, so setsid becomes java itself and the process number stays.
        command.add("setsid");
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(SMALL);
        command.add("-jar");
        command.add(jar);
        command.addAll(List.of(arguments));
        return command;
    }
}
