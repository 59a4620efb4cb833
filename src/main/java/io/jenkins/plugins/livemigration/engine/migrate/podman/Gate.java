package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Drops packets to and from the service while it is between two hosts, so that nobody answers "refused" or "reset" for it
 * and TCP connections survive. It is a table of its own in nftables. What it drops are set elements with a kernel time-out:
 * if the engine dies, it opens by itself.
 *
 * <p>The table hangs in front of everything else (before defragmentation and connection tracking).
 *
 * @param table name of the table
 * @param addresses the service's own addresses: everything to and from them is dropped
 * @param ports {@code tcp . 80}: for services without an address of their own; dropped where this host is the end
 * @param validity how long elements live unless renewed
 */
record Gate(String table, Set<String> addresses, Set<String> ports, Duration validity) {
    Gate {
        addresses = new TreeSet<>(addresses);
        ports = new TreeSet<>(ports);
    }

    /** Nothing to drop: the service has neither address nor port that the host sees. */
    boolean empty() {
        return addresses.isEmpty() && ports.isEmpty();
    }

    /** Script lines that close it, whatever was there before, at once. */
    String close() {
        if (empty()) {
            return ":";
        }
        return nft("table inet %1$s\ndelete table inet %1$s\n".formatted(table) + definition());
    }

    /**
     * Script lines that give the elements their full life again, without a moment of openness; they fail, and do nothing,
     * if it is not closed: a renewal that comes late must not close what was opened meanwhile.
     */
    String renew() {
        if (empty()) {
            return ":";
        }
        return nft("delete table inet %s\n".formatted(table) + definition()) + " 2>/dev/null";
    }

    /** Script lines that open it; no fault if it is open. */
    String open() {
        return empty() ? ":" : opening(table);
    }

    /** Script lines that open whatever gate of that name there may be, also where nothing knows what it drops. */
    static String openAny(String table) {
        return "! command -v nft >/dev/null 2>&1 || { " + opening(table) + "; }";
    }

    private static String opening(String table) {
        return nft("table inet %1$s\ndelete table inet %1$s\n".formatted(table));
    }

    private String definition() {
        List<String> four =
                addresses.stream().filter(address -> !address.contains(":")).toList();
        List<String> six =
                addresses.stream().filter(address -> address.contains(":")).toList();
        return """
                table inet %s {
                  set four { type ipv4_addr; flags timeout; %s}
                  set six { type ipv6_addr; flags timeout; %s}
                  set ports { type inet_proto . inet_service; flags timeout; %s}
                  chain arriving {
                    type filter hook prerouting priority -450; policy accept;
                    ip daddr @four drop
                    ip saddr @four drop
                    ip6 daddr @six drop
                    ip6 saddr @six drop
                    fib daddr type local meta l4proto . th dport @ports drop
                  }
                  chain leaving {
                    type filter hook output priority -450; policy accept;
                    ip saddr @four drop
                    ip daddr @four drop
                    ip6 saddr @six drop
                    ip6 daddr @six drop
                    meta l4proto . th sport @ports drop
                  }
                }
                """.formatted(table, elements(four), elements(six), elements(List.copyOf(ports)));
    }

    private String elements(List<String> keys) {
        if (keys.isEmpty()) {
            return "";
        }
        return keys.stream()
                .map(key -> key + " timeout " + validity.toSeconds() + "s")
                .collect(Collectors.joining(", ", "elements = { ", " } "));
    }

    private static String nft(String commands) {
        return "printf %s " + quote(commands) + " | nft -f -";
    }
}
