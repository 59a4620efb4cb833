package io.jenkins.plugins.livemigration.engine.plan;

import java.net.URI;
import java.time.Duration;

/** A probe that watches the workload from this machine. */
public sealed interface ProbePlan {
    /** Unique within the scenario. */
    String name();

    /** The host whose service it asks. */
    String host();

    /** The planned spacing of its attempts. */
    Duration interval();

    /** Whether {@code downtime.observed} is taken from it. */
    boolean primary();

    /** After this long an attempt is given up; it stays unanswered. */
    Duration timeout();

    /** The kind's name in plans and results: {@code udp}, {@code http}, ... */
    String kind();

    /** Numbered datagrams to a service that sends back at least their first 24 bytes. */
    record Udp(
            String name, String host, int port, int payloadBytes, Duration interval, Duration timeout, boolean primary)
            implements ProbePlan {
        @Override
        public String kind() {
            return "udp";
        }
    }

    /** One GET on a new connection each, {@code http} or {@code https}. Any status below 500 is a reply. */
    record Http(String name, String url, Duration interval, Duration timeout, boolean primary) implements ProbePlan {
        @Override
        public String host() {
            return String.valueOf(URI.create(url).getHost());
        }

        @Override
        public String kind() {
            return "http";
        }
    }

    /** A new TCP connection each; the completed handshake is the reply. */
    record TcpConnect(String name, String host, int port, Duration interval, Duration timeout, boolean primary)
            implements ProbePlan {
        @Override
        public String kind() {
            return "tcp";
        }
    }

    /** Numbered lines over one held TCP connection to a service that repeats them, whatever it adds behind: {@code session.stall}. Never primary. */
    record TcpSession(String name, String host, int port, Duration interval, Duration timeout) implements ProbePlan {
        @Override
        public boolean primary() {
            return false;
        }

        @Override
        public String kind() {
            return "session";
        }
    }

    /**
     * Numbered datagrams to a responder of ours on a host that does not migrate, which stamps them: {@code delay.oneWay} both
     * ways. Never primary.
     *
     * @param on the host of the plan on which the responder is started
     * @param host where it is reached
     * @param port where it listens; 0 for any that is free
     */
    record OneWay(String name, String on, String host, int port, Duration interval, Duration timeout)
            implements ProbePlan {
        @Override
        public boolean primary() {
            return false;
        }

        @Override
        public String kind() {
            return "oneWay";
        }
    }

    /**
     * A load of fixed rate: numbered datagrams to a service that sends them back, which yields {@code throughput}. It disturbs
     * what it measures. Never primary.
     *
     * @param payloadBytes of each datagram
     * @param packets so many datagrams are sent at once
     * @param every how often
     */
    record Load(String name, String host, int port, int payloadBytes, int packets, Duration every, Duration timeout)
            implements ProbePlan {
        private static final int HEADER_BYTES = 28;

        /** A datagram's bits with the headers of IPv4 and UDP. */
        public long packetBits() {
            return 8L * (payloadBytes + HEADER_BYTES);
        }

        /** The bits that are sent in a second. */
        public double bitsPerSecond() {
            return packetBits() * packets * 1e9 / every.toNanos();
        }

        @Override
        public Duration interval() {
            return every.dividedBy(packets);
        }

        @Override
        public boolean primary() {
            return false;
        }

        @Override
        public String kind() {
            return "load";
        }
    }

    /** The system's ping; auxiliary, its resolution is the spacing that it achieves. Never primary. */
    record Ping(String name, String host, Duration interval, Duration timeout) implements ProbePlan {
        @Override
        public boolean primary() {
            return false;
        }

        @Override
        public String kind() {
            return "ping";
        }
    }
}
