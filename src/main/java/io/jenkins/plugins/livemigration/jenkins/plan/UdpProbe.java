package io.jenkins.plugins.livemigration.jenkins.plan;

import hudson.Extension;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;

/** Numbered datagrams to an echo service. */
public final class UdpProbe extends PayloadProbe {
    @DataBoundConstructor
    public UdpProbe(String host, @Nullable Integer port) {
        super(host, port);
    }

    @Override
    String key() {
        return "udp";
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("udp")
    public static final class DescriptorImpl extends ProbeDescriptor {
        @Override
        String kind() {
            return "udp";
        }

        @Override
        public String getDisplayName() {
            return Words.text("probe.udp");
        }
    }
}
