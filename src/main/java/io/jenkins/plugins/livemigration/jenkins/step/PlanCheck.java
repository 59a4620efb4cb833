package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanMistake;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.config.Labs;
import io.jenkins.plugins.livemigration.jenkins.plan.FormAccess;
import io.jenkins.plugins.livemigration.jenkins.plan.PlanPart;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the fields that say where a plan is. To who may not configure nothing is said. */
final class PlanCheck {
    /** A parameter, or the lab, may bring what the text does not. */
    private static final Set<String> PERHAPS_ELSEWHERE =
            Set.of("plan.missing", "plan.noneOf", "plan.unknownHost", "plan.unknownCluster");

    private PlanCheck() {}

    /** A plan as text: what is wrong whatever the parameters say is an error, what they may bring a warning. */
    static FormValidation plan(@Nullable Item item, @Nullable String value) {
        String text = PlanPart.given(value);
        if (!FormAccess.mayConfigure(item) || text == null) {
            return FormValidation.ok();
        }
        List<PlanMistake> mistakes = mistakes(text);
        List<PlanMistake> errors = mistakes.stream()
                .filter(mistake -> !PERHAPS_ELSEWHERE.contains(mistake.fault().key()))
                .toList();
        if (!errors.isEmpty()) {
            return FormValidation.errorWithMarkup(lines(errors));
        }
        return mistakes.isEmpty()
                ? FormValidation.ok()
                : FormValidation.warningWithMarkup(
                        Util.escape(Words.text("plan.unlessElsewhere")) + "<br>" + lines(mistakes));
    }

    /** All mistakes but those of texts whose variables are not known yet. */
    static List<PlanMistake> mistakes(String text) {
        Set<String> variable = new HashSet<>();
        ParsedPlan parsed =
                PlanParser.parse(text.getBytes(StandardCharsets.UTF_8), PlanFormat.YAML, (path, line, one) -> {
                    if (one.indexOf('$') >= 0) {
                        variable.add(path);
                    }
                    return one;
                });
        return parsed instanceof ParsedPlan.Invalid invalid
                ? invalid.mistakes().stream()
                        .filter(mistake -> !variable.contains(mistake.path()))
                        .toList()
                : List.of();
    }

    private static String lines(List<PlanMistake> mistakes) {
        return mistakes.stream()
                .map(mistake -> Util.escape(mistake.render(Words.locale())))
                .collect(Collectors.joining("<br>"));
    }

    /** A path in the workspace, which nobody can look into from here. */
    static FormValidation planFile(@Nullable Item item, @Nullable String value) {
        String path = PlanPart.given(value);
        if (!FormAccess.mayConfigure(item) || path == null) {
            return FormValidation.ok();
        }
        boolean outside = path.startsWith("/") || ("/" + path + "/").contains("/../");
        return outside ? FormValidation.error(Words.text("planFile.outside")) : FormValidation.ok();
    }

    /** A lab that the job may use; where no job is, nothing is known. */
    static FormValidation lab(@Nullable Item item, @Nullable String value) {
        String name = PlanPart.given(value);
        if (!FormAccess.mayConfigure(item) || item == null || name == null || name.indexOf('$') >= 0) {
            return FormValidation.ok();
        }
        boolean usable = Labs.find(name, item)
                .filter(found -> found.lab().allows(item.getFullName()))
                .isPresent();
        return usable
                ? FormValidation.ok()
                : FormValidation.warning(Words.text("lab.refused", name, item.getFullName()));
    }
}
