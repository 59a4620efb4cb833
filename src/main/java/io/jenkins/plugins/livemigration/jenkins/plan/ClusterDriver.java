package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** A driver that speaks to a cluster: named, by its API, or on one of its nodes. */
public abstract class ClusterDriver extends DriverParameter {
    private @Nullable String cluster;
    private @Nullable String url;
    private @Nullable List<String> urls;
    private @Nullable String ssh;
    private @Nullable String credentialsId;
    private @Nullable String user;
    private @Nullable TlsParameter tls;

    public final @Nullable String getCluster() {
        return cluster;
    }

    /** A cluster of the plan or the lab. */
    @DataBoundSetter
    public final void setCluster(@Nullable String cluster) {
        this.cluster = PlanPart.given(cluster);
    }

    public final @Nullable String getUrl() {
        return url;
    }

    /** A node's API. */
    @DataBoundSetter
    public final void setUrl(@Nullable String url) {
        this.url = PlanPart.given(url);
    }

    public final @Nullable List<String> getUrls() {
        return urls;
    }

    /** Several nodes' APIs. */
    @DataBoundSetter
    public final void setUrls(@Nullable List<String> urls) {
        this.urls = PlanPart.given(urls);
    }

    public final @Nullable String getSsh() {
        return ssh;
    }

    /** A host of the plan or the lab that is a node, in place of the API. */
    @DataBoundSetter
    public final void setSsh(@Nullable String ssh) {
        this.ssh = PlanPart.given(ssh);
    }

    public final @Nullable String getCredentialsId() {
        return credentialsId;
    }

    /** The API's token, or a user name with password. */
    @DataBoundSetter
    public final void setCredentialsId(@Nullable String credentialsId) {
        this.credentialsId = PlanPart.given(credentialsId);
    }

    public final @Nullable String getUser() {
        return user;
    }

    /** Whom a password belongs to, with the realm. */
    @DataBoundSetter
    public final void setUser(@Nullable String user) {
        this.user = PlanPart.given(user);
    }

    public final @Nullable TlsParameter getTls() {
        return tls;
    }

    /** How the API's certificate is verified. */
    @DataBoundSetter
    public final void setTls(@Nullable TlsParameter tls) {
        this.tls = tls;
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node)
                .put("cluster", cluster)
                .put("url", url)
                .put("urls", urls)
                .put("ssh", ssh)
                .put("credentials", credentialsId)
                .put("user", user);
        if (tls != null) {
            tls.write(node.putObject("tls"));
        }
    }
}
