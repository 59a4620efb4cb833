package io.jenkins.plugins.livemigration.jenkins.plan;

import hudson.Extension;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;

/** New TCP connections. */
public final class TcpProbe extends PortProbe {
    @DataBoundConstructor
    public TcpProbe(String host, @Nullable Integer port) {
        super(host, port);
    }

    @Override
    String key() {
        return "tcp";
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("tcp")
    public static final class DescriptorImpl extends ProbeDescriptor {
        @Override
        String kind() {
            return "tcp";
        }

        @Override
        public String getDisplayName() {
            return Words.text("probe.tcp");
        }
    }
}
