package io.jenkins.plugins.livemigration.jenkins.plan;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a field of a form: by the engine, which reads a plan that is right but for that field. To who may not configure
 * nothing is said, nor of a field that is empty or has variables.
 */
public final class FieldCheck {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern AMOUNT = Pattern.compile(".*[0-9].*");

    /** The agent's own name in a plan. */
    private static final String HERE = "local";

    private FieldCheck() {}

    /** A text at that place of the plan. */
    public static FormValidation text(@Nullable Item item, @Nullable String value, String... place) {
        return FormAccess.mayConfigure(item)
                ? checked(value, text -> PlanSample.text(text, place))
                : FormValidation.ok();
    }

    /** A duration that is no part of the plan. */
    public static FormValidation duration(@Nullable Item item, @Nullable String value, String key) {
        return FormAccess.mayConfigure(item)
                ? checked(value, text -> PlanSample.text(text, "sampleTimeout").as(key))
                : FormValidation.ok();
    }

    /** A percentage that is told by another name. */
    public static FormValidation percentage(@Nullable Item item, @Nullable String value, String key) {
        return FormAccess.mayConfigure(item)
                ? checked(
                        value,
                        text -> PlanSample.text(text, "regression", "mustFind").as(key))
                : FormValidation.ok();
    }

    /** A whole number there. */
    public static FormValidation whole(@Nullable Item item, @Nullable String value, String... place) {
        return FormAccess.mayConfigure(item)
                ? checked(
                        value,
                        text -> WHOLE.matcher(text).matches()
                                ? PlanSample.whole(Long.parseLong(text), place)
                                : PlanSample.text(text, place))
                : FormValidation.ok();
    }

    /** Texts there, one a line. */
    public static FormValidation texts(@Nullable Item item, @Nullable String value, String... place) {
        return FormAccess.mayConfigure(item)
                ? checked(value, text -> PlanSample.texts(FormLists.lines(text), place))
                : FormValidation.ok();
    }

    /** A name under which something is described there. */
    public static FormValidation name(@Nullable Item item, @Nullable String value, String... place) {
        return FormAccess.mayConfigure(item)
                ? checked(value, text -> PlanSample.named(text, place))
                : FormValidation.ok();
    }

    /**
     * A host by its name. One that the chosen lab does not describe may still be described by the step or its plan, which the
     * form cannot tell.
     *
     * @param lab what the step's form says in that field; the same under its one name, however far above the host's field it
     *     was found
     */
    public static FormValidation host(@Nullable Item item, @Nullable String value, @Nullable String lab) {
        if (!FormAccess.mayConfigure(item)) {
            return FormValidation.ok();
        }
        String said = said(value, text -> PlanSample.named(text, "hosts"));
        if (!said.isEmpty()) {
            return FormValidation.error(said);
        }
        String host = PlanPart.given(value);
        String chosen = PlanPart.given(lab);
        if (item == null || host == null || chosen == null || host.equals(HERE) || (host + chosen).indexOf('$') >= 0) {
            return FormValidation.ok();
        }
        boolean unknown = ExtensionList.lookup(LabHosts.class).stream()
                .flatMap(hosts -> hosts.namesIn(chosen, item).stream())
                .anyMatch(names -> !names.contains(host));
        return unknown ? FormValidation.warning(Words.text("host.notOfLab", chosen, host)) : FormValidation.ok();
    }

    /** A metric by its id, of any entry that is kept under one. */
    public static FormValidation metric(@Nullable Item item, @Nullable String value) {
        return FormAccess.mayConfigure(item)
                ? checked(
                        value,
                        text -> PlanSample.named(text, "regression", "relevantChanges")
                                .as("metric"))
                : FormValidation.ok();
    }

    /** A threshold's limit: of an amount it is known whether it is right; categories may be the plan's own. */
    public static FormValidation limit(
            @Nullable Item item, @Nullable String value, @Nullable String metric, String key) {
        String judged = PlanPart.given(metric);
        if (!FormAccess.mayConfigure(item) || judged == null) {
            return FormValidation.ok();
        }
        String said = said(value, text -> PlanSample.limit(text, judged, key));
        if (said.isEmpty()) {
            return FormValidation.ok();
        }
        return AMOUNT.matcher(String.valueOf(value)).matches()
                ? FormValidation.error(said)
                : FormValidation.warning(said);
    }

    private static FormValidation checked(@Nullable String value, Sampling sampling) {
        String said = said(value, sampling);
        return said.isEmpty() ? FormValidation.ok() : FormValidation.error(said);
    }

    private static String said(@Nullable String value, Sampling sampling) {
        String text = PlanPart.given(value);
        if (text == null || text.indexOf('$') >= 0) {
            return "";
        }
        List<String> mistakes = sampling.of(text).mistakes(Words.locale());
        return String.join("\n", mistakes);
    }

    /** Makes a plan around a value. */
    @FunctionalInterface
    private interface Sampling {
        PlanSample of(String text);
    }
}
