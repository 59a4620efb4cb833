package io.jenkins.plugins.livemigration.engine.result;

/** The unit in which a metric's values are kept. Display may scale them (1500 ms as 1.5 s); files do not. */
public enum Unit {
    MILLISECONDS("ms"),
    BYTES("B"),
    BYTES_PER_SECOND("B/s"),
    BITS_PER_SECOND("bit/s"),
    PERCENT("%"),
    COUNT("");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /** The symbol as it is printed behind a number; empty for counts. */
    public String symbol() {
        return symbol;
    }
}
