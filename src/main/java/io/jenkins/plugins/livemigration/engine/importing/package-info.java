/** Figures that others measured, turned into results. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.importing;

import org.jspecify.annotations.NullMarked;
