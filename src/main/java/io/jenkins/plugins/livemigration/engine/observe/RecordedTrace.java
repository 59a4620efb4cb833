package io.jenkins.plugins.livemigration.engine.observe;

import java.util.Arrays;

/**
 * A trace in memory, in primitive arrays: about 24 bytes an attempt. Immutable once built.
 */
public final class RecordedTrace implements ProbeTrace {
    private static final long UNANSWERED = Long.MIN_VALUE;

    private final long[] scheduled;
    private final long[] sent;
    private final long[] received;
    private final long[] breaks;

    private RecordedTrace(long[] scheduled, long[] sent, long[] received, long[] breaks) {
        this.scheduled = scheduled;
        this.sent = sent;
        this.received = received;
        this.breaks = breaks;
    }

    @Override
    public int size() {
        return sent.length;
    }

    @Override
    public long scheduledNanos(int i) {
        return scheduled[i];
    }

    @Override
    public long sentNanos(int i) {
        return sent[i];
    }

    @Override
    public boolean answered(int i) {
        return received[i] != UNANSWERED;
    }

    @Override
    public long receivedNanos(int i) {
        if (received[i] == UNANSWERED) {
            throw new IllegalStateException("attempt " + i + " was not answered");
        }
        return received[i];
    }

    @Override
    public int breaks() {
        return breaks.length;
    }

    @Override
    public long breakNanos(int i) {
        return breaks[i];
    }

    /**
     * Collects records in the order in which they come, which need not be that of their slots. The first send of a slot
     * and its earliest reply count; replies to slots that were never sent are dropped.
     */
    public static final class Builder {
        private final long start;
        private final long interval;
        private final LongList sentSlots = new LongList();
        private final LongList sentTimes = new LongList();
        private final LongList replySlots = new LongList();
        private final LongList replyTimes = new LongList();
        private final LongList breakTimes = new LongList();

        /**
         * @param startNanos when slot 0 was due
         * @param intervalNanos from one slot to the next; 0 for a probe that keeps no schedule
         */
        public Builder(long startNanos, long intervalNanos) {
            this.start = startNanos;
            this.interval = intervalNanos;
        }

        /** The attempt of a slot was sent. */
        public Builder sent(long slot, long atNanos) {
            sentSlots.add(slot);
            sentTimes.add(atNanos);
            return this;
        }

        /** A reply to it came. */
        public Builder replied(long slot, long atNanos) {
            replySlots.add(slot);
            replyTimes.add(atNanos);
            return this;
        }

        /** The held connection broke. */
        public Builder broke(long atNanos) {
            breakTimes.add(atNanos);
            return this;
        }

        /** The trace of all that was collected. */
        public RecordedTrace build() {
            long[] slots = sentSlots.toArray();
            long[] times = sentTimes.toArray();
            if (!strictlyAscending(slots)) {
                Integer[] order = new Integer[slots.length];
                Arrays.setAll(order, i -> i);
                long[] unordered = slots;
                Arrays.sort(order, (x, y) -> Long.compare(unordered[x], unordered[y]));
                long[] orderedSlots = new long[slots.length];
                long[] orderedTimes = new long[slots.length];
                int kept = 0;
                for (int i : order) {
                    if (kept == 0 || orderedSlots[kept - 1] != slots[i]) {
                        orderedSlots[kept] = slots[i];
                        orderedTimes[kept] = times[i];
                        kept++;
                    }
                }
                slots = Arrays.copyOf(orderedSlots, kept);
                times = Arrays.copyOf(orderedTimes, kept);
            }
            long[] received = new long[slots.length];
            Arrays.fill(received, UNANSWERED);
            for (int i = 0; i < replySlots.size(); i++) {
                int attempt = Arrays.binarySearch(slots, replySlots.get(i));
                if (attempt >= 0 && (received[attempt] == UNANSWERED || replyTimes.get(i) < received[attempt])) {
                    received[attempt] = replyTimes.get(i);
                }
            }
            long[] scheduled = new long[slots.length];
            for (int i = 0; i < slots.length; i++) {
                scheduled[i] = interval == 0 ? times[i] : start + slots[i] * interval;
            }
            return new RecordedTrace(scheduled, times, received, breakTimes.toArray());
        }

        private static boolean strictlyAscending(long[] values) {
            for (int i = 1; i < values.length; i++) {
                if (values[i - 1] >= values[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class LongList {
        private long[] values = new long[256];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        long get(int i) {
            return values[i];
        }

        int size() {
            return size;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
