package org.jenkinsci.plugins.workflow.graph;

import hudson.model.Actionable;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;

public abstract class FlowNode extends Actionable {
    public FlowExecution getExecution() {
        return null;
    }

    public String getId() {
        return "";
    }
}
