package io.jenkins.plugins.livemigration.engine.importing;

import io.jenkins.plugins.livemigration.engine.importing.ImportFormat.MalformedImportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A text file of somebody else's. */
final class ImportedFile {
    private ImportedFile() {}

    /** Its text, read as UTF-8; what is none is replaced. */
    static String text(Path file, long maxBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > maxBytes) {
                throw new MalformedImportException(file + " is longer than " + maxBytes + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Its name without the ending. */
    static String name(Path file, String ending) {
        String name = Objects.toString(file.getFileName(), "import");
        return name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
    }
}
