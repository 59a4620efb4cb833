package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import io.jenkins.plugins.livemigration.engine.observe.ProbeFile;
import io.jenkins.plugins.livemigration.engine.observe.ProbeTrace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Reads probes' records from a run's folder, and only those that are what the journal says they are. */
final class TraceFiles implements SampleBuilder.Traces {
    private static final int CHUNK = 1 << 16;

    private final Path folder;

    TraceFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Optional<ProbeTrace> read(String file, Optional<SideFile> vouched) {
        Path path = folder.resolve(file).normalize();
        if (!path.startsWith(folder)) {
            return Optional.empty();
        }
        try {
            if (vouched.isPresent()
                    && !sha256(path, vouched.get().length())
                            .equals(vouched.get().sha256())) {
                return Optional.empty();
            }
            return Optional.of(ProbeFile.read(path).trace());
        } catch (IOException goneOrDamaged) {
            return Optional.empty();
        }
    }

    private static String sha256(Path file, long length) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK];
            long left = length;
            while (left > 0) {
                int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (read < 0) {
                    break;
                }
                digest.update(chunk, 0, read);
                left -= read;
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
