package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/**
 * What follows from a verdict.
 *
 * @param colour of the stage
 * @param toBuild whether the build becomes so too
 */
record GateDecision(Colour colour, boolean toBuild) {

    /** Green, yellow, red. */
    enum Colour {
        SUCCESS,
        UNSTABLE,
        FAILURE
    }

    /**
     * Decides.
     *
     * @param inconclusive what an inconclusive verdict counts as
     */
    static GateDecision of(Status status, Gate gate, Colour inconclusive) {
        Colour colour = switch (status) {
            case PASS, INSUFFICIENT_BASELINE -> Colour.SUCCESS;
            case INCONCLUSIVE -> inconclusive;
            case UNSTABLE -> Colour.UNSTABLE;
            case FAIL, INFRASTRUCTURE -> Colour.FAILURE;
        };
        return gate == Gate.NONE
                ? new GateDecision(Colour.SUCCESS, false)
                : new GateDecision(colour, gate == Gate.BUILD && colour != Colour.SUCCESS);
    }

    /** Gives the step, and so its stage, that colour and the reason; nothing if it is green. */
    void mark(FlowNode node, String reason) {
        if (colour != Colour.SUCCESS) {
            Result result = colour == Colour.UNSTABLE ? Result.UNSTABLE : Result.FAILURE;
            node.addOrReplaceAction(new WarningAction(result).withMessage(reason));
        }
    }
}
