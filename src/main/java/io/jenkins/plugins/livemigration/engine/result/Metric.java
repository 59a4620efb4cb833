package io.jenkins.plugins.livemigration.engine.result;

/**
 * Something that is measured once per sample.
 *
 * @param id its name everywhere: in plans, files and pages ({@code downtime.observed})
 * @param unit the unit of its values
 * @param better which way is better
 * @param scale on which scale it is compared: durations and bytes on a logarithmic one
 */
public record Metric(String id, Unit unit, Better better, Scale scale) {

    /** Which way is better. */
    public enum Better {
        LOWER,
        HIGHER,
        /** Neither: it describes, and is never judged. */
        NEITHER
    }

    /** The scale on which two values are compared. */
    public enum Scale {
        LOGARITHMIC,
        LINEAR
    }
}
