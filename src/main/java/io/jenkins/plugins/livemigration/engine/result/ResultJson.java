package io.jenkins.plugins.livemigration.engine.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * How the model looks in JSON: field names are the records' own, times are ISO 8601 in UTC, what is absent is left out, and
 * numbers are finite. On reading, unknown fields are passed over and missing ones are errors, so that no zero ever stands
 * for "unknown".
 */
public final class ResultJson {
    private ResultJson() {}

    /** A new builder with these conventions, for mappers that add their own types. */
    public static JsonMapper.Builder builder() {
        SimpleModule finite = new SimpleModule("finite numbers");
        finite.addSerializer(double.class, new FiniteDoubles());
        finite.addSerializer(Double.class, new FiniteDoubles());
        return JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule(), finite)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
    }

    /** Refuses what JSON has no number for. */
    private static final class FiniteDoubles extends StdSerializer<Double> {
        FiniteDoubles() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (!Double.isFinite(value)) {
                throw JsonMappingException.from(out, "not a finite number: " + value);
            }
            out.writeNumber(value);
        }
    }
}
