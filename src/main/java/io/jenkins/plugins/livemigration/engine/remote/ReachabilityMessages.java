package io.jenkins.plugins.livemigration.engine.remote;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.text.Message;

/**
 * Says to people why a host could not be reached and what to do about it.
 *
 * @param problem names the host
 * @param remedy what to do
 */
public record ReachabilityMessages(Message problem, Message remedy) {

    /** For a host of the plan. */
    public static ReachabilityMessages of(HostPlan host, Reachability.Unreached unreached) {
        String port = Integer.toString(host.port());
        String detail = unreached.detail();
        Message problem = switch (unreached.cause()) {
            case NAME_UNKNOWN -> problem("remote.nameUnknown", host, detail);
            case REFUSED -> problem("remote.refused", host, detail);
            case NO_ROUTE -> problem("remote.noRoute", host, detail);
            case TIMED_OUT -> problem("remote.timedOut", host, detail);
            case HOST_KEY_UNKNOWN -> problem("remote.hostKeyUnknown", host, detail);
            case HOST_KEY_CHANGED -> problem("remote.hostKeyChanged", host, detail);
            case AUTHENTICATION -> problem("remote.authentication", host, detail);
            case CREDENTIALS_MISSING -> problem("remote.credentialsMissing", host, detail);
            case OTHER -> problem("remote.otherFault", host, detail);
        };
        Message remedy = switch (unreached.cause()) {
            case NAME_UNKNOWN -> Message.of("remote.correctTheName", host.name());
            case REFUSED -> Message.of("remote.startSshServer", host.address(), port);
            case NO_ROUTE, TIMED_OUT -> Message.of("remote.checkTheWay", host.address(), port);
            case HOST_KEY_UNKNOWN ->
                Message.of("remote.addHostKey", host.name(), host.address(), port, knownHostsFile(host));
            case HOST_KEY_CHANGED ->
                Message.of("remote.replaceHostKey", host.name(), host.address(), port, knownHostsFile(host));
            case AUTHENTICATION -> Message.of("remote.allowLogin", host.address(), host.user());
            case CREDENTIALS_MISSING ->
                host.credentials()
                        .map(name -> Message.of("remote.giveCredentials", name, CommandLineCredentials.variable(name)))
                        .orElseGet(() -> Message.of("remote.giveKey", host.name()));
            case OTHER -> Message.of("remote.tryByHand", host.user(), host.address(), port);
        };
        return new ReachabilityMessages(problem, remedy);
    }

    private static Message problem(String key, HostPlan host, String detail) {
        return Message.of(key, host.name(), host.address(), Integer.toString(host.port()), detail);
    }

    private static String knownHostsFile(HostPlan host) {
        return host.hostKey() instanceof HostPlan.HostKey.KnownHosts known ? known.file() : "known_hosts";
    }
}
