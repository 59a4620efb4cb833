package io.jenkins.plugins.livemigration.engine.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which platform moves what, and how. */
public sealed interface DriverPlan {

    /** Host or node where the workload is found at the start. */
    String from();

    /** Host or node to which it moves. */
    String to();

    /**
     * Podman containers with CRIU.
     *
     * @param containers one or several that belong together, by name
     * @param compression of the checkpoint archive: {@code none}, {@code zstd} or {@code gzip}
     * @param staging directory on both hosts where archives are kept; memory-backed by default
     * @param volumes directories on the hosts that travel with the containers
     * @param traffic how clients find the workload at its new place
     * @param gate whether packets to the service are dropped while it is frozen, so that TCP connections survive
     * @param preCopyRounds for {@code pre-copy}: at most so many rounds, fewer if the dirty set stops shrinking
     */
    record PodmanPlan(
            String from,
            String to,
            List<String> containers,
            Strategy strategy,
            String compression,
            String staging,
            List<String> volumes,
            Traffic traffic,
            boolean gate,
            int preCopyRounds)
            implements DriverPlan {
        public PodmanPlan {
            containers = List.copyOf(containers);
            volumes = List.copyOf(volumes);
        }

        /** The way a container is moved. */
        public enum Strategy {
            CLASSIC,
            STOP_AND_COPY,
            PRE_COPY
        }
    }

    /** How clients find the workload at its new place. */
    sealed interface Traffic {
        /** Nothing moves: the containers' own network does it, or nobody connects. */
        record None() implements Traffic {}

        /**
         * An address that the engine takes from one host and gives to the other, with gratuitous ARP.
         *
         * @param address with prefix length, {@code 10.77.0.100/24}
         */
        record FloatingAddress(String address, String device) implements Traffic {}

        /** A macvlan address and MAC that travel with the container. */
        record Macvlan() implements Traffic {}

        /**
         * Commands of the user's (a load balancer). Each runs on the named host with {@code LMB_FROM} and {@code LMB_TO}.
         *
         * @param detach before the source stops, empty for none
         * @param attach after the destination started
         */
        record Commands(String host, Optional<String> detach, String attach) implements Traffic {}
    }

    /**
     * Shell commands of the user's, for every platform without a driver.
     *
     * @param runOn host of the plan on which the commands run
     * @param migrate moves; gets {@code LMB_FROM} and {@code LMB_TO} in its environment
     * @param locate prints the name of the host where the workload is now
     * @param recover brings the workload back to life after anything went wrong
     * @param cancel stops a migration that is under way, if that is more than killing the command
     */
    record CommandPlan(
            String from,
            String to,
            String runOn,
            String migrate,
            String locate,
            Optional<String> recover,
            Optional<String> cancel,
            Duration timeout)
            implements DriverPlan {}

    /**
     * A guest of a Proxmox VE cluster.
     *
     * @param from node on which the guest is found at the start; nodes need not be hosts of the plan
     * @param access how the cluster is spoken to
     * @param withLocalDisks whether disks that only one node has are mirrored
     * @param targetStorage storage for local disks on the other node, or a map {@code a:b,c:d}; by default the same as before
     * @param bwlimitKiB KiB/s; by default what the cluster is set to
     * @param migrationNetwork of the traffic, as CIDR; by default what the cluster is set to
     * @param forceReason why the check of replication is skipped; empty: it is not. Devices are an obstacle nevertheless
     * @param insecureTransportReason why the guest's memory travels in clear; empty: what the cluster is set to
     * @param conntrackState whether the host firewall's connections travel along if both nodes can take them (9.0 and newer)
     * @param shutdownTimeout for containers, which are shut down and started anew
     */
    record ProxmoxPlan(
            String from,
            String to,
            Access access,
            int vmid,
            Kind kind,
            boolean withLocalDisks,
            Optional<String> targetStorage,
            Optional<Integer> bwlimitKiB,
            Optional<String> migrationNetwork,
            Optional<String> forceReason,
            Optional<String> insecureTransportReason,
            boolean conntrackState,
            Duration shutdownTimeout)
            implements DriverPlan {

        /** What kind of guest it is. */
        public enum Kind {
            QEMU,
            LXC
        }

        /** How the cluster is spoken to. */
        public sealed interface Access {
            /**
             * Over its REST API.
             *
             * @param urls of several nodes; the next is asked when one is dead
             * @param credentials name of the secret: an API token, or a password
             * @param user whom a password belongs to, {@code root@pam}, where the secret does not say
             */
            record Api(List<String> urls, String credentials, Optional<String> user, Tls tls) implements Access {
                public Api {
                    urls = List.copyOf(urls);
                }
            }

            /**
             * With {@code qm} and {@code pct} over SSH.
             *
             * @param host a host of the plan that is a node of the cluster
             */
            record Ssh(String host) implements Access {}
        }

        /** How an API's certificate is verified. */
        public sealed interface Tls {
            /** By what Java trusts. */
            record PublicAuthorities() implements Tls {}

            /** By this authority's certificate, a PEM file on the measuring machine. */
            record OwnAuthority(String file) implements Tls {}

            /** It is one of these: SHA-256 as {@code pvenode cert info} prints it. */
            record Pinned(List<String> fingerprints) implements Tls {
                public Pinned {
                    fingerprints = List.copyOf(fingerprints);
                }
            }

            /** Not at all, for a stated reason that every run's log repeats. */
            record Unverified(String reason) implements Tls {}
        }
    }
}
