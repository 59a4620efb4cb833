package hudson.model;

public abstract class Actionable {
    public void addAction(Action action) {}

    public <T extends Action> T getAction(Class<T> type) {
        return null;
    }

    public boolean addOrReplaceAction(Action action) {
        return false;
    }
}
