package io.jenkins.plugins.livemigration.engine.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON Schema of plans, for editors and for those who generate plans. It accepts every plan that {@link PlanParser}
 * accepts; the parser alone knows what a schema cannot say: references between keys, units of limits, and the like.
 */
public final class PlanSchema {
    private PlanSchema() {}

    /** The schema, draft 2020-12. */
    public static String text() {
        try (InputStream in = PlanSchema.class.getResourceAsStream("plan.schema.json")) {
            if (in == null) {
                throw new IllegalStateException("plan.schema.json is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
