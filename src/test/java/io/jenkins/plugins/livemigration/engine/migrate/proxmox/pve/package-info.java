/**
 * Doubles of Proxmox VE for tests: a cluster's REST API and its {@code qm}. They follow what is documented of 7.4, 8.4 and 9.0
 * (parameters accepted and refused, forms of errors, life of tasks, paging of logs, HA, locks, 595) and move nothing.
 */
package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;
