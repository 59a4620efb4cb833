package io.jenkins.plugins.livemigration.engine.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of {@code result.json}, for those who read results with programs of their own. */
public final class ResultSchema {
    private ResultSchema() {}

    /** The schema, draft 2020-12. */
    public static String text() {
        try (InputStream in = ResultSchema.class.getResourceAsStream("result.schema.json")) {
            if (in == null) {
                throw new IllegalStateException("result.schema.json is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
