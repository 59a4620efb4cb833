package io.jenkins.plugins.livemigration.engine.observe;

/**
 * How many of a probe's attempts arrived at the other end, which counts them: what was lost on the way there, and what on
 * the way back.
 *
 * <p>Every reply says how many attempts had arrived with its own. Between two replies, x = second number - first number - 1
 * attempts arrived; those of them that were not answered were lost on the way back, and all others that were sent in
 * between on the way there. So each silence is resolved exactly. Where one reaches over the border of a part of the sample,
 * it is known how many arrived, but not which of them; behind the last reply nothing is known; and nothing where the
 * numbers do not fit, because the other end was started anew or datagrams overtook one another. There the number lies
 * between two bounds.
 *
 * @param sent attempts sent in the part
 * @param answered those of them that were answered
 * @param least those of them that arrived, at least
 * @param most those of them that arrived, at most
 */
record Arrivals(int sent, int answered, int least, int most) {

    /** Whether the other end counts. */
    static boolean counted(ProbeTrace trace) {
        for (int i = 0; i < trace.size(); i++) {
            if (trace.arrivals(i) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Of the attempts sent at or after {@code from} and before {@code until}. */
    static Arrivals between(ProbeTrace trace, long from, long until) {
        Tally tally = new Tally(trace, from, until);
        int before = -1;
        for (int i = 0; i < trace.size(); i++) {
            if (trace.arrivals(i) > 0) {
                int countBefore = before < 0 ? 0 : trace.arrivals(before);
                tally.stretch(before + 1, i, trace.arrivals(i) - countBefore - 1);
                tally.answered(i);
                before = i;
            }
        }
        tally.stretch(before + 1, trace.size(), Integer.MAX_VALUE);
        return new Arrivals(tally.sent, tally.answered, tally.least, tally.most);
    }

    /** Adds up one part of a sample. */
    private static final class Tally {
        private final ProbeTrace trace;
        private final long from;
        private final long until;
        private int sent;
        private int answered;
        private int least;
        private int most;

        Tally(ProbeTrace trace, long from, long until) {
            this.trace = trace;
            this.from = from;
            this.until = until;
        }

        private boolean inside(int i) {
            return trace.sentNanos(i) >= from && trace.sentNanos(i) < until;
        }

        void answered(int i) {
            if (inside(i)) {
                sent++;
                answered++;
                least++;
                most++;
            }
        }

        /**
         * The attempts between two replies that say a number.
         *
         * @param arrived so many of them arrived
         */
        void stretch(int first, int end, int arrived) {
            int unansweredHere = 0;
            int unansweredElsewhere = 0;
            int known = 0;
            for (int i = first; i < end; i++) {
                if (trace.answered(i)) {
                    known++;
                    answered(i);
                } else if (inside(i)) {
                    unansweredHere++;
                } else {
                    unansweredElsewhere++;
                }
            }
            int arrivedUnanswered = arrived - known;
            sent += unansweredHere;
            if (arrivedUnanswered < 0 || arrivedUnanswered > unansweredHere + unansweredElsewhere) {
                most += unansweredHere;
            } else {
                least += Math.max(0, arrivedUnanswered - unansweredElsewhere);
                most += Math.min(unansweredHere, arrivedUnanswered);
            }
        }
    }
}
