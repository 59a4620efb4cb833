package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.CaptureOutage;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Conversation;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Percentiles;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Probe;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Side;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** A capture's analysis for people: a block a conversation, with a column for each direction. */
final class CaptureText {
    private static final int LABEL = 46;
    private static final int COLUMN = 18;
    private static final String NONE = "-";

    private final Locale locale;
    private final int top;

    /** @param top how many conversations are printed */
    CaptureText(Locale locale, int top) {
        this.locale = locale;
        this.top = top;
    }

    void print(PrintWriter out, String file, CaptureAnalysis analysis) {
        out.println(say(
                "capture.head",
                file,
                analysis.format(),
                analysis.frames(),
                bytesText(analysis.bytes()),
                millis(analysis.durationMillis()),
                analysis.start().map(Object::toString).orElse(NONE)));
        if (analysis.torn()) {
            out.println(say("capture.torn"));
        }
        out.println(say("capture.others", analysis.otherFrames(), analysis.fragments(), analysis.unlistedFrames()));
        long tcp = analysis.conversations().stream()
                .filter(conversation -> conversation.protocol().equals("tcp"))
                .count();
        out.println(say(
                "capture.conversations",
                tcp,
                analysis.conversations().size() - tcp,
                analysis.retransmissions(),
                analysis.tcpRttMillis().map(this::percentiles).orElse(NONE)));
        List<Conversation> shown = analysis.conversations().stream()
                .sorted(Comparator.comparingLong(CaptureText::bytes).reversed())
                .limit(top)
                .toList();
        shown.forEach(conversation -> print(out, conversation));
        if (shown.size() < analysis.conversations().size()) {
            out.println();
            out.println(say("capture.more", analysis.conversations().size() - shown.size()));
        }
    }

    private static long bytes(Conversation conversation) {
        return conversation.aToB().bytes() + conversation.bToA().bytes();
    }

    private void print(PrintWriter out, Conversation conversation) {
        out.println();
        out.println(conversation.protocol() + " A " + conversation.a() + "  B " + conversation.b() + "  "
                + millis(conversation.durationMillis()));
        row(out, "", "A -> B", "B -> A");
        both(out, conversation, "capture.frames", side -> String.valueOf(side.frames()));
        both(out, conversation, "capture.bytes", side -> bytesText(side.bytes()));
        out.println("  " + say("capture.studies"));
        both(
                out,
                conversation,
                "capture.throughput",
                side -> text(side.studies().throughput(), Unit.BITS_PER_SECOND));
        both(out, conversation, "capture.spacing", side -> text(side.studies().delayMillis(), Unit.MILLISECONDS));
        both(out, conversation, "capture.variation", side -> text(side.studies().jitterMillis(), Unit.MILLISECONDS));
        if (conversation.protocol().equals("tcp")) {
            both(out, conversation, "capture.loss", side -> text(side.studies().lossPercent(), Unit.PERCENT));
            both(out, conversation, "capture.lost", side -> text(side.studies().lostSegmentPercent(), Unit.PERCENT));
        }
        out.println("  " + say("capture.strict"));
        both(out, conversation, "capture.goodput", side -> text(side.strict().goodput(), Unit.BITS_PER_SECOND));
        if (conversation.protocol().equals("tcp")) {
            both(out, conversation, "capture.rtt", side -> text(side.strict().rttMillis(), Unit.MILLISECONDS));
            both(
                    out,
                    conversation,
                    "capture.rttDeviation",
                    side -> text(side.strict().rttStdDevMillis(), Unit.MILLISECONDS));
            both(
                    out,
                    conversation,
                    "capture.repeated",
                    side -> text(side.strict().repeatedPercent(), Unit.PERCENT));
            both(out, conversation, "capture.filled", side -> text(side.strict().filledPercent(), Unit.PERCENT));
            both(
                    out,
                    conversation,
                    "capture.missing",
                    side -> bytesText(side.strict().missingBytes()));
        }
        conversation.probe().ifPresent(probe -> print(out, probe));
        outages(out, conversation.outageCount(), conversation.outageTotalMillis(), conversation.outages());
    }

    private void print(PrintWriter out, Probe probe) {
        out.println("  "
                + say(
                        "capture.probe",
                        probe.sent(),
                        probe.answered(),
                        QuantityText.text(probe.lossPercent(), Unit.PERCENT),
                        probe.rttMillis().map(this::percentiles).orElse(NONE),
                        text(probe.jitterRfc3550Millis(), Unit.MILLISECONDS),
                        text(probe.rttStdDevMillis(), Unit.MILLISECONDS)));
        outages(out, probe.outageCount(), probe.outageTotalMillis(), probe.outages());
    }

    private void outages(PrintWriter out, long count, double total, List<CaptureOutage> longest) {
        if (count == 0) {
            return;
        }
        out.println("  " + say("capture.outages", count, millis(total)));
        for (CaptureOutage outage : longest) {
            out.println("    "
                    + say(
                            outage.open() ? "capture.outageOpen" : "capture.outage",
                            millis(outage.startMillis()),
                            outage.silent(),
                            millis(outage.durationMillis()),
                            say("capture.sign." + outage.sign())));
        }
    }

    private void both(PrintWriter out, Conversation conversation, String key, Function<Side, String> text) {
        row(out, say(key), text.apply(conversation.aToB()), text.apply(conversation.bToA()));
    }

    private static void row(PrintWriter out, String label, String first, String second) {
        out.println(
                String.format(Locale.ROOT, "  %-" + LABEL + "s%" + COLUMN + "s%" + COLUMN + "s", label, first, second));
    }

    private String percentiles(Percentiles values) {
        return say(
                "capture.percentiles",
                millis(values.p50()),
                millis(values.p90()),
                millis(values.p99()),
                millis(values.max()));
    }

    private static String bytesText(long bytes) {
        return QuantityText.text((double) bytes, Unit.BYTES);
    }

    private static String millis(double value) {
        return QuantityText.text(value, Unit.MILLISECONDS);
    }

    private static String text(OptionalDouble value, Unit unit) {
        return value.isPresent() ? QuantityText.text(value.getAsDouble(), unit) : NONE;
    }

    private String say(String key, Object... arguments) {
        return Message.of("cli." + key, arguments).render(locale);
    }
}
