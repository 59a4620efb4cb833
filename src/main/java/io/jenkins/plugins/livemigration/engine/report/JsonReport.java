package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.util.List;

/** {@code result.json}: everything, for machines and for making the other reports again. */
public final class JsonReport implements Report {
    @Override
    public List<File> render(JudgedResult judged) {
        return List.of(new File(ResultFile.NAME, ResultFile.text(judged)));
    }
}
