package hudson.model.labels;

public class LabelAtom {
    public LabelAtom(String name) {}
}
