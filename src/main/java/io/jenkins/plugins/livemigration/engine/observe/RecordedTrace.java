package io.jenkins.plugins.livemigration.engine.observe;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** A trace in memory, in primitive arrays: 24 bytes an attempt, 28 if they are counted. Immutable once built. */
public final class RecordedTrace implements ProbeTrace {
    private static final long UNANSWERED = Long.MIN_VALUE;
    private static final int FIRST_CAPACITY = 1024;

    private final long start;
    private final long interval;
    private final int[] slots;
    private final long[] sent;
    private final int[] tookMicros;
    private final long[] received;
    private final long[] breaks;
    private final HoldUps holdUps;
    private final Map<Integer, Long> peerReceived;
    private final Map<Integer, Long> peerSent;
    private final int[] arrivals;

    private RecordedTrace(
            long start,
            long interval,
            int[] slots,
            long[] sent,
            int[] tookMicros,
            long[] received,
            long[] breaks,
            HoldUps holdUps,
            Map<Integer, Long> peerReceived,
            Map<Integer, Long> peerSent,
            int[] arrivals) {
        this.start = start;
        this.interval = interval;
        this.slots = slots;
        this.sent = sent;
        this.tookMicros = tookMicros;
        this.received = received;
        this.breaks = breaks;
        this.holdUps = holdUps;
        this.peerReceived = peerReceived;
        this.peerSent = peerSent;
        this.arrivals = arrivals;
    }

    @Override
    public int size() {
        return sent.length;
    }

    @Override
    public long scheduledNanos(int i) {
        return interval == 0 ? sent[i] : start + slots[i] * interval;
    }

    @Override
    public long sentNanos(int i) {
        return sent[i];
    }

    @Override
    public long leftNanos(int i) {
        return sent[i] + tookMicros[i] * 1_000L;
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
    public boolean stamped(int i) {
        return peerReceived.containsKey(slots[i]) && peerSent.containsKey(slots[i]);
    }

    @Override
    public long peerReceivedNanos(int i) {
        return stamp(peerReceived, i);
    }

    @Override
    public long peerSentNanos(int i) {
        return stamp(peerSent, i);
    }

    private long stamp(Map<Integer, Long> stamps, int i) {
        Long stamp = stamps.get(slots[i]);
        if (stamp == null) {
            throw new IllegalStateException("attempt " + i + " was not stamped");
        }
        return stamp;
    }

    @Override
    public int arrivals(int i) {
        return arrivals.length == 0 ? 0 : arrivals[i];
    }

    @Override
    public HoldUps holdUps() {
        return holdUps;
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
        private int[] sentSlots = new int[FIRST_CAPACITY];
        private long[] sentTimes = new long[FIRST_CAPACITY];
        private int[] sentTook = new int[FIRST_CAPACITY];
        private int sends;
        private int[] replySlots = new int[FIRST_CAPACITY];
        private long[] replyTimes = new long[FIRST_CAPACITY];
        private int replies;
        private long[] breakTimes = new long[0];
        private long[] holdUpBegins = new long[0];
        private long[] holdUpEnds = new long[0];
        private int holdUps;
        private long watchResolution;
        private final Map<Integer, Long> peerReceived = new HashMap<>();
        private final Map<Integer, Long> peerSent = new HashMap<>();
        private int[] countedSlots = new int[0];
        private int[] counts = new int[0];
        private int counted;

        /**
         * @param startNanos when slot 0 was due
         * @param intervalNanos from one slot to the next; 0 for a probe that keeps no schedule
         */
        public Builder(long startNanos, long intervalNanos) {
            this.start = startNanos;
            this.interval = intervalNanos;
        }

        /** The attempt of a slot was sent. */
        public Builder sent(int slot, long atNanos) {
            return sent(slot, atNanos, 0);
        }

        /** The attempt of a slot was sent, and had left {@code tookNanos} later. */
        public Builder sent(int slot, long atNanos, long tookNanos) {
            if (sends == sentSlots.length) {
                sentSlots = Arrays.copyOf(sentSlots, grown(sends));
                sentTimes = Arrays.copyOf(sentTimes, grown(sends));
                sentTook = Arrays.copyOf(sentTook, grown(sends));
            }
            sentSlots[sends] = slot;
            sentTook[sends] = ProbeFile.micros(tookNanos);
            sentTimes[sends++] = atNanos;
            return this;
        }

        /** A reply to it came. */
        public Builder replied(int slot, long atNanos) {
            if (replies == replySlots.length) {
                replySlots = Arrays.copyOf(replySlots, grown(replies));
                replyTimes = Arrays.copyOf(replyTimes, grown(replies));
            }
            replySlots[replies] = slot;
            replyTimes[replies++] = atNanos;
            return this;
        }

        /** The other end received the attempt of a slot, by its clock; the first time counts. */
        public Builder peerReceived(int slot, long peerNanos) {
            peerReceived.putIfAbsent(slot, peerNanos);
            return this;
        }

        /** The other end sent the reply, by its clock; the first time counts. */
        public Builder peerSent(int slot, long peerNanos) {
            peerSent.putIfAbsent(slot, peerNanos);
            return this;
        }

        /** The other end had received so many attempts with that of this slot; what is no such number is ignored. */
        public Builder peerCounted(int slot, long arrivals) {
            if (arrivals < 1 || arrivals > Integer.MAX_VALUE) {
                return this;
            }
            if (counted == countedSlots.length) {
                countedSlots = Arrays.copyOf(countedSlots, Math.max(FIRST_CAPACITY, grown(counted)));
                counts = Arrays.copyOf(counts, Math.max(FIRST_CAPACITY, grown(counted)));
            }
            countedSlots[counted] = slot;
            counts[counted++] = (int) arrivals;
            return this;
        }

        /** The held connection broke. */
        public Builder broke(long atNanos) {
            breakTimes = Arrays.copyOf(breakTimes, breakTimes.length + 1);
            breakTimes[breakTimes.length - 1] = atNanos;
            return this;
        }

        /** Somebody watched whether this machine let us run, and notices what lasts longer than that. */
        public Builder watched(long resolutionNanos) {
            watchResolution = Math.max(watchResolution, resolutionNanos);
            return this;
        }

        /** It did not, for that time; in any order. */
        public Builder heldUp(long fromNanos, long untilNanos) {
            if (holdUps == holdUpBegins.length) {
                int capacity = Math.max(FIRST_CAPACITY, grown(holdUps));
                holdUpBegins = Arrays.copyOf(holdUpBegins, capacity);
                holdUpEnds = Arrays.copyOf(holdUpEnds, capacity);
            }
            holdUpBegins[holdUps] = fromNanos;
            holdUpEnds[holdUps++] = untilNanos;
            return this;
        }

        /** The trace of all that was collected. */
        public RecordedTrace build() {
            int[] slots = Arrays.copyOf(sentSlots, sends);
            long[] times = Arrays.copyOf(sentTimes, sends);
            int[] took = Arrays.copyOf(sentTook, sends);
            if (!strictlyAscending(slots)) {
                int[] order = firstOfEachSlot(slots);
                slots = Arrays.stream(order).map(i -> sentSlots[i]).toArray();
                times = Arrays.stream(order).mapToLong(i -> sentTimes[i]).toArray();
                took = Arrays.stream(order).map(i -> sentTook[i]).toArray();
            }
            long[] received = new long[slots.length];
            Arrays.fill(received, UNANSWERED);
            for (int i = 0; i < replies; i++) {
                int attempt = Arrays.binarySearch(slots, replySlots[i]);
                if (attempt >= 0 && (received[attempt] == UNANSWERED || replyTimes[i] < received[attempt])) {
                    received[attempt] = replyTimes[i];
                }
            }
            return new RecordedTrace(
                    start,
                    interval,
                    slots,
                    times,
                    took,
                    received,
                    breakTimes.clone(),
                    HoldUps.of(
                            Arrays.copyOf(holdUpBegins, holdUps), Arrays.copyOf(holdUpEnds, holdUps), watchResolution),
                    Map.copyOf(peerReceived),
                    Map.copyOf(peerSent),
                    arrivals(slots, received));
        }

        /** Of answered attempts; the least of several numbers, which is the first reply's. */
        private int[] arrivals(int[] slots, long[] received) {
            if (counted == 0) {
                return new int[0];
            }
            int[] arrivals = new int[slots.length];
            for (int i = 0; i < counted; i++) {
                int attempt = Arrays.binarySearch(slots, countedSlots[i]);
                if (attempt >= 0
                        && received[attempt] != UNANSWERED
                        && (arrivals[attempt] == 0 || counts[i] < arrivals[attempt])) {
                    arrivals[attempt] = counts[i];
                }
            }
            return arrivals;
        }

        /** Positions in ascending order of slots, the first one of equal slots. */
        private static int[] firstOfEachSlot(int[] slots) {
            int[] order = IntStream.range(0, slots.length)
                    .boxed()
                    .sorted(Comparator.comparingInt(i -> slots[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return IntStream.range(0, order.length)
                    .filter(i -> i == 0 || slots[order[i]] != slots[order[i - 1]])
                    .map(i -> order[i])
                    .toArray();
        }

        private static boolean strictlyAscending(int[] values) {
            for (int i = 1; i < values.length; i++) {
                if (values[i - 1] >= values[i]) {
                    return false;
                }
            }
            return true;
        }

        private static int grown(int capacity) {
            return capacity + (capacity >> 1);
        }
    }
}
