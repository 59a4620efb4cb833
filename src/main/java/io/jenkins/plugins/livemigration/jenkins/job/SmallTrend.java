package io.jenkins.plugins.livemigration.jenkins.job;

import io.jenkins.plugins.livemigration.engine.report.MainMetrics;
import io.jenkins.plugins.livemigration.engine.report.Names;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The picture on the job's own page: the medians of one figure of the newest builds, drawn here so that it needs no script.
 */
public final class SmallTrend {
    private static final int BUILDS = 30;
    private static final double WIDTH = 340;
    private static final double TOP = 18;
    private static final double BOTTOM = 78;

    private final String title;
    private final String newest;
    private final List<Dot> dots;

    private SmallTrend(String title, String newest, List<Dot> dots) {
        this.title = title;
        this.newest = newest;
        this.dots = List.copyOf(dots);
    }

    /** The picture of the newest benchmark's first scenario; empty if there is nothing to draw. */
    static Optional<SmallTrend> of(HistoryStore history, Locale language) throws IOException {
        List<HistoryEntry> runs = history.runs(BUILDS);
        Set<Integer> builds = new HashSet<>();
        Map<String, String> status = new HashMap<>();
        runs.forEach(run -> {
            builds.add(run.build());
            status.put(run.build() + "\t" + run.name(), run.status());
        });
        for (Metric metric : MainMetrics.all()) {
            List<HistoryPoint> points = history.points(metric.id(), builds);
            if (!points.isEmpty()) {
                HistoryPoint last = points.get(points.size() - 1);
                List<HistoryPoint> same = points.stream()
                        .filter(point -> point.name().equals(last.name())
                                && point.scenario().equals(last.scenario()))
                        .toList();
                return Optional.of(new SmallTrend(
                        new Names(language).metric(metric.id()) + ", " + last.name(),
                        QuantityText.text(last.median(), metric.unit()),
                        dots(same, status)));
            }
        }
        return Optional.empty();
    }

    private static List<Dot> dots(List<HistoryPoint> points, Map<String, String> status) {
        double most = points.stream().mapToDouble(HistoryPoint::median).max().orElse(1);
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            HistoryPoint point = points.get(i);
            double x = points.size() == 1 ? WIDTH / 2 : 10 + (WIDTH - 20) * i / (points.size() - 1);
            double y = most <= 0 ? BOTTOM : BOTTOM - (BOTTOM - TOP) * point.median() / most;
            dots.add(new Dot(x, y, point.build(), status.getOrDefault(point.build() + "\t" + point.name(), "")));
        }
        return dots;
    }

    /** What it shows. */
    public String getTitle() {
        return title;
    }

    /** The newest median with its unit. */
    public String getNewest() {
        return newest;
    }

    /** The builds. */
    public List<Dot> getDots() {
        return dots;
    }

    /** The line through them, as SVG has it. */
    public String getLine() {
        StringBuilder line = new StringBuilder();
        for (Dot dot : dots) {
            line.append(line.length() == 0 ? "" : " ")
                    .append(dot.getX())
                    .append(',')
                    .append(dot.getY());
        }
        return line.toString();
    }

    /** A build. */
    public static final class Dot {
        private final double x;
        private final double y;
        private final int build;
        private final String status;

        private Dot(double x, double y, int build, String status) {
            this.x = x;
            this.y = y;
            this.build = build;
            this.status = status;
        }

        public String getX() {
            return number(x);
        }

        public String getY() {
            return number(y);
        }

        /** Where its sign stands. */
        public String getAbove() {
            return number(y - 5);
        }

        public int getBuild() {
            return build;
        }

        /** Said when the pointer rests on it. */
        public String getHint() {
            return "#" + build + " " + status;
        }

        /** The verdict's sign where it is none that passes; else empty. */
        public String getSign() {
            return switch (status) {
                case "UNSTABLE" -> "!";
                case "FAIL" -> "✕";
                case "INCONCLUSIVE" -> "?";
                default -> "";
            };
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
    }
}
