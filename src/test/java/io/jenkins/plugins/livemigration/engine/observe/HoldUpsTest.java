package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HoldUpsTest {
    private static final int END = 200;

    record Span(long from, long until) {}

    @Property
    void countsEachHeldMomentOnce(
            @ForAll @Size(max = 12) List<@From("spans") Span> spans,
            @ForAll @LongRange(min = 0, max = END) long one,
            @ForAll @LongRange(min = 0, max = END) long other) {
        long from = Math.min(one, other);
        long until = Math.max(one, other);
        assertThat(holdUps(spans).within(from, until)).isEqualTo(held(spans, from, until));
    }

    @Property
    void findsTheEarliestBeginningOfWhatEndsThen(
            @ForAll @Size(max = 12) List<@From("spans") Span> spans,
            @ForAll @LongRange(min = 0, max = END) long end,
            @ForAll @LongRange(min = 0, max = 30) long nanos) {
        long earliest = end;
        while (end - (earliest - 1) - held(spans, earliest - 1, end) <= nanos) {
            earliest--;
        }
        assertThat(holdUps(spans).before(end, nanos)).isEqualTo(earliest);
    }

    @Property
    void findsTheLatestEndOfWhatBeginsThen(
            @ForAll @Size(max = 12) List<@From("spans") Span> spans,
            @ForAll @LongRange(min = 0, max = END) long begin,
            @ForAll @LongRange(min = 0, max = 30) long nanos) {
        long latest = begin;
        while (latest + 1 - begin - held(spans, begin, latest + 1) <= nanos) {
            latest++;
        }
        assertThat(holdUps(spans).after(begin, nanos)).isEqualTo(latest);
    }

    @Test
    void knowsOfNoneWhereNobodyWatched() {
        assertThat(HoldUps.UNKNOWN.resolutionNanos()).isZero();
        assertThat(HoldUps.UNKNOWN.within(0, 100)).isZero();
        assertThat(HoldUps.UNKNOWN.before(100, 30)).isEqualTo(70);
        assertThat(HoldUps.UNKNOWN.after(100, 30)).isEqualTo(130);
    }

    @Provide
    Arbitrary<Span> spans() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, END), Arbitraries.longs().between(1, 40))
                .as((from, length) -> new Span(from, from + length));
    }

    private static HoldUps holdUps(List<Span> spans) {
        return HoldUps.of(
                spans.stream().mapToLong(Span::from).toArray(),
                spans.stream().mapToLong(Span::until).toArray(),
                1);
    }

    /** By looking at every moment. */
    private static long held(List<Span> spans, long from, long until) {
        long held = 0;
        for (long moment = from; moment < until; moment++) {
            long at = moment;
            held += spans.stream().anyMatch(span -> span.from() <= at && at < span.until()) ? 1 : 0;
        }
        return held;
    }
}
