package io.jenkins.plugins.livemigration.jenkins.job;

import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The folders of a job's builds, and the results in them. */
final class BuildFolders {
    /** Below a build's folder, and below a job's. */
    static final String OURS = "live-migration-benchmark";

    private final Path builds;

    BuildFolders(Path builds) {
        this.builds = builds;
    }

    /** The numbers of all builds. */
    Set<Integer> all() throws IOException {
        Set<Integer> numbers = new TreeSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(builds)) {
            for (Path one : folders) {
                number(String.valueOf(one.getFileName())).ifPresent(numbers::add);
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return numbers;
        }
        return numbers;
    }

    private static Optional<Integer> number(String name) {
        if (name.isEmpty() || name.length() > 9) {
            return Optional.empty();
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(Integer.valueOf(name));
    }

    /** Whether a build is there. */
    boolean has(int build) {
        return Files.isDirectory(builds.resolve(Integer.toString(build)));
    }

    /** The results of a build, in the order of their folders. */
    List<Path> results(int build) throws IOException {
        Path ours = builds.resolve(Integer.toString(build)).resolve(OURS);
        List<Path> results = new ArrayList<>();
        if (Files.isDirectory(ours)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(ours)) {
                for (Path one : folders) {
                    if (Files.isRegularFile(one.resolve(ResultFile.NAME))) {
                        results.add(one.resolve(ResultFile.NAME));
                    }
                }
            }
        }
        results.sort(null);
        return results;
    }

    /** The result in a folder of a build that the history named. */
    Path result(int build, String folder) {
        return builds.resolve(Integer.toString(build))
                .resolve(OURS)
                .resolve(folder)
                .resolve(ResultFile.NAME);
    }

    /** The name of the folder that a result is in. */
    static String nameOf(Path result) {
        Path folder = result.getParent();
        return folder == null ? "" : String.valueOf(folder.getFileName());
    }
}
