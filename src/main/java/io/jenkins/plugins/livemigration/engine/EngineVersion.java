package io.jenkins.plugins.livemigration.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this engine, as the build wrote it into {@code version.properties}. */
public final class EngineVersion {
    private static final String RESOURCE = "version.properties";
    private static final String CURRENT = read();

    private EngineVersion() {}

    /** Returns the version, for example {@code 0.1.0-SNAPSHOT}. */
    public static String current() {
        return CURRENT;
    }

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = EngineVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the engine's classes");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE, e);
        }
        String version = properties.getProperty("version");
        if (version == null) {
            throw new IllegalStateException(RESOURCE + " names no version");
        }
        return version;
    }
}
