package io.jenkins.plugins.livemigration.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Headless Chromium: a page as a reader sees it, and what the page's scripts complain about. */
final class Browser {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private final Path folder;

    /** Screenshots and the browser's profile go into that folder. */
    Browser(Path folder) {
        assumeTrue(Files.isExecutable(PROGRAM), "NO BROWSER: " + PROGRAM + " is not there; no page was looked at");
        this.folder = folder;
    }

    /** Opens a page, keeps a screenshot of it, and gives what the console said and the document that came out. */
    Seen open(String name, String url, String language) throws IOException, InterruptedException {
        Path screenshot = Files.createDirectories(folder).resolve(name + ".png").toAbsolutePath();
        run(name, url, language, "--screenshot=" + screenshot);
        return new Seen(run(name, url, language, "--dump-dom"), complaints(name), screenshot);
    }

    private String run(String name, String url, String language, String what) throws IOException, InterruptedException {
        Path out = folder.resolve(name + ".html");
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--window-size=1300,1800",
                        "--accept-lang=" + language,
                        "--user-data-dir=" + folder.resolve("profile").toAbsolutePath(),
                        "--virtual-time-budget=10000",
                        "--enable-logging=stderr",
                        what,
                        url)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve(name + ".log").toFile())
                .start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the browser did not come back from " + url);
        }
        return Files.readString(out);
    }

    private List<String> complaints(String name) throws IOException {
        List<String> complaints = new ArrayList<>();
        try (Stream<String> lines = Files.lines(folder.resolve(name + ".log"), StandardCharsets.ISO_8859_1)) {
            lines.filter(line -> line.contains("CONSOLE"))
                    .filter(line -> line.contains("Content Security Policy")
                            || line.contains("Uncaught")
                            || line.contains("TypeError")
                            || line.contains("ReferenceError"))
                    .forEach(complaints::add);
        }
        return complaints;
    }

    /**
     * What was seen.
     *
     * @param document after the scripts have run
     * @param complaints violations of the content security policy, and errors of scripts
     */
    record Seen(String document, List<String> complaints, Path screenshot) {}
}
