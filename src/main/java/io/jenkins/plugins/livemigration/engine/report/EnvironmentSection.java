package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.ClockReading;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hosts side by side, with what differs between them marked. */
final class EnvironmentSection {
    private final Texts texts;
    private final JudgedResult judged;

    EnvironmentSection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
    }

    void write(Markup html) {
        Map<String, Map<String, String>> hosts = judged.result().environment();
        if (hosts.isEmpty() && judged.result().clocks().isEmpty()) {
            return;
        }
        html.open("section").element("h2", texts.text("section.environment")).line();
        if (!hosts.isEmpty()) {
            html.element("p", texts.text("environment.explained"), "class", "note");
            facts(html, hosts);
        }
        if (!judged.result().clocks().isEmpty()) {
            clocks(html, judged.result().clocks());
        }
        html.close().line();
    }

    private void facts(Markup html, Map<String, Map<String, String>> hosts) {
        List<String> titles = new ArrayList<>(List.of(texts.text("column.fact")));
        titles.addAll(hosts.keySet());
        titles.add("");
        HtmlTable table = new HtmlTable(html, "environment", titles);
        Set<String> facts = new LinkedHashSet<>();
        hosts.values().forEach(host -> facts.addAll(host.keySet()));
        for (String fact : facts) {
            List<String> values = hosts.values().stream()
                    .map(host -> host.getOrDefault(fact, "–"))
                    .toList();
            boolean differs = values.stream().distinct().count() > 1;
            table.row(differs ? "differs" : "").head(fact);
            values.forEach(table::cell);
            table.cell(differs ? "≠ " + texts.text("environment.differs") : "").endRow();
        }
        table.end();
    }

    private void clocks(Markup html, List<ClockReading> clocks) {
        html.element("h3", texts.text("section.clocks"));
        HtmlTable table = new HtmlTable(
                html,
                "clocks",
                List.of(
                        texts.text("column.host"),
                        HtmlTable.number(texts.text("column.offset")),
                        HtmlTable.number(texts.text("column.uncertainty"))));
        for (ClockReading clock : clocks) {
            table.row("")
                    .head(clock.host())
                    .number(QuantityText.text(clock.offsetMillis(), Unit.MILLISECONDS), "")
                    .number("± " + QuantityText.text(clock.uncertaintyMillis(), Unit.MILLISECONDS), "")
                    .endRow();
        }
        table.end();
    }
}
