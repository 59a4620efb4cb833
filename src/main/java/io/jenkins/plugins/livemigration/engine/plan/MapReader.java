package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.PlanNode.Kind;
import io.jenkins.plugins.livemigration.engine.plan.PlanNode.Mapping;
import io.jenkins.plugins.livemigration.engine.plan.PlanNode.Scalar;
import io.jenkins.plugins.livemigration.engine.plan.PlanNode.Sequence;
import io.jenkins.plugins.livemigration.engine.plan.TextRules.TextRule;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the values of one mapping. What is wrong is written down and replaced by the default or by a stand-in, so that
 * reading goes on; {@link #end} then reports the keys that nobody asked for.
 */
final class MapReader {
    private static final Pattern SECRET =
            Pattern.compile(".*(password|passwd|passphrase|secret|token|apikey|privatekey|accesskey).*");

    private final Mapping mapping;
    private final Mistakes mistakes;
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, String> required = new HashMap<>();

    MapReader(Mapping mapping, Mistakes mistakes) {
        this.mapping = mapping;
        this.mistakes = mistakes;
    }

    /** The mapping that is read. */
    Mapping mapping() {
        return mapping;
    }

    /** Where the value of that key is, or would be. */
    String path(String key) {
        return PlanNode.child(mapping.path(), key);
    }

    boolean has(String key) {
        known.add(key);
        return mapping.entries().containsKey(key);
    }

    /** A mistake at that key, whether it is there or not. */
    void fault(String key, Fault fault) {
        PlanNode node = mapping.entries().get(key);
        if (node == null) {
            mistakes.add(path(key), mapping.line(), fault);
        } else {
            mistakes.add(node, fault);
        }
    }

    /** A mistake of the mapping as a whole. */
    void fault(Fault fault) {
        mistakes.add(mapping, fault);
    }

    /** The value, whatever it is; an empty one is a mistake and counts as absent. */
    Optional<PlanNode> node(String key) {
        known.add(key);
        PlanNode node = mapping.entries().get(key);
        if (node instanceof Scalar scalar && scalar.kind() == Kind.NOTHING) {
            mistakes.add(node, empty(key));
            return Optional.empty();
        }
        return Optional.ofNullable(node);
    }

    /** The text that keeps the rule. */
    Optional<String> text(String key, TextRule rule) {
        return node(key).flatMap(node -> text(node, rule, mistakes, empty(key)));
    }

    /** The text, or a stand-in if there is none or it is wrong. */
    String requiredText(String key, String example, TextRule rule) {
        requireKey(key, example);
        return text(key, rule).orElse("");
    }

    private static Optional<String> text(PlanNode node, TextRule rule, Mistakes mistakes, Fault empty) {
        if (!(node instanceof Scalar scalar) || scalar.kind() != Kind.TEXT) {
            mistakes.add(node, Faults.notText(node));
            return Optional.empty();
        }
        Optional<Fault> fault = scalar.text().isBlank() ? Optional.of(empty) : rule.check(scalar.text());
        fault.ifPresent(found -> mistakes.add(node, found));
        return fault.isPresent() ? Optional.empty() : Optional.of(scalar.text());
    }

    int whole(String key, int fallback, int least, int most) {
        Optional<PlanNode> node = node(key);
        if (node.isEmpty()) {
            return fallback;
        }
        if (!(node.get() instanceof Scalar scalar) || scalar.kind() != Kind.WHOLE_NUMBER) {
            mistakes.add(node.get(), Faults.notWhole(least, most));
            return fallback;
        }
        long value = scalar.text().length() > 15 ? Long.MAX_VALUE : Long.parseLong(scalar.text());
        if (value < least || value > most) {
            mistakes.add(scalar, Faults.outOfRange(scalar.text(), String.valueOf(least), String.valueOf(most)));
            return fallback;
        }
        return (int) value;
    }

    int requiredWhole(String key, String example, int least, int most) {
        requireKey(key, example);
        return whole(key, least, least, most);
    }

    boolean flag(String key, boolean fallback) {
        Optional<PlanNode> node = node(key);
        if (node.isEmpty()) {
            return fallback;
        }
        if (node.get() instanceof Scalar scalar && scalar.kind() == Kind.FLAG) {
            return scalar.text().toLowerCase(Locale.ROOT).equals("true");
        }
        mistakes.add(node.get(), Faults.notFlag());
        return fallback;
    }

    /** A key whose only value is {@code true}: leaving it out is how to say no. */
    boolean onlyTrue(String key) {
        boolean set = flag(key, false);
        if (!set && node(key).filter(this::isFalse).isPresent()) {
            fault(key, new Fault(Message.of("plan.onlyTrue"), Message.of("plan.trueOrLeaveOut")));
        }
        return set;
    }

    private Fault empty(String key) {
        String example = required.get(key);
        return example == null ? Faults.empty() : Faults.emptyRequired(example);
    }

    private boolean isFalse(PlanNode node) {
        return node instanceof Scalar scalar && scalar.kind() == Kind.FLAG;
    }

    Duration duration(String key, Duration fallback, Duration least, Duration most) {
        Optional<PlanNode> node = node(key);
        if (node.isEmpty()) {
            return fallback;
        }
        Optional<Duration> duration = node.get() instanceof Scalar scalar && scalar.kind() == Kind.TEXT
                ? Quantities.duration(scalar.text())
                : Optional.empty();
        if (duration.isEmpty()) {
            mistakes.add(
                    node.get(), Faults.notDuration(node.get(), fallback.isZero() ? "5 s" : Quantities.text(fallback)));
            return fallback;
        }
        if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
            mistakes.add(
                    node.get(),
                    Faults.outOfRange(Quantities.text(duration.get()), Quantities.text(least), Quantities.text(most)));
            return fallback;
        }
        return duration.get();
    }

    /** One of a few words. */
    <E> E choice(String key, Map<String, E> words, E fallback) {
        Optional<String> word = text(
                key,
                text -> words.containsKey(text)
                        ? Optional.empty()
                        : Optional.of(Faults.notOneOf(text, words.keySet())));
        return word.flatMap(text -> Optional.ofNullable(words.get(text))).orElse(fallback);
    }

    Optional<MapReader> map(String key, String example) {
        return node(key).flatMap(node -> map(node, example, mistakes));
    }

    /** A mapping, wherever it stands. */
    static Optional<MapReader> map(PlanNode node, String example, Mistakes mistakes) {
        if (node instanceof Mapping mapping) {
            return Optional.of(new MapReader(mapping, mistakes));
        }
        mistakes.add(node, Faults.notMap(example));
        return Optional.empty();
    }

    /**
     * A list's items.
     *
     * @param most how many it may have; what is behind is not read, since scenarios multiply what they inherit
     */
    List<PlanNode> list(String key, int most) {
        Optional<PlanNode> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof Sequence sequence) {
            int size = sequence.items().size();
            if (size > most) {
                mistakes.add(sequence, Faults.tooManyItems(size, most));
            }
            return sequence.items().subList(0, Math.min(size, most));
        }
        mistakes.add(node.get(), Faults.notList());
        return List.of();
    }

    /** A list of different texts. */
    List<String> texts(String key, int most, TextRule rule) {
        List<String> texts = new ArrayList<>();
        for (PlanNode item : list(key, most)) {
            Optional<String> text = text(item, rule, mistakes, Faults.emptyItem());
            if (text.isPresent() && texts.contains(text.get())) {
                mistakes.add(item, Faults.duplicate(text.get()));
            } else {
                text.ifPresent(texts::add);
            }
        }
        return texts;
    }

    /** Reports the key as missing if it is. */
    void requireKey(String key, String example) {
        required.put(key, example);
        if (!has(key)) {
            fault(key, Faults.missing(example));
        }
    }

    /**
     * The one key of several that is there; reports none or two.
     *
     * @param example what to add if there is none
     */
    Optional<String> oneOf(List<String> keys, String example) {
        List<String> there = keys.stream().filter(this::has).toList();
        if (there.size() == 1) {
            return Optional.of(there.get(0));
        }
        if (there.isEmpty() && mapping.entries().keySet().stream().noneMatch(key -> !known.contains(key))) {
            fault(new Fault(Message.of("plan.noneOf", String.join(", ", keys)), Message.of("plan.addIt", example)));
        }
        for (String second : there.subList(Math.min(1, there.size()), there.size())) {
            fault(
                    second,
                    new Fault(
                            Message.of("plan.excludes", second, there.get(0)),
                            Message.of("plan.keepOneOf", String.join(", ", keys))));
        }
        return Optional.empty();
    }

    /** Reports the keys that nobody asked for. To be called once all known keys were. */
    void end() {
        mapping.entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                mistakes.add(value, isSecret(key) ? secret() : Faults.unknownKey(key, known));
            }
        });
    }

    private static boolean isSecret(String key) {
        String plain = key.toLowerCase(Locale.ROOT).replaceAll("[-_ .]", "");
        return plain.length() <= 100 && SECRET.matcher(plain).matches();
    }

    private static Fault secret() {
        return new Fault(Message.of("plan.secret"), Message.of("plan.useCredentials"));
    }
}
