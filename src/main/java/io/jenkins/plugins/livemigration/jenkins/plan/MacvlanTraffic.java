package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Address and MAC travel with the container. */
public final class MacvlanTraffic extends TrafficParameter {
    @DataBoundConstructor
    public MacvlanTraffic() {}

    @Override
    void write(ObjectNode node) {
        node.put("macvlan", true);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("macvlan")
    public static final class DescriptorImpl extends Descriptor<TrafficParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("traffic.macvlan");
        }
    }
}
