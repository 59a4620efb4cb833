package io.jenkins.plugins.livemigration.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What became of a document that claims to be a plan. */
public sealed interface ParsedPlan {

    /**
     * It is one.
     *
     * @param plan with every default filled in
     * @param canonical the same plan in the plan's own keys, with every default written out, as {@link PlanRendering}
     *     renders it. It holds no secret, since a plan cannot
     */
    record Valid(BenchmarkPlan plan, JsonNode canonical) implements ParsedPlan {}

    /**
     * It is not one.
     *
     * @param mistakes all that were found, at least one, in the document's order
     */
    record Invalid(List<PlanMistake> mistakes) implements ParsedPlan {
        public Invalid {
            mistakes = List.copyOf(mistakes);
        }
    }
}
