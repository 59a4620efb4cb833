package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.verdict.CategoryTable;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.Optional;

/** The category of a summary as a cell of a table, in its shade and with the interval that it stands for. */
final class CategoryCell {
    private final Texts texts;
    private final JudgedResult judged;

    CategoryCell(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
    }

    /** A dash if there is no summary, or its metric has no categories. */
    void write(HtmlTable table, Optional<Summary> summary, Metric metric) {
        Optional<String> name = summary.flatMap(Summary::category);
        CategoryEdges edges = judged.verdict().categories().get(metric.id());
        if (name.isEmpty() || edges == null) {
            table.category("", 0, false, "");
            return;
        }
        CategoryTable categories = new CategoryTable(edges, metric.better());
        for (int i = 0; i < categories.classes().size(); i++) {
            if (categories.classes().get(i).name().equals(name.get())) {
                table.category(
                        texts.category(name.get()),
                        SamplesChart.shade(categories, i),
                        summary.map(Summary::categoryStraddles).orElse(false),
                        texts.interval(categories.classes(), i, metric.unit()));
                return;
            }
        }
        table.cell(texts.category(name.get()));
    }
}
