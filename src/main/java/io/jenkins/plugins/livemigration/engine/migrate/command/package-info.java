/** Migrates with shell commands of the user's. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.migrate.command;

import org.jspecify.annotations.NullMarked;
