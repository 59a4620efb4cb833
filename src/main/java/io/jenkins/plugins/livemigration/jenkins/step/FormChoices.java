package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.plan.FormAccess;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the step's forms offer, to who may configure. */
final class FormChoices {
    private FormChoices() {}

    static ListBoxModel gates(@Nullable Item item) {
        ListBoxModel model = new ListBoxModel();
        if (FormAccess.mayConfigure(item)) {
            for (Gate gate : Gate.values()) {
                model.add(Words.text("gate." + gate.text()), gate.text());
            }
        }
        return model;
    }

    static ListBoxModel colours(@Nullable Item item) {
        ListBoxModel model = new ListBoxModel();
        if (FormAccess.mayConfigure(item)) {
            for (GateDecision.Colour colour : GateDecision.Colour.values()) {
                String word = colour.name().toLowerCase(Locale.ROOT);
                model.add(Words.text("inconclusive." + word), word);
            }
        }
        return model;
    }
}
