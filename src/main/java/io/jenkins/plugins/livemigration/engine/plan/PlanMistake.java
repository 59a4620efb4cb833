package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Locale;
import java.util.Optional;

/**
 * Something wrong in a plan.
 *
 * @param path where, in the plan's own keys: {@code driver.podman.containers[1]}; empty for the document as a whole
 * @param fault what is wrong there
 * @param remedy what would be right
 * @param line line of the document, from 1; empty where the value did not come from a document (a step's parameter)
 */
public record PlanMistake(String path, Message fault, Message remedy, Optional<Integer> line) {

    /** One sentence with all of it, in the given language. */
    public String render(Locale locale) {
        String place = path.isEmpty() ? Message.of("plan.theDocument").render(locale) : path;
        String key = line.isPresent() ? "plan.mistakeAtLine" : "plan.mistake";
        return Message.of(key, place, fault.render(locale), remedy.render(locale), line.orElse(0))
                .render(locale);
    }

    /** The sentence in English. */
    @Override
    public String toString() {
        return render(Locale.ENGLISH);
    }
}
