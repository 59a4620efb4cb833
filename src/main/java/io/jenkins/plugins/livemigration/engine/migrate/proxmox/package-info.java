/** Migrates guests between the nodes of a Proxmox VE cluster. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import org.jspecify.annotations.NullMarked;
