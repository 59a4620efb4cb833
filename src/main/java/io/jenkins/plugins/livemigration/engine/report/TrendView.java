package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuild;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigures;
import io.jenkins.plugins.livemigration.engine.verdict.regression.ComparablePlan;
import io.jenkins.plugins.livemigration.engine.verdict.regression.PastBuild;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds in a row as a trend shows them: those that measured the same as the newest one, and gaps where one failed.
 *
 * @param builds oldest first
 * @param otherPlans so many builds measured by another plan and are not shown
 * @param categories by metric id, those of the newest build
 */
public record TrendView(List<Build> builds, Trend trend, int otherPlans, Map<String, CategoryEdges> categories) {
    public TrendView {
        builds = List.copyOf(builds);
        categories = Map.copyOf(categories);
    }

    /**
     * One place on the axis.
     *
     * @param status absent if the build has no result
     * @param measured whether it has figures; if not, it is a gap
     */
    public record Build(String label, Optional<Status> status, boolean measured) {}

    /**
     * The view of a history; builds that are still running are left out.
     *
     * @param history oldest first
     */
    public static TrendView of(List<PastBuild> history, RegressionPlan plan) {
        Optional<JudgedResult> newest = Optional.empty();
        for (PastBuild past : history) {
            if (past.result().filter(TrendView::measured).isPresent()) {
                newest = past.result();
            }
        }
        String digest = newest.map(
                        judged -> ComparablePlan.digest(judged.result().plan()))
                .orElse("");
        List<Build> builds = new ArrayList<>();
        List<BaselineBuild> figures = new ArrayList<>();
        int others = 0;
        for (PastBuild past : history) {
            if (past.state() == PastBuild.State.RUNNING) {
                continue;
            }
            Optional<JudgedResult> result = past.result();
            boolean measured = result.map(TrendView::measured).orElse(false);
            if (measured && !ComparablePlan.digest(result.get().result().plan()).equals(digest)) {
                others++;
                continue;
            }
            builds.add(new Build(
                    past.label(), result.map(judged -> judged.verdict().status()), measured));
            if (measured) {
                figures.add(BuildFigures.of(past.label(), result.get().result()));
            }
        }
        return new TrendView(
                builds,
                Trend.of(figures, plan),
                others,
                newest.map(judged -> judged.verdict().categories()).orElse(Map.of()));
    }

    /** The place of a build on the axis, from 0; -1 if it is not shown. */
    int index(String label) {
        for (int i = 0; i < builds.size(); i++) {
            if (builds.get(i).label().equals(label)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean measured(JudgedResult judged) {
        return judged.result().end().kind() == RunEnd.Kind.COMPLETED
                && judged.result().samples().stream().anyMatch(Sample::counts);
    }
}
