package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Collection;
import java.util.List;

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

    static Fault emptyRequired(String example) {
        return new Fault(Message.of("plan.empty"), Message.of("plan.addIt", example));
    }

    static Fault emptyItem() {
        return new Fault(Message.of("plan.empty"), Message.of("plan.giveValue"));
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

    static Fault tooManyItems(int size, int most) {
        return new Fault(Message.of("plan.tooManyItems", size), Message.of("plan.atMostItems", most));
    }

    static Fault notMap(String example) {
        return new Fault(Message.of("plan.notMap"), Message.of("plan.writeMap", example));
    }

    static Fault notDuration(PlanNode node, String example) {
        Message remedy = Message.of("plan.writeDuration", example);
        if (!(node instanceof PlanNode.Scalar scalar)) {
            return new Fault(Message.of("plan.notText"), remedy);
        }
        String key = Quantities.isBareNumber(scalar.text()) ? "plan.durationWithoutUnit" : "plan.notDuration";
        return new Fault(Message.of(key, shown(scalar.text())), remedy);
    }

    static Fault notOneOf(String value, Collection<String> allowed) {
        return new Fault(Message.of("plan.notOneOf", shown(value)), meant(value, allowed));
    }

    static Fault unknownKey(String key, Collection<String> known) {
        return new Fault(Message.of("plan.unknownKey"), meant(key, known));
    }

    static Fault duplicate(String value) {
        return new Fault(Message.of("plan.duplicate", shown(value)), Message.of("plan.giveAnother"));
    }

    /** "Did you mean" where a word is near, else all that are possible. */
    static Message meant(String word, Collection<String> possible) {
        List<String> near = Suggestions.nearest(word, possible);
        return near.isEmpty()
                ? Message.of("plan.possible", String.join(", ", possible))
                : Message.of("plan.didYouMean", String.join(", ", near));
    }

    /** Somebody's text as it may be shown: on one line, without control characters, not too long. */
    static String shown(String text) {
        return shown(text, SHOWN_LENGTH);
    }

    static String shown(String text, int length) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(length + 1L).forEach(point -> {
            int type = Character.getType(point);
            boolean hidden = Character.isISOControl(point)
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            clean.appendCodePoint(hidden ? '\ufffd' : point);
        });
        if (clean.codePointCount(0, clean.length()) > length) {
            clean.setLength(clean.offsetByCodePoints(0, length));
            clean.append("...");
        }
        return clean.toString();
    }
}
