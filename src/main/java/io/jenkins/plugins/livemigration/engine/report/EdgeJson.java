package io.jenkins.plugins.livemigration.engine.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import java.io.IOException;

/** A class of a category table in JSON: the last one has no {@code below}, since JSON knows no infinity. */
final class EdgeJson {
    private EdgeJson() {}

    static final class Writer extends StdSerializer<CategoryEdges.Edge> {
        Writer() {
            super(CategoryEdges.Edge.class);
        }

        @Override
        public void serialize(CategoryEdges.Edge edge, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeStartObject();
            out.writeStringField("name", edge.name());
            if (Double.isFinite(edge.below())) {
                out.writeNumberField("below", edge.below());
            }
            out.writeEndObject();
        }
    }

    static final class Reader extends StdDeserializer<CategoryEdges.Edge> {
        Reader() {
            super(CategoryEdges.Edge.class);
        }

        @Override
        public CategoryEdges.Edge deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode tree = in.readValueAsTree();
            if (!tree.path("name").isTextual()) {
                throw JsonMappingException.from(in, "a category without a name");
            }
            JsonNode below = tree.path("below");
            return new CategoryEdges.Edge(
                    tree.get("name").textValue(), below.isNumber() ? below.doubleValue() : Double.POSITIVE_INFINITY);
        }
    }
}
