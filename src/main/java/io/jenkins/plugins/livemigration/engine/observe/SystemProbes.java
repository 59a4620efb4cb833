package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Probes over this machine's own network. Names are resolved once, at the start, so that no resolver is part of what is
 * measured. Probes of one sample are started a fraction of an interval apart, so that they do not wake at the same moments.
 */
public final class SystemProbes implements Probes {
    private static final long LEAD_NANOS = 5_000_000;
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

    private final SecureRandom random = new SecureRandom();
    private final SSLContext tls;
    private final Function<String, Host> hosts;

    /** Probes that trust the certificates that this Java trusts, and need no host of the plan. */
    public SystemProbes() {
        this(defaultTls());
    }

    /** @param hosts of the plan, on which responders are started; closed by their owner */
    public SystemProbes(Hosts hosts) {
        this(defaultTls(), hosts::host);
    }

    /** @param tls what {@code https} probes trust */
    SystemProbes(SSLContext tls) {
        this(tls, name -> {
            throw new IllegalStateException("there are no hosts on which a responder could run");
        });
    }

    private SystemProbes(SSLContext tls, Function<String, Host> hosts) {
        this.tls = tls;
        this.hosts = hosts;
    }

    private static SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("this Java has no usable TLS: " + broken.getMessage(), broken);
        }
    }

    @Override
    public ProbeSession start(List<ProbePlan> plans, Path folder, String prefix, RunClock clock) throws IOException {
        List<LiveProbe> probes = new ArrayList<>();
        try {
            // A responder takes its time to start: what it serves is opened first, so that the schedules begin
            // together.
            for (ProbePlan plan : plans) {
                if (plan instanceof ProbePlan.OneWay) {
                    probes.add(open(plan, folder, prefix, clock, System.nanoTime() + LEAD_NANOS));
                }
            }
            int begun = probes.size();
            long start = System.nanoTime() + LEAD_NANOS;
            for (ProbePlan plan : plans) {
                if (!(plan instanceof ProbePlan.OneWay)) {
                    long offset = plan.interval().toNanos() * (probes.size() - begun) / plans.size();
                    probes.add(open(plan, folder, prefix, clock, start + offset));
                }
            }
        } catch (IOException | RuntimeException failed) {
            for (LiveProbe opened : probes) {
                opened.close();
                opened.records().close();
            }
            throw failed;
        }
        return SystemProbeSession.starting(probes);
    }

    private LiveProbe open(ProbePlan plan, Path folder, String prefix, RunClock clock, long start) throws IOException {
        boolean scheduled = !(plan instanceof ProbePlan.Ping);
        ProbeFile header = new ProbeFile(
                plan.name(),
                plan.kind(),
                clock.ofNanoTime(start),
                plan.interval().toNanos(),
                scheduled);
        Path file = folder.resolve(prefix + "-" + plan.name() + ".probe");
        ProbeFileWriter records = ProbeFileWriter.create(file, header);
        try {
            return open(plan, new Schedule(start, spacing(plan)), clock, records);
        } catch (IOException | RuntimeException failed) {
            records.close();
            throw failed;
        }
    }

    private static long spacing(ProbePlan plan) {
        return (plan instanceof ProbePlan.Load load ? load.every() : plan.interval()).toNanos();
    }

    private LiveProbe open(ProbePlan plan, Schedule schedule, RunClock clock, ProbeFileWriter records)
            throws IOException {
        if (plan instanceof ProbePlan.Udp udp) {
            UdpProbe.Shape shape = new UdpProbe.Shape(udp.payloadBytes(), 1, false);
            return udp(plan, shape, resolve(plan, udp.host(), udp.port()), () -> {}, schedule, clock, records);
        }
        if (plan instanceof ProbePlan.Load load) {
            UdpProbe.Shape shape = new UdpProbe.Shape(load.payloadBytes(), load.packets(), false);
            return udp(plan, shape, resolve(plan, load.host(), load.port()), () -> {}, schedule, clock, records);
        }
        if (plan instanceof ProbePlan.OneWay oneWay) {
            return oneWay(oneWay, schedule, clock, records);
        }
        if (plan instanceof ProbePlan.Http http) {
            return http(http, URI.create(http.url()), schedule, clock, records);
        }
        if (plan instanceof ProbePlan.TcpConnect tcp) {
            InetSocketAddress target = resolve(plan, tcp.host(), tcp.port());
            return new ConnectionProbe(plan, target, TcpHandshake::new, schedule, clock, records);
        }
        if (plan instanceof ProbePlan.TcpSession session) {
            InetSocketAddress target = resolve(plan, session.host(), session.port());
            return new SessionProbe(session, target, random.nextLong(), schedule, clock, records);
        }
        return new PingProbe((ProbePlan.Ping) plan, clock, records);
    }

    private LiveProbe udp(
            ProbePlan plan,
            UdpProbe.Shape shape,
            InetSocketAddress target,
            AutoCloseable companion,
            Schedule schedule,
            RunClock clock,
            ProbeFileWriter records)
            throws IOException {
        return new UdpProbe(plan, shape, target, companion, random.nextLong(), schedule, clock, records);
    }

    private LiveProbe oneWay(ProbePlan.OneWay plan, Schedule schedule, RunClock clock, ProbeFileWriter records)
            throws IOException {
        RemoteResponder responder =
                RemoteResponder.start(hosts.apply(plan.on()), plan.port(), "probe " + plan.name() + ": ");
        try {
            UdpProbe.Shape shape = new UdpProbe.Shape(Responder.COUNTED_BYTES, 1, true);
            InetSocketAddress target = resolve(plan, plan.host(), responder.port());
            return udp(plan, shape, target, responder, schedule, clock, records);
        } catch (IOException | RuntimeException failed) {
            responder.close();
            throw failed;
        }
    }

    private LiveProbe http(ProbePlan.Http plan, URI url, Schedule schedule, RunClock clock, ProbeFileWriter records)
            throws IOException {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (host == null || !PORTS.containsKey(scheme)) {
            throw new IOException("probe " + plan.name() + ": " + url + " is no http:// or https:// address");
        }
        int port = url.getPort() < 0 ? PORTS.getOrDefault(scheme, 0) : url.getPort();
        byte[] request = HttpGet.request(url);
        ByteBuffer rest = HttpGet.scratch();
        ConnectionProbe.Protocol protocol = () -> new HttpGet(request, rest);
        if (scheme.equals("https")) {
            protocol = () -> new TlsExchange(tls(host, port), new HttpGet(request, rest));
        }
        return new ConnectionProbe(plan, resolve(plan, host, port), protocol, schedule, clock, records);
    }

    private SSLEngine tls(String host, int port) {
        SSLEngine engine = tls.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static InetSocketAddress resolve(ProbePlan plan, String host, int port) throws IOException {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException unknown) {
            throw new IOException("probe " + plan.name() + ": no address is known for " + host, unknown);
        }
    }
}
