package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.CapturePlan;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Finding.Severity;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether what the plan wants to watch with can work on its hosts: packet captures (tcpdump, the right to capture there, the
 * interface, the filter, room on the disk) and responders (java). A capture that cannot be had prevents no run; a probe does.
 */
public final class ObservationPreflight {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private ObservationPreflight() {}

    /** What there is to say of a scenario's probes; and of the plan's captures, which all share, with the first one only. */
    public static List<Finding> of(BenchmarkPlan plan, ScenarioPlan scenario, Hosts hosts) throws InterruptedException {
        List<Finding> findings = responders(scenario.probes(), hosts);
        if (plan.scenarios().get(0).equals(scenario)) {
            findings.addAll(captures(plan.captures(), hosts));
        }
        return findings;
    }

    /** What there is to say of the plan's captures; each is tried for a second. */
    public static List<Finding> captures(List<CapturePlan> captures, Hosts hosts) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (CapturePlan capture : captures) {
            findings.add(capture(capture, hosts.host(capture.on())));
        }
        return findings;
    }

    private static Finding capture(CapturePlan plan, Host host) throws InterruptedException {
        String where = plan.on() + " " + plan.device();
        CommandResult result = host.run(Tcpdump.trial(plan), TIMEOUT);
        String said =
                result instanceof CommandResult.Ended ended ? ended.output().strip() : result.complaint();
        if (said.equals("fine")) {
            return new Finding(
                    Severity.OK, where, Message.of("observe.captureWorks"), Message.of("observe.captureTried"));
        }
        if (said.equals("missing")) {
            return warning(where, Message.of("observe.noTcpdump"), Message.of("observe.installTcpdump"));
        }
        if (said.startsWith("room ")) {
            long needed = Tcpdump.neededKilobytes(plan);
            return warning(
                    where,
                    Message.of("observe.noRoom", said.substring("room ".length()), needed),
                    Message.of("observe.makeRoom"));
        }
        return warning(where, Message.of("observe.captureRefused", said), Message.of("observe.allowCapture"));
    }

    private static Finding warning(String where, Message problem, Message remedy) {
        return new Finding(Severity.WARNING, where, problem, remedy);
    }

    /** What stands in the way of the probes that need a responder on a host. */
    public static List<Finding> responders(List<ProbePlan> probes, Hosts hosts) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (ProbePlan probe : probes) {
            if (probe instanceof ProbePlan.OneWay oneWay) {
                CommandResult result = hosts.host(oneWay.on()).run("java -version", TIMEOUT);
                findings.add(
                        result.ok()
                                ? new Finding(
                                        Severity.OK,
                                        oneWay.on(),
                                        Message.of("observe.javaWorks"),
                                        Message.of("observe.javaTried"))
                                : new Finding(
                                        Severity.ERROR,
                                        oneWay.on(),
                                        Message.of("observe.noJava", probe.name(), result.complaint()),
                                        Message.of("observe.installJava")));
            }
        }
        return findings;
    }
}
