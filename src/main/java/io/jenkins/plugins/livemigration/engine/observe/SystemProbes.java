package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Probes over this machine's own network. Names are resolved once, at the start, so that no resolver is part of what is
 * measured. Probes of one sample are started a fraction of an interval apart, so that they do not wake at the same moments.
 */
public final class SystemProbes implements Probes {
    private static final long LEAD_NANOS = 5_000_000;
    private static final int DEFAULT_HTTP_PORT = 80;

    private final SecureRandom random = new SecureRandom();

    @Override
    public ProbeSession start(List<ProbePlan> plans, Path folder, String prefix, RunClock clock) throws IOException {
        List<LiveProbe> probes = new ArrayList<>();
        try {
            long start = System.nanoTime() + LEAD_NANOS;
            for (ProbePlan plan : plans) {
                long offset = plan.interval().toNanos() * probes.size() / plans.size();
                probes.add(open(plan, folder, prefix, clock, start + offset));
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
            return open(plan, new Schedule(start, plan.interval().toNanos()), clock, records);
        } catch (IOException | RuntimeException failed) {
            records.close();
            throw failed;
        }
    }

    private LiveProbe open(ProbePlan plan, Schedule schedule, RunClock clock, ProbeFileWriter records)
            throws IOException {
        if (plan instanceof ProbePlan.Udp udp) {
            return new UdpProbe(
                    udp, resolve(plan, udp.host(), udp.port()), random.nextLong(), schedule, clock, records);
        }
        if (plan instanceof ProbePlan.Http http) {
            URI url = URI.create(http.url());
            if (!"http".equals(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT)) || url.getHost() == null) {
                throw new IOException("probe " + plan.name() + ": " + http.url() + " is no http:// address");
            }
            byte[] request = HttpGet.request(url);
            ByteBuffer rest = HttpGet.scratch();
            InetSocketAddress target =
                    resolve(plan, url.getHost(), url.getPort() < 0 ? DEFAULT_HTTP_PORT : url.getPort());
            return new ConnectionProbe(plan, target, () -> new HttpGet(request, rest), schedule, clock, records);
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

    private static InetSocketAddress resolve(ProbePlan plan, String host, int port) throws IOException {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException unknown) {
            throw new IOException("probe " + plan.name() + ": no address is known for " + host, unknown);
        }
    }
}
