/** Moves Podman containers from host to host with CRIU. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.migrate.podman;

import org.jspecify.annotations.NullMarked;
