package hudson.model;

public final class Result {
    public static final Result FAILURE = new Result();

    public static final Result UNSTABLE = new Result();

    private Result() {}
}
