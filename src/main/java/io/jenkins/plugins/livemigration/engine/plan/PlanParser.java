package io.jenkins.plugins.livemigration.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.PlanNode.Mapping;
import io.jenkins.plugins.livemigration.engine.plan.PlanNode.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns documents into plans. All mistakes are reported at once; nothing is touched and nothing is looked up: whether a
 * file or a host exists is found out by preflight. Never throws for any input. Stateless.
 */
public final class PlanParser {
    private PlanParser() {}

    /** A file's content. */
    public static ParsedPlan parse(byte[] document, PlanFormat format) {
        return parse(mistakes -> tree(document, format, mistakes));
    }

    /** A text. */
    public static ParsedPlan parse(String document, PlanFormat format) {
        return parse(document.getBytes(StandardCharsets.UTF_8), format);
    }

    /** A tree that somebody built, for example of a step's parameters. */
    public static ParsedPlan parse(JsonNode document) {
        return parse(mistakes -> JsonTree.read(document, mistakes));
    }

    /**
     * A file with parameters laid over it: parameters win; mappings are merged by key, lists are replaced. A mistake in a
     * parameter has no line.
     */
    public static ParsedPlan parse(byte[] document, PlanFormat format, JsonNode parameters) {
        return parse(mistakes -> PlanMerge.merge(
                mapping(tree(document, format, mistakes)), mapping(JsonTree.read(parameters, mistakes))));
    }

    /**
     * The same, where somebody else has a say.
     *
     * @param fixed is laid over both as it is
     * @param texts what is made of the texts of document and parameters before anybody tries to understand them; keys and
     *     structure stay as they are
     */
    public static ParsedPlan parse(
            byte[] document, PlanFormat format, JsonNode parameters, JsonNode fixed, PlanTexts texts) {
        return parse(mistakes -> PlanMerge.merge(
                PlanMerge.merge(
                        edited(mapping(tree(document, format, mistakes)), texts),
                        edited(mapping(JsonTree.read(parameters, mistakes)), texts)),
                mapping(JsonTree.read(fixed, mistakes))));
    }

    /** A file's content with its texts changed. */
    public static ParsedPlan parse(byte[] document, PlanFormat format, PlanTexts texts) {
        return parse(mistakes -> edited(mapping(tree(document, format, mistakes)), texts));
    }

    /**
     * The names that a document describes itself under a key of its own, {@code hosts} or {@code clusters}, before anything
     * is laid over it; none if the document cannot be read, which parsing it will say.
     */
    public static Set<String> names(byte[] document, PlanFormat format, String key) {
        try {
            PlanNode described =
                    mapping(tree(document, format, new Mistakes())).entries().get(key);
            return described instanceof Mapping names
                    ? Set.copyOf(names.entries().keySet())
                    : Set.of();
        } catch (UnreadableException unreadable) {
            return Set.of();
        }
    }

    private static PlanNode tree(byte[] document, PlanFormat format, Mistakes mistakes) throws UnreadableException {
        String text = DocumentLimits.decode(document);
        return switch (format) {
            case YAML -> YamlTree.read(text, mistakes);
            case JSON -> JsonTree.read(text, mistakes);
        };
    }

    private static PlanNode edited(PlanNode node, PlanTexts texts) {
        if (node instanceof Mapping mapping) {
            Map<String, PlanNode> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> entries.put(key, edited(value, texts)));
            return new Mapping(mapping.path(), mapping.line(), entries);
        }
        if (node instanceof Sequence list) {
            return new Sequence(
                    list.path(),
                    list.line(),
                    list.items().stream().map(item -> edited(item, texts)).toList());
        }
        PlanNode.Scalar scalar = (PlanNode.Scalar) node;
        return scalar.kind() == PlanNode.Kind.TEXT
                ? new PlanNode.Scalar(
                        scalar.path(),
                        scalar.line(),
                        PlanNode.Kind.TEXT,
                        texts.edit(scalar.path(), scalar.line(), scalar.text()))
                : scalar;
    }

    private static ParsedPlan parse(Source source) {
        Mistakes mistakes = new Mistakes();
        try {
            Mapping root = mapping(source.tree(mistakes));
            BenchmarkPlan plan = new PlanReader(root, mistakes).read();
            return mistakes.none()
                    ? new ParsedPlan.Valid(plan, PlanRendering.render(plan))
                    : new ParsedPlan.Invalid(mistakes.all());
        } catch (UnreadableException unreadable) {
            return new ParsedPlan.Invalid(List.of(unreadable.mistake()));
        }
    }

    private static Mapping mapping(PlanNode root) throws UnreadableException {
        if (root instanceof Mapping mapping) {
            return mapping;
        }
        boolean empty = root instanceof PlanNode.Scalar scalar && scalar.kind() == PlanNode.Kind.NOTHING;
        throw new UnreadableException(
                "", root.line(), empty ? Faults.emptyDocument() : Faults.notMap("name: web after kernel upgrade"));
    }

    /** Where a tree of values comes from. */
    @FunctionalInterface
    private interface Source {
        PlanNode tree(Mistakes mistakes) throws UnreadableException;
    }
}
