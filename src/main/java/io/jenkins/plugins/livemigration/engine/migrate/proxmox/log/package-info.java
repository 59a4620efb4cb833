/** Reads migration task logs of Proxmox VE 3.x to 9.x. Pure functions of the text. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import org.jspecify.annotations.NullMarked;
