package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How the figures were obtained: every metric of the run with its definition and values, and the categories. */
final class DefinitionsSection {
    private final Texts texts;
    private final JudgedResult judged;

    DefinitionsSection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
    }

    void write(Markup html) {
        List<Metric> metrics = Metrics.all().stream()
                .filter(metric -> judged.result().samples().stream()
                        .anyMatch(sample -> sample.figure(metric).isPresent()))
                .toList();
        if (metrics.isEmpty()) {
            return;
        }
        html.open("section").element("h2", texts.text("section.definitions")).line();
        html.element("p", texts.text("definitions.explained"), "class", "note");
        html.open("dl");
        for (Metric metric : metrics) {
            html.open("dt")
                    .text(texts.metric(metric.id()) + " ")
                    .element("code", metric.id())
                    .close();
            html.open("dd").text(texts.definition(metric.id()));
            for (String source : sources(metric)) {
                html.text(" ").element("em", source);
            }
            values(html, metric);
            html.close().line();
        }
        html.close().line();
        categories(html, metrics);
        html.close().line();
    }

    private void values(Markup html, Metric metric) {
        List<String> lines = new ArrayList<>();
        for (String scenario : judged.result().scenarios()) {
            new Overview(judged)
                    .summary(scenario, Optional.empty(), metric)
                    .flatMap(Summary::spread)
                    .ifPresent(spread -> lines.add(scenario + ": "
                            + texts.quantity(spread.median(), spread.medianIsAtLeast(), metric.unit()) + " ["
                            + texts.quantity(spread.worst(), spread.worstIsAtLeast(), metric.unit()) + "]"));
        }
        if (!lines.isEmpty()) {
            html.open("br").element("small", String.join("; ", lines));
        }
    }

    /** What the samples say of a figure: what all say in the same words as it is, else the first of each kind as an example. */
    private List<String> sources(Metric metric) {
        Map<String, Map<String, Integer>> orders = new LinkedHashMap<>();
        for (Sample sample : judged.result().samples()) {
            if (sample.counts() && sample.figure(metric).orElse(null) instanceof Figure.Measured measured) {
                measured.source()
                        .ifPresent(source -> orders.computeIfAbsent(source.key(), key -> new LinkedHashMap<>())
                                .putIfAbsent(texts.of(source), sample.order()));
            }
        }
        return orders.values().stream()
                .map(said -> {
                    Map.Entry<String, Integer> first =
                            said.entrySet().iterator().next();
                    return said.size() == 1
                            ? texts.text("definitions.source", first.getKey())
                            : texts.text("definitions.sourceOfOne", first.getValue(), first.getKey());
                })
                .toList();
    }

    private void categories(Markup html, List<Metric> metrics) {
        Map<String, CategoryEdges> categories = judged.verdict().categories();
        List<Metric> sorted = metrics.stream()
                .filter(metric -> categories.containsKey(metric.id()))
                .toList();
        if (sorted.isEmpty()) {
            return;
        }
        html.element("h3", texts.text("section.categories"));
        html.element("p", texts.text("categories.explained"), "class", "note");
        html.open("dl");
        for (Metric metric : sorted) {
            CategoryEdges edges = Objects.requireNonNull(categories.get(metric.id()));
            html.element("dt", texts.metric(metric.id()));
            html.open("dd");
            List<String> classes = new ArrayList<>();
            for (int i = 0; i < edges.classes().size(); i++) {
                classes.add(texts.category(edges.classes().get(i).name()) + " "
                        + texts.interval(edges.classes(), i, metric.unit()));
            }
            html.text(String.join("; ", classes));
            html.open("br").element("small", texts.table(edges.source()));
            html.close().line();
        }
        html.close().line();
    }
}
