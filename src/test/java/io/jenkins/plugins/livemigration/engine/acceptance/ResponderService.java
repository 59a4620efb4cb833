package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code lmb probe --respond} as a workload that migrates: the packaged engine and the parts of Java that it needs in a
 * container behind the lab's floating address.
 */
final class ResponderService implements AutoCloseable {
    static final String NAME = "responder";
    static final int PORT = 7001;

    private static final String IMAGE = "localhost/lmb-responder:1";
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** An archive as {@code docker save} writes it: loaded from the same file, the image has the same ID on both hosts. */
    private static final String BUILD = """
            set -eu
            work=$1 java=$2 jar=$3 image=$4
            mkdir -p "$work/layer" "$work/archive"
            "$java/bin/jlink" --add-modules java.base,java.logging,java.management,java.naming,java.sql,java.xml \\
              --no-header-files --no-man-pages --output "$work/layer/java"
            cp "$jar" "$work/layer/engine.jar"
            cd "$work/layer"
            mkdir -p dev etc proc run sys tmp
            find java -name '*.so' -o -path java/bin/java | xargs ldd 2>/dev/null |
              sed -n -e 's/.* => \\(\\/[^ ]*\\) .*/\\1/p' -e 's/^[[:space:]]*\\(\\/[^ ]*\\) .*/\\1/p' | sort -u |
              while read -r library; do case $library in "$work"/*) ;; *) cp -L --parents "$library" . ;; esac; done
            tar -cf "$work/archive/layer.tar" -- *
            cd "$work/archive"
            layer=$(sha256sum layer.tar | cut -d ' ' -f 1)
            cat >config <<EOF
            {"architecture":"$(dpkg --print-architecture)","os":"linux","created":"2026-01-01T00:00:00Z",
            "config":{"Entrypoint":["/java/bin/java","-XX:+UseSerialGC","-Xmx32m","-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData","-jar","/engine.jar","probe","--respond"],"WorkingDir":"/"},
            "rootfs":{"type":"layers","diff_ids":["sha256:$layer"]}}
            EOF
            config=$(sha256sum config | cut -d ' ' -f 1)
            mv config "$config.json"
            printf '[{"Config":"%s.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$config" "$image" >manifest.json
            tar -cf "$work/image.tar" -- "$config.json" layer.tar manifest.json
            """;

    private final Lab lab;
    private final Hosts hosts;

    /** The service of that lab, which runs when it was started. */
    ResponderService(Lab lab) {
        this.lab = lab;
        this.hosts = lab.connect();
    }

    /** Makes its image in a folder and gives it to both hosts. */
    void install(Path folder) throws IOException, InterruptedException {
        Process build = new ProcessBuilder(List.of(
                        "bash",
                        "-c",
                        BUILD,
                        "build",
                        folder.toString(),
                        System.getProperty("java.home"),
                        Path.of(System.getProperty("lmb.engineJar", "target/no-engine.jar"))
                                .toAbsolutePath()
                                .toString(),
                        IMAGE))
                .redirectErrorStream(true)
                .start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (build.waitFor() != 0) {
            throw new IllegalStateException("no image could be made of the responder: " + said);
        }
        for (String host : List.of(Lab.A, Lab.B)) {
            try (InputStream image = Files.newInputStream(folder.resolve("image.tar"))) {
                succeeded(host, hosts.host(host).run("podman load -q", image, TIMEOUT));
            }
        }
    }

    /** Starts it on host A and waits until it listens. */
    void start() throws InterruptedException {
        require(Lab.A, """
                ip address replace %1$s/24 dev eth0 && arping -q -c 1 -A -I eth0 %1$s
                podman run -d --name %2$s --network host %3$s --address %1$s --port %4$d --idle 10min
                """.formatted(lab.get("LAB_FLOATING"), NAME, IMAGE, PORT));
        await().atMost(TIMEOUT)
                .until(() -> hosts.host(Lab.A)
                        .run("podman logs " + NAME, TIMEOUT)
                        .out()
                        .contains("listening on UDP port " + PORT));
    }

    /** Removes it, its image and its address from both hosts. */
    void wipe() throws InterruptedException {
        for (String host : List.of(Lab.A, Lab.B)) {
            require(host, """
                    podman rm --force --time 0 %1$s >/dev/null 2>&1
                    podman rmi --force %2$s >/dev/null 2>&1
                    ip address del %3$s/24 dev eth0 2>/dev/null
                    true
                    """.formatted(NAME, IMAGE, lab.get("LAB_FLOATING")));
        }
    }

    private void require(String host, String command) throws InterruptedException {
        succeeded(host, hosts.host(host).run(command, TIMEOUT));
    }

    private static void succeeded(String host, CommandResult result) {
        if (!result.ok()) {
            throw new IllegalStateException(host + ": " + result.complaint());
        }
    }

    @Override
    public void close() {
        hosts.close();
    }
}
