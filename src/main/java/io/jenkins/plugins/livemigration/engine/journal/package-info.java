/** The append-only record that the engine writes while it runs. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.journal;

import org.jspecify.annotations.NullMarked;
