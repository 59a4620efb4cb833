package io.jenkins.plugins.livemigration.jenkins.plan;

import hudson.Extension;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;

/** Numbered lines over one held TCP connection. */
public final class SessionProbe extends PortProbe {
    @DataBoundConstructor
    public SessionProbe(String host, @Nullable Integer port) {
        super(host, port);
    }

    @Override
    String key() {
        return "session";
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("session")
    public static final class DescriptorImpl extends ProbeDescriptor {
        @Override
        String kind() {
            return "session";
        }

        @Override
        public String getDisplayName() {
            return Words.text("probe.session");
        }
    }
}
