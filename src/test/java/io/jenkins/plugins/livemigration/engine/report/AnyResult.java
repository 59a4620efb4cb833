package io.jenkins.plugins.livemigration.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.livemigration.engine.result.ClockReading;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Evidence;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outage;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/** Generates runs in which everything occurs that the format can say: every kind of figure and outcome, any text. */
final class AnyResult implements ArbitrarySupplier<RunResult> {
    private static final Arbitrary<String> TEXTS = Arbitraries.oneOf(
            Arbitraries.strings().all().excludeChars(surrogates()).ofMaxLength(12),
            Arbitraries.of(
                    "", "päüs→ 漢字 🚚", "\"quoted\" \\ / \b\f\n\r\t", "<script>alert(1)</script>", "\u2028\u0000"));
    private static final Arbitrary<Double> NUMBERS = Arbitraries.oneOf(
            Arbitraries.doubles().between(-1e12, 1e12), Arbitraries.of(0.0, 0.1, 1e-300, Double.MAX_VALUE, 1.0 / 3));
    private static final Arbitrary<Message> MESSAGES =
            Combinators.combine(TEXTS, TEXTS.list().ofMaxSize(3)).as(Message::new);
    private static final Arbitrary<Instant> INSTANTS = Arbitraries.longs()
            .between(0, 4_000_000_000_000L)
            .map(Instant::ofEpochMilli)
            .map(at -> at.plusNanos(at.toEpochMilli() % 1_000_000));

    @Override
    public Arbitrary<RunResult> get() {
        Arbitrary<RunEnd> ends =
                Combinators.combine(Arbitraries.of(RunEnd.Kind.class), MESSAGES).as(RunEnd::new);
        Arbitrary<Finding> findings = Combinators.combine(
                        Arbitraries.of(Finding.Severity.class), TEXTS, MESSAGES, MESSAGES)
                .as(Finding::new);
        Arbitrary<Map<String, Map<String, String>>> environments = Arbitraries.maps(
                        TEXTS, Arbitraries.maps(TEXTS, TEXTS).ofMaxSize(3))
                .ofMaxSize(2);
        Arbitrary<JsonNode> plans = TEXTS.map(
                text -> JsonNodeFactory.instance.objectNode().put("name", text).put("samples", 10));
        return Combinators.combine(
                        TEXTS,
                        plans,
                        INSTANTS,
                        INSTANTS.optional(),
                        ends,
                        environments,
                        findings.list().ofMaxSize(3),
                        samples().list().ofMaxSize(4))
                .as((name, plan, started, ended, end, environment, found, samples) -> new RunResult(
                        name,
                        "run",
                        "0.1.0",
                        plan,
                        started,
                        ended,
                        end,
                        environment,
                        List.of(new ClockReading("a", -0.25, 0.1)),
                        found,
                        found.stream().map(Finding::problem).toList(),
                        samples));
    }

    private static Arbitrary<Sample> samples() {
        Arbitrary<Map<String, Figure>> figures = Arbitraries.maps(
                        Arbitraries.of(Metrics.all().stream().map(Metric::id).toList()), figures())
                .ofMaxSize(6);
        Arbitrary<List<Phase>> phases = Combinators.combine(
                        TEXTS, NUMBERS, Arbitraries.longs().optional())
                .as((name, start, bytes) -> new Phase(
                        name, start, start + 1, bytes.map(OptionalLong::of).orElseGet(OptionalLong::empty)))
                .list()
                .ofMaxSize(3);
        Arbitrary<List<Mark>> marks = Combinators.combine(Arbitraries.of(Mark.Kind.class), NUMBERS)
                .as(Mark::new)
                .list()
                .ofMaxSize(4);
        Arbitrary<StateCheck> states =
                Combinators.combine(TEXTS, TEXTS, Arbitraries.of(true, false)).as(StateCheck::new);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 100_000),
                        Arbitraries.of(Direction.class),
                        TEXTS,
                        outcomes(),
                        figures,
                        Combinators.combine(phases, marks).as(PhasesAndMarks::new),
                        probes().list().ofMaxSize(2),
                        states.optional())
                .as((order, direction, text, outcome, values, course, probes, state) -> new Sample(
                        order,
                        text,
                        direction,
                        order,
                        order % 3 == 0,
                        text,
                        "b",
                        Instant.EPOCH.plusNanos(order),
                        order / 7.0,
                        outcome,
                        values,
                        course.phases(),
                        course.marks(),
                        probes,
                        state,
                        List.of(new Evidence(text, text))));
    }

    private record PhasesAndMarks(List<Phase> phases, List<Mark> marks) {}

    private static Arbitrary<Outcome> outcomes() {
        return Arbitraries.oneOf(
                Arbitraries.of(new Outcome.Succeeded(), new Outcome.Cancelled(), new Outcome.Unfinished()),
                Combinators.combine(TEXTS, MESSAGES).as(Outcome.Failed::new),
                MESSAGES.map(Outcome.NotSupported::new));
    }

    private static Arbitrary<Figure> figures() {
        Arbitrary<Double> half = NUMBERS.map(value -> value / 4);
        return Arbitraries.oneOf(
                Combinators.combine(half, half, half, MESSAGES.optional()).as((a, b, c, source) -> {
                    double[] inOrder = {a, b, c};
                    Arrays.sort(inOrder);
                    return new Figure.Measured(inOrder[1], inOrder[0], inOrder[2], source);
                }),
                Combinators.combine(half, MESSAGES).as(Figure.AtLeast::new),
                MESSAGES.map(Figure.Absent::new));
    }

    private static Arbitrary<ProbeReport> probes() {
        Arbitrary<List<Outage>> outages = Combinators.combine(NUMBERS, NUMBERS, Arbitraries.of(true, false), TEXTS)
                .as((start, length, open, phase) ->
                        new Outage(start, start, length, length, length, open, 3, List.of(phase)))
                .list()
                .ofMaxSize(2);
        Arbitrary<List<ProbeReport.RttSlice>> slices = NUMBERS.map(
                        value -> new ProbeReport.RttSlice(value, value, 5, 4, value, value))
                .list()
                .ofMaxSize(3);
        return Combinators.combine(TEXTS, Arbitraries.longs(), outages, slices)
                .as((name, count, found, rtt) ->
                        new ProbeReport(name, "udp", true, 0.5, count, count, count, found, rtt));
    }

    private static char[] surrogates() {
        char[] surrogates = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < surrogates.length; i++) {
            surrogates[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return surrogates;
    }
}
