package io.jenkins.plugins.livemigration.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Benchmarks that migrate by commands: a workload is a file, and its content names the host it is on. */
final class FileWorkload {
    /** The step's argument that makes the agent both hosts. */
    static final String HOSTS = "hosts: [[name: 'host-a', address: 'local'], [name: 'host-b', address: 'local']]";

    private final Path folder;

    /** The workloads are files of this folder, and so are the engines' folders below it. */
    FileWorkload(Path folder) {
        this.folder = folder;
    }

    /** A declarative pipeline of one stage. */
    static String declarative(String step) {
        return "pipeline { agent { label 'migration-lab' }; stages { stage('Live migration') { steps { " + step
                + " } } } }";
    }

    /** Puts a workload on host-a, and gives the step that moves it; a migration sleeps for these seconds. */
    String step(String name, int samples, String seconds, String hosts, String limit) throws IOException {
        String where = atHome(name);
        return "liveMigrationBenchmark(name: '" + name + "', " + hosts + ", samples: " + samples + ", warmup: 0,"
                + " window: [before: '100 ms', after: '100 ms'],"
                + " driver: command(from: 'host-a', to: 'host-b', on: 'local', migrate: '" + migrate(name, seconds)
                + "', locate: 'cat " + where + "', recover: 'echo host-a > " + where + "'),"
                + " thresholds: [[metric: 'migrationTime.platform', of: 'median', " + limit + "]])";
    }

    /** The command that migrates a workload. */
    String migrate(String name, String seconds) {
        return "sleep " + seconds + "; echo \"$LMB_TO\" > " + where(name);
    }

    /** Puts a workload on host-a; the file's path. */
    String atHome(String name) throws IOException {
        return Files.writeString(file(name), "host-a\n").toString();
    }

    /** The path of a workload's file. */
    String where(String name) {
        return file(name).toString();
    }

    /** What a workload's file says. */
    String host(String name) throws IOException {
        return Files.readString(file(name));
    }

    /** How many engines run whose files are below the folder. */
    long engines() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("--folder " + folder))
                        .isPresent())
                .count();
    }

    private Path file(String name) {
        return folder.resolve("where-" + name);
    }
}
