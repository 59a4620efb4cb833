package io.jenkins.plugins.livemigration.jenkins.build;

/** Something to choose, or something that was decided, as a page shows it. */
public final class DecisionLine {
    private final String kind;
    private final String value;
    private final String text;

    DecisionLine(String kind, String value, String text) {
        this.kind = kind;
        this.value = value;
        this.text = text;
    }

    /** What kind of decision: {@code acceptance}, {@code mute} or {@code pin}. */
    public String getKind() {
        return kind;
    }

    /** What it is about, as a form sends it. */
    public String getValue() {
        return value;
    }

    /** What it says to people. */
    public String getText() {
        return text;
    }
}
