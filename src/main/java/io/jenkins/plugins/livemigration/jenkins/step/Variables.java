package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.AbortException;
import io.jenkins.plugins.livemigration.engine.plan.PlanTexts;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables of the environment in a plan's texts. They are replaced after the document was read, so a value stays part of
 * its text, whatever is in it; and in one pass, so a value is not looked through again. Commands and regular expressions are
 * left alone: a shell has variables of its own.
 */
final class Variables implements PlanTexts {
    /** A text that is longer cannot be right anywhere, and many variables in many texts could fill the memory. */
    private static final int LONGEST = 10_000;

    private static final Set<String> LEFT_ALONE =
            Set.of("run", "migrate", "locate", "recover", "cancel", "attach", "detach", "extract");
    private static final Pattern USE =
            Pattern.compile("\\$(?:(\\$)|\\{([A-Za-z_][A-Za-z0-9_.]*)}|([A-Za-z_][A-Za-z0-9_]*))");
    private static final Pattern LAST_KEY = Pattern.compile("([A-Za-z]+)(\\[[0-9]+])*$");

    private final Function<String, Optional<String>> environment;
    private final List<String> mistakes = new ArrayList<>();

    /** Variables by their names. */
    Variables(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /**
     * A parameter's text that is no part of a plan.
     *
     * @throws AbortException if a variable does not exist; says which
     */
    static String parameter(String name, String text, Function<String, Optional<String>> environment)
            throws AbortException {
        Variables variables = new Variables(environment);
        String expanded = variables.expand(name, text);
        if (!variables.mistakes().isEmpty()) {
            throw new AbortException(String.join("\n", variables.mistakes()));
        }
        return expanded;
    }

    /** What was wrong in the texts so far, a sentence each. */
    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    @Override
    public String edit(String path, Optional<Integer> line, String text) {
        Matcher key = LAST_KEY.matcher(path);
        if (key.find() && LEFT_ALONE.contains(key.group(1))) {
            return text;
        }
        String place = line.isPresent() ? Words.text("plan.line", path, line.get()) : path;
        return expand(place, text);
    }

    /** The same for a text that is no part of a plan. */
    String expand(String place, String text) {
        Matcher use = USE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        int copied = 0;
        while (use.find()) {
            expanded.append(text, copied, use.start()).append(replacement(place, use));
            copied = use.end();
            if (expanded.length() > LONGEST) {
                mistakes.add(Words.text("variables.tooLong", place, LONGEST));
                return text;
            }
        }
        return expanded.append(text, copied, text.length()).toString();
    }

    private String replacement(String place, Matcher use) {
        if (use.group(1) != null) {
            return "$";
        }
        String name = use.group(2) == null ? use.group(3) : use.group(2);
        Optional<String> value = environment.apply(name);
        if (value.isEmpty() && use.group(2) != null) {
            mistakes.add(Words.text("variables.unknown", place, name));
        }
        return value.orElse(use.group());
    }
}
