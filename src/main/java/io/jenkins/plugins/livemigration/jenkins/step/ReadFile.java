package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import jenkins.MasterToSlaveFileCallable;

/**
 * Reads a file below a folder of the agent, if it is not too long. Neither the file nor a folder on the way to it may be a
 * link, nor may the way lead out.
 */
final class ReadFile extends MasterToSlaveFileCallable<byte[]> {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final int maxBytes;

    ReadFile(String path, int maxBytes) {
        this.path = path;
        this.maxBytes = maxBytes;
    }

    @Override
    public byte[] invoke(File folder, VirtualChannel channel) throws IOException {
        Path relative = Path.of(path);
        if (relative.isAbsolute()) {
            throw new IOException(path + ": only a path inside of the folder can be read");
        }
        Path file = folder.toPath();
        for (Path part : relative) {
            if (part.toString().equals("..")) {
                throw new IOException(path + ": only a path inside of the folder can be read");
            }
            file = file.resolve(part);
            if (Files.isSymbolicLink(file)) {
                throw new IOException(path + ": links are not followed");
            }
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + ": there is no such file");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException(path + ": longer than " + maxBytes + " bytes");
            }
            return bytes;
        }
    }
}
