package hudson.tasks.test;

import java.util.List;

public class PipelineTestDetails {
    public void setEnclosingBlockNames(List<String> names) {}

    public void setEnclosingBlocks(List<String> ids) {}

    public void setNodeId(String id) {}
}
