package io.jenkins.plugins.livemigration.engine.observe;

import java.util.function.Consumer;

/**
 * Takes a trace apart into the silences between consecutive replies, and says for each how long the service was unable to
 * answer.
 *
 * <p>Let <i>a</i> be the attempt whose reply ended before the silence and <i>b</i> the one whose reply ended it, s the send
 * and R the receive times, <i>m</i> the first attempt sent after all that were answered before the silence, <i>n</i>
 * the newest that was answered before it, <i>rho</i> the longest round trip before the migration and <i>eta</i> the longest
 * time by which our own sender was late in the window, at least the resolution of the watch ({@link HoldUps}); four times that
 * for connections, in each of which our receiving thread has to act up to four times. "Unable" means: a request that arrives
 * is not answered at once. It begins at D0 and ends at D1; the way to the service is part of the service.
 *
 * <p>Duration: R_b - R_a - spacing, where the spacing is s_m - s_a if b = m (nothing was lost, or the guest was paused
 * and answers what queued up), and the mean of the spacings at both edges, s_m - s_a and s_b - s_(b-1), otherwise. With
 * equal round trips this is then the middle between the shortest and the longest outage that explains what was lost.
 *
 * <p>Bounds. Assumptions: a request to an able service, and its reply, take no longer each way than rho; and our receiving
 * thread is held up no longer than eta, since it waits for the same processors as the sender does. Both are in time in which
 * this machine let us run: whatever takes so long may take longer by the {@link HoldUps} in it. So below, "after more than"
 * does not count these, and "+ rho" and "- rho - eta" reach over them.
 *
 * <ul>
 *   <li>Upper. The service answered n, so it was able at a moment not before s_n; it answered b before R_b. So D1 - D0
 *       &lt;= R_b - s_n. This needs none of the assumptions.
 *   <li>Lower. An attempt is <i>bad</i> if it was never answered, or only more than 2 rho + eta after it had left this
 *       process at the latest. Let f be the first bad attempt from m on, and l_f when it had left. It arrived no later than
 *       l_f + rho and was not answered at once, although a had been answered by R_a: D0 &lt;= max(l_f + rho, R_a).
 *       Connections need our receiving thread for their next packet, so of them it is l_f + rho + eta. The service was still
 *       unable when the last bad attempt e before b arrived, not before s_e: D1 &gt;= s_e. If b itself is bad, it had been
 *       waiting and was answered no earlier than R_b - rho - eta: D1 &gt;= R_b - rho - eta. That does not hold where the
 *       client's kernel repeats requests (TCP's first packet after 1, 3, 7 s): there b may have been waiting for the client's
 *       own timer, and bad attempts sent until R_b - rho - eta take its place. So D1 - D0 &gt;= (that moment) - max(l_f +
 *       rho, R_a), and not below 0.
 * </ul>
 *
 * <p>Late sending needs no case of its own: all of this is in real send times, so it moves the bounds apart.
 */
final class SilenceFinder {
    /** So often at most our receiving thread has to act in one attempt: connected, TLS back and forth, answered. */
    private static final int STEPS_OF_A_CONNECTION = 4;

    private final ProbeTrace trace;
    private final Receipts receipts;
    private final Baseline baseline;
    private final long close;
    private final boolean repeatsRequests;
    private final HoldUps holdUps;
    private final long holdUp;
    private final long lateNanos;

    private final Consumer<Silence> found;
    /** The highest attempt answered so far. */
    private int newest;
    /** Attempts below this one are counted already. */
    private int counted;

    private SilenceFinder(
            ProbeTrace trace, SampleTimes times, Baseline baseline, boolean repeatsRequests, Consumer<Silence> found) {
        this.trace = trace;
        this.receipts = Receipts.untilFirstAfter(trace, times.windowClose());
        this.baseline = baseline;
        this.close = times.windowClose();
        this.repeatsRequests = repeatsRequests;
        this.holdUps = trace.holdUps();
        long unnoticed = Math.max(baseline.holdUpNanos(), holdUps.resolutionNanos());
        this.holdUp = unnoticed * (repeatsRequests ? STEPS_OF_A_CONNECTION : 1);
        this.lateNanos = 2 * baseline.maxRttNanos() + holdUp;
        this.found = found;
    }

    /**
     * Hands over all silences that end after the window opened, in order of time, ordinary spacings included. There are as
     * many as replies: they are not collected.
     *
     * @param repeatsRequests whether the client's kernel repeats requests of this kind of probe
     */
    static void find(
            ProbeTrace trace, SampleTimes times, Baseline baseline, boolean repeatsRequests, Consumer<Silence> found) {
        new SilenceFinder(trace, times, baseline, repeatsRequests, found).find(times.windowOpen());
    }

    private void find(long open) {
        if (receipts.size() == 0) {
            return;
        }
        newest = receipts.attempt(0);
        counted = newest + 1;
        for (int i = 1; i < receipts.size(); i++) {
            Silence silence = between(i - 1, i);
            if (silence.endNanos() > open) {
                found.accept(silence);
            }
            newest = Math.max(newest, receipts.attempt(i));
        }
        if (newest + 1 < trace.size() && receipts.nanos(receipts.size() - 1) <= close) {
            addOpen(receipts.size() - 1);
        }
    }

    private Silence between(int before, int after) {
        long end = receipts.nanos(after);
        long answered = holdUps.before(end, baseline.maxRttNanos() + holdUp);
        int b = receipts.attempt(after);
        int m = newest + 1;
        boolean late = late(b);
        long spacing = m < trace.size() ? trace.sentNanos(m) - trace.sentNanos(newest) : 0;
        if (b > m) {
            spacing = (spacing + trace.sentNanos(b) - trace.sentNanos(b - 1)) / 2;
        }
        int past = late ? Math.max(b, firstSentAfter(answered)) : b;
        return silence(before, end, spacing, new Bad(m, past), late && !repeatsRequests ? answered : Long.MIN_VALUE);
    }

    private void addOpen(int last) {
        int m = newest + 1;
        if (trace.sentNanos(m) <= close) {
            long spacing = trace.sentNanos(m) - trace.sentNanos(newest);
            Bad bad = new Bad(m, firstSentAfter(holdUps.before(close, baseline.maxRttNanos() + holdUp)));
            Silence silence = silence(last, close, spacing, bad, Long.MIN_VALUE);
            found.accept(new Silence(
                    silence.startNanos(),
                    close,
                    silence.durationNanos(),
                    silence.lowerNanos(),
                    silence.upperNanos(),
                    spacing,
                    silence.missing() + missing(firstSentAfter(close)),
                    silence.unserved(),
                    true));
        }
    }

    private Silence silence(int before, long end, long spacing, Bad bad, long waitedUntil) {
        long start = receipts.nanos(before);
        long rho = baseline.maxRttNanos();
        long duration = Math.max(0, end - start - spacing);
        long lower = 0;
        if (bad.any()) {
            long arrived = holdUps.after(trace.leftNanos(bad.first), rho + (repeatsRequests ? holdUp : 0));
            long begun = Math.max(arrived, start);
            lower = Math.max(0, Math.max(trace.sentNanos(bad.last), waitedUntil) - begun);
        }
        long upper = end - trace.sentNanos(newest);
        return new Silence(
                start,
                end,
                duration,
                Math.min(lower, duration),
                Math.max(upper, duration),
                spacing,
                missing(Math.max(bad.past, newest + 1)),
                bad.any(),
                false);
    }

    /** Whether it was answered later than an able service would have had it answered. It may have left late as well. */
    private boolean late(int i) {
        long received = trace.receivedNanos(i);
        long left = Math.min(trace.leftNanos(i), received);
        return received - left - holdUps.within(left, received) > lateNanos;
    }

    /** Attempts below {@code past} that were never answered and are not counted yet. */
    private long missing(int past) {
        long missing = 0;
        for (; counted < past; counted++) {
            if (!trace.answered(counted)) {
                missing++;
            }
        }
        return missing;
    }

    /** The lowest attempt that was sent after that moment. */
    private int firstSentAfter(long moment) {
        int low = 0;
        int high = trace.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (trace.sentNanos(middle) <= moment) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first and the last bad one of some attempts. */
    private final class Bad {
        private final int past;
        private int first;
        private int last;

        Bad(int from, int past) {
            this.past = past;
            this.first = from;
            while (first < past && !bad(first)) {
                first++;
            }
            this.last = past - 1;
            while (last > first && !bad(last)) {
                last--;
            }
        }

        boolean any() {
            return first < past;
        }

        private boolean bad(int i) {
            return !trace.answered(i) || late(i);
        }
    }
}
