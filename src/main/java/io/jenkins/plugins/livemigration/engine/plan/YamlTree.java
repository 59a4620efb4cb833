package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.JsonScalarResolver;

/**
 * Reads YAML 1.2 with its JSON schema: {@code yes} and {@code 010} are texts. Built from the parser's events, whose own
 * state does not grow with the depth of the document, so that depth, repeated keys and what aliases unfold to are
 * limited here.
 */
final class YamlTree {
    private static final JsonScalarResolver RESOLVER = new JsonScalarResolver();

    private final Iterator<Event> events;
    private final Mistakes mistakes;
    private final Map<Anchor, PlanNode> anchors = new HashMap<>();
    private int values;

    private YamlTree(Iterator<Event> events, Mistakes mistakes) {
        this.events = events;
        this.mistakes = mistakes;
    }

    /** The document's tree. Repeated keys and tags are mistakes with which reading can go on. */
    static PlanNode read(String document, Mistakes mistakes) throws UnreadableException {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(DocumentLimits.BYTES + 1)
                .setLabel("plan")
                .build();
        try {
            return new YamlTree(new Parse(settings).parseString(document).iterator(), mistakes).document();
        } catch (MarkedYamlEngineException broken) {
            throw DocumentLimits.syntax(
                    broken.getProblemMark().map(mark -> mark.getLine() + 1), problem(broken.getProblem()));
        } catch (YamlEngineException broken) {
            throw DocumentLimits.syntax(Optional.empty(), problem(broken.getMessage()));
        }
    }

    private static String problem(@Nullable String problem) {
        return problem == null ? "" : problem;
    }

    private PlanNode document() throws UnreadableException {
        Event event = events.next();
        while (!(event instanceof DocumentStartEvent)) {
            if (event instanceof StreamEndEvent) {
                return new PlanNode.Scalar("", Optional.empty(), PlanNode.Kind.NOTHING, "");
            }
            event = events.next();
        }
        PlanNode root = node(events.next(), "", Optional.empty(), 0);
        events.next();
        Event after = events.next();
        if (after instanceof DocumentStartEvent) {
            throw new UnreadableException(
                    "", line(after), new Fault(Message.of("plan.twoDocuments"), Message.of("plan.oneDocument")));
        }
        return root;
    }

    private PlanNode node(Event event, String path, Optional<Integer> keyLine, int depth) throws UnreadableException {
        Optional<Integer> line = keyLine.or(() -> line(event));
        values++;
        if (values > DocumentLimits.VALUES) {
            throw DocumentLimits.tooManyValues(path, line);
        }
        if (event instanceof AliasEvent alias) {
            return unfold(alias, path, line, depth);
        }
        if (depth > DocumentLimits.DEPTH) {
            throw DocumentLimits.tooDeep(path, line);
        }
        checkTag(event, path, line);
        PlanNode node;
        if (event instanceof MappingStartEvent) {
            node = mapping(path, line, depth);
        } else if (event instanceof ScalarEvent scalar) {
            node = scalar(scalar, path, line);
        } else {
            node = sequence(path, line, depth);
        }
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            anchors.put(named.getAnchor().get(), node);
        }
        return node;
    }

    private PlanNode mapping(String path, Optional<Integer> line, int depth) throws UnreadableException {
        Map<String, PlanNode> entries = new LinkedHashMap<>();
        Event event = events.next();
        while (!(event instanceof MappingEndEvent)) {
            Optional<Integer> keyLine = line(event);
            if (!(event instanceof ScalarEvent key)) {
                throw new UnreadableException(
                        path, keyLine, new Fault(Message.of("plan.keyIsNoText"), Message.of("plan.writeKeyAsText")));
            }
            String child = PlanNode.child(path, key.getValue());
            PlanNode value = node(events.next(), child, keyLine, depth + 1);
            if (kind(key) == PlanNode.Kind.TEXT) {
                PlanNode earlier = entries.putIfAbsent(key.getValue(), value);
                if (earlier != null) {
                    mistakes.add(value, DocumentLimits.duplicateKey(earlier.line()));
                }
            } else {
                Message quoted = Message.of("plan.quoteIt", Faults.shown(key.getValue()));
                mistakes.add(value, new Fault(Message.of("plan.keyIsNoText"), quoted));
            }
            event = events.next();
        }
        return new PlanNode.Mapping(path, line, entries);
    }

    private PlanNode sequence(String path, Optional<Integer> line, int depth) throws UnreadableException {
        List<PlanNode> items = new ArrayList<>();
        Event event = events.next();
        while (!(event instanceof SequenceEndEvent)) {
            items.add(node(event, PlanNode.item(path, items.size()), Optional.empty(), depth + 1));
            event = events.next();
        }
        return new PlanNode.Sequence(path, line, items);
    }

    private PlanNode unfold(AliasEvent alias, String path, Optional<Integer> line, int depth)
            throws UnreadableException {
        PlanNode meant = anchors.get(alias.getAlias());
        if (meant == null) {
            throw new UnreadableException(
                    path,
                    line,
                    new Fault(
                            Message.of(
                                    "plan.unknownAlias",
                                    Faults.shown(alias.getAlias().getValue())),
                            Message.of("plan.writeItOut")));
        }
        values += meant.size();
        if (values > DocumentLimits.VALUES) {
            throw DocumentLimits.tooManyValues(path, line);
        }
        if (depth + meant.depth() > DocumentLimits.DEPTH) {
            throw DocumentLimits.tooDeep(path, line);
        }
        return meant.at(path, line);
    }

    private void checkTag(Event event, String path, Optional<Integer> line) {
        Optional<String> tag = Optional.empty();
        if (event instanceof ScalarEvent scalar) {
            tag = scalar.getTag();
        } else if (event instanceof CollectionStartEvent collection) {
            tag = collection.getTag();
        }
        if (tag.isPresent()) {
            mistakes.add(
                    path,
                    line,
                    new Fault(Message.of("plan.tag", Faults.shown(tag.get())), Message.of("plan.removeTag")));
        }
    }

    private static PlanNode scalar(ScalarEvent event, String path, Optional<Integer> line) {
        return new PlanNode.Scalar(path, line, kind(event), event.getValue());
    }

    private static PlanNode.Kind kind(ScalarEvent event) {
        Tag tag = RESOLVER.resolve(event.getValue(), event.isPlain());
        if (tag.equals(Tag.NULL)) {
            return PlanNode.Kind.NOTHING;
        }
        if (tag.equals(Tag.BOOL)) {
            return PlanNode.Kind.FLAG;
        }
        if (tag.equals(Tag.INT)) {
            return PlanNode.Kind.WHOLE_NUMBER;
        }
        return tag.equals(Tag.FLOAT) ? PlanNode.Kind.DECIMAL : PlanNode.Kind.TEXT;
    }

    private static Optional<Integer> line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1);
    }
}
