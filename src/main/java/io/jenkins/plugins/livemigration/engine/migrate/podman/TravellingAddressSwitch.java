package io.jenkins.plugins.livemigration.engine.migrate.podman;

/**
 * Clients reach the containers at addresses of their own, which travel inside the checkpoint (macvlan), or nobody connects
 * at all. Nothing to do on the hosts: when a container is checkpointed, Podman takes its network namespace away, address
 * included.
 */
final class TravellingAddressSwitch implements TrafficSwitch {}
