package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Collection;
import java.util.Optional;

/** The faults that any value can have. Those of one key only stand where that key is read. */
final class Faults {
    private static final int SHOWN_LENGTH = 60;

    private Faults() {}

    static Fault missing(String example) {
        return new Fault(Message.of("plan.missing"), Message.of("plan.addIt", example));
    }

    static Fault empty() {
        return new Fault(Message.of("plan.empty"), Message.of("plan.giveValueOrLeaveOut"));
    }

    static Fault emptyDocument() {
        return new Fault(Message.of("plan.emptyDocument"), Message.of("plan.writePlan"));
    }

    static Fault notText(PlanNode node) {
        if (node instanceof PlanNode.Scalar scalar) {
            return new Fault(Message.of("plan.notText"), Message.of("plan.quoteIt", shown(scalar.text())));
        }
        return new Fault(Message.of("plan.notText"), Message.of("plan.writeText"));
    }

    static Fault notWhole(long least, long most) {
        return new Fault(Message.of("plan.notWhole"), Message.of("plan.writeWhole", least, most));
    }

    static Fault outOfRange(String value, String least, String most) {
        return new Fault(Message.of("plan.outOfRange", shown(value)), Message.of("plan.writeBetween", least, most));
    }

    static Fault notFlag() {
        return new Fault(Message.of("plan.notFlag"), Message.of("plan.writeFlag"));
    }

    static Fault notList() {
        return new Fault(Message.of("plan.notList"), Message.of("plan.writeList"));
    }

    static Fault notMap(String example) {
        return new Fault(Message.of("plan.notMap"), Message.of("plan.writeMap", example));
    }

    static Fault notDuration(PlanNode node, String example) {
        return new Fault(
                node instanceof PlanNode.Scalar scalar
                        ? Message.of("plan.notDuration", shown(scalar.text()))
                        : Message.of("plan.notText"),
                Message.of("plan.writeDuration", example));
    }

    static Fault notOneOf(String value, Collection<String> allowed) {
        return new Fault(Message.of("plan.notOneOf", shown(value), String.join(", ", allowed)), meant(value, allowed));
    }

    static Fault unknownKey(String key, Collection<String> known) {
        return new Fault(Message.of("plan.unknownKey"), meant(key, known));
    }

    static Fault duplicate(String value) {
        return new Fault(Message.of("plan.duplicate", shown(value)), Message.of("plan.giveAnother"));
    }

    /** "Did you mean" where a word is near, else all that are possible. */
    static Message meant(String word, Collection<String> possible) {
        Optional<String> near = Suggestions.nearest(word, possible);
        return near.isPresent()
                ? Message.of("plan.didYouMean", near.get())
                : Message.of("plan.possible", String.join(", ", possible));
    }

    /** Somebody's text as it may be shown: on one line, without control characters, not too long. */
    static String shown(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(SHOWN_LENGTH + 1L).forEach(point -> {
            int type = Character.getType(point);
            boolean hidden = Character.isISOControl(point)
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            clean.appendCodePoint(hidden ? '\ufffd' : point);
        });
        if (clean.codePointCount(0, clean.length()) > SHOWN_LENGTH) {
            clean.setLength(clean.offsetByCodePoints(0, SHOWN_LENGTH));
            clean.append("...");
        }
        return clean.toString();
    }
}
