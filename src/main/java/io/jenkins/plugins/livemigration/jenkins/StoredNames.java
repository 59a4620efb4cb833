package io.jenkins.plugins.livemigration.jenkins;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import hudson.model.Run;
import hudson.model.User;
import hudson.util.XStream2;
import io.jenkins.plugins.livemigration.jenkins.build.BenchmarkAction;
import io.jenkins.plugins.livemigration.jenkins.build.StoredBenchmark;
import io.jenkins.plugins.livemigration.jenkins.config.LabCluster;
import io.jenkins.plugins.livemigration.jenkins.config.LabHost;
import io.jenkins.plugins.livemigration.jenkins.config.MigrationLab;
import io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs;
import io.jenkins.plugins.livemigration.jenkins.job.BenchmarkColumn;
import io.jenkins.plugins.livemigration.jenkins.job.TrendChoice;
import io.jenkins.plugins.livemigration.jenkins.plan.CaptureParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.CategoryParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.ChangeParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.ClassParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.CommandDriver;
import io.jenkins.plugins.livemigration.jenkins.plan.CommandParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.CommandsTraffic;
import io.jenkins.plugins.livemigration.jenkins.plan.ConfirmParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.FloatingAddressTraffic;
import io.jenkins.plugins.livemigration.jenkins.plan.HttpProbe;
import io.jenkins.plugins.livemigration.jenkins.plan.LoadProbe;
import io.jenkins.plugins.livemigration.jenkins.plan.MacvlanTraffic;
import io.jenkins.plugins.livemigration.jenkins.plan.NoiseParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.OneWayProbe;
import io.jenkins.plugins.livemigration.jenkins.plan.PingProbe;
import io.jenkins.plugins.livemigration.jenkins.plan.PodmanDriver;
import io.jenkins.plugins.livemigration.jenkins.plan.ProxmoxDriver;
import io.jenkins.plugins.livemigration.jenkins.plan.ReasonParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.RegressionParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.ScenarioParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.SessionProbe;
import io.jenkins.plugins.livemigration.jenkins.plan.StateParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.TcpProbe;
import io.jenkins.plugins.livemigration.jenkins.plan.ThresholdParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.TlsParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.UdpProbe;
import io.jenkins.plugins.livemigration.jenkins.plan.WindowParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.WorkloadParameter;
import io.jenkins.plugins.livemigration.jenkins.step.BenchmarkBuilder;
import io.jenkins.plugins.livemigration.jenkins.step.LiveMigrationBenchmarkStep;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/**
 * What the plugin's classes are called in the XML that Jenkins keeps (config.xml, build.xml, a user's config.xml), so that a class can move without
 * anybody's settings or builds being lost. A name that was ever released stays. Documents with the classes' full names are
 * read, too. {@code FolderLabs} has no name here: it cannot be loaded where the folders plugin is absent.
 */
public final class StoredNames {
    private static final String PREFIX = "liveMigration.";
    private static final Map<String, Class<?>> NAMES = Map.ofEntries(
            Map.entry("cluster", LabCluster.class),
            Map.entry("host", LabHost.class),
            Map.entry("lab", MigrationLab.class),
            Map.entry("labs", MigrationLabs.class),
            Map.entry("benchmarks", BenchmarkAction.class),
            Map.entry("benchmark", StoredBenchmark.class),
            Map.entry("column", BenchmarkColumn.class),
            Map.entry("trendChoice", TrendChoice.class),
            Map.entry("capture", CaptureParameter.class),
            Map.entry("category", CategoryParameter.class),
            Map.entry("change", ChangeParameter.class),
            Map.entry("class", ClassParameter.class),
            Map.entry("commandDriver", CommandDriver.class),
            Map.entry("command", CommandParameter.class),
            Map.entry("commandsTraffic", CommandsTraffic.class),
            Map.entry("confirm", ConfirmParameter.class),
            Map.entry("floatingAddressTraffic", FloatingAddressTraffic.class),
            Map.entry("httpProbe", HttpProbe.class),
            Map.entry("loadProbe", LoadProbe.class),
            Map.entry("macvlanTraffic", MacvlanTraffic.class),
            Map.entry("noise", NoiseParameter.class),
            Map.entry("oneWayProbe", OneWayProbe.class),
            Map.entry("pingProbe", PingProbe.class),
            Map.entry("podmanDriver", PodmanDriver.class),
            Map.entry("proxmoxDriver", ProxmoxDriver.class),
            Map.entry("reason", ReasonParameter.class),
            Map.entry("regression", RegressionParameter.class),
            Map.entry("scenario", ScenarioParameter.class),
            Map.entry("sessionProbe", SessionProbe.class),
            Map.entry("state", StateParameter.class),
            Map.entry("tcpProbe", TcpProbe.class),
            Map.entry("threshold", ThresholdParameter.class),
            Map.entry("tls", TlsParameter.class),
            Map.entry("udpProbe", UdpProbe.class),
            Map.entry("window", WindowParameter.class),
            Map.entry("workload", WorkloadParameter.class),
            Map.entry("builder", BenchmarkBuilder.class),
            Map.entry("step", LiveMigrationBenchmarkStep.class));

    private StoredNames() {}

    /** Called once by Jenkins, before it reads any settings or builds. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        for (XStream2 documents : List.of(Jenkins.XSTREAM2, Items.XSTREAM2, Run.XSTREAM2, User.XSTREAM)) {
            NAMES.forEach((name, type) -> documents.alias(PREFIX + name, type));
        }
    }

    /** The classes by their names. */
    static Map<String, Class<?>> names() {
        return NAMES;
    }
}
