package io.jenkins.plugins.livemigration.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.PlanNode.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
     * The names of the hosts that a document describes itself, before anything is laid over it; none if the document cannot
     * be read, which parsing it will say.
     */
    public static Set<String> hostNames(byte[] document, PlanFormat format) {
        try {
            PlanNode hosts =
                    mapping(tree(document, format, new Mistakes())).entries().get("hosts");
            return hosts instanceof Mapping described
                    ? Set.copyOf(described.entries().keySet())
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
