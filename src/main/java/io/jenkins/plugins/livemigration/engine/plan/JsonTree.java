package io.jenkins.plugins.livemigration.engine.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON, from text or from a tree that somebody else built. */
final class JsonTree {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxNumberLength(1000)
                    .maxStringLength(DocumentLimits.BYTES)
                    .build())
            .build();

    private final JsonParser parser;
    private final boolean lines;
    private final Mistakes mistakes;
    private int values;

    private JsonTree(JsonParser parser, boolean lines, Mistakes mistakes) {
        this.parser = parser;
        this.lines = lines;
        this.mistakes = mistakes;
    }

    /** The text's tree. Repeated keys are mistakes with which reading can go on. */
    static PlanNode read(String document, Mistakes mistakes) throws UnreadableException {
        try (JsonParser parser = FACTORY.createParser(document)) {
            return new JsonTree(parser, true, mistakes).document();
        } catch (JsonProcessingException broken) {
            Optional<Integer> line = Optional.ofNullable(broken.getLocation()).map(location -> location.getLineNr());
            throw DocumentLimits.syntax(line, broken.getOriginalMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The same of a tree, whose values have no lines. */
    static PlanNode read(JsonNode document, Mistakes mistakes) throws UnreadableException {
        try (JsonParser parser = new TreeTraversingParser(document)) {
            return new JsonTree(parser, false, mistakes).document();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private PlanNode document() throws IOException, UnreadableException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new PlanNode.Scalar("", Optional.empty(), PlanNode.Kind.NOTHING, "");
        }
        PlanNode root = node("", Optional.empty(), 0);
        if (parser.nextToken() != null) {
            throw new UnreadableException(
                    "", line(), new Fault(Message.of("plan.twoDocuments"), Message.of("plan.oneDocument")));
        }
        return root;
    }

    private PlanNode node(String path, Optional<Integer> keyLine, int depth) throws IOException, UnreadableException {
        Optional<Integer> line = keyLine.or(this::line);
        values++;
        if (values > DocumentLimits.VALUES) {
            throw DocumentLimits.tooManyValues(path, line);
        }
        if (depth > DocumentLimits.DEPTH) {
            throw DocumentLimits.tooDeep(path, line);
        }
        @Nullable JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(path, line, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(path, line, depth);
        }
        PlanNode.Kind kind = PlanNode.Kind.TEXT;
        if (token == JsonToken.VALUE_NUMBER_INT) {
            kind = PlanNode.Kind.WHOLE_NUMBER;
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            kind = PlanNode.Kind.DECIMAL;
        } else if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            kind = PlanNode.Kind.FLAG;
        } else if (token == JsonToken.VALUE_NULL) {
            kind = PlanNode.Kind.NOTHING;
        }
        return new PlanNode.Scalar(path, line, kind, parser.getText());
    }

    private PlanNode mapping(String path, Optional<Integer> line, int depth) throws IOException, UnreadableException {
        Map<String, PlanNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Optional<Integer> keyLine = line();
            String child = PlanNode.child(path, key);
            parser.nextToken();
            PlanNode earlier = entries.putIfAbsent(key, node(child, keyLine, depth + 1));
            if (earlier != null) {
                mistakes.add(child, keyLine, DocumentLimits.duplicateKey(earlier.line()));
            }
        }
        return new PlanNode.Mapping(path, line, entries);
    }

    private PlanNode sequence(String path, Optional<Integer> line, int depth) throws IOException, UnreadableException {
        List<PlanNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(PlanNode.item(path, items.size()), Optional.empty(), depth + 1));
        }
        return new PlanNode.Sequence(path, line, items);
    }

    private Optional<Integer> line() {
        return lines ? Optional.of(parser.currentTokenLocation().getLineNr()) : Optional.empty();
    }
}
