/** The model of what was measured, derived from a journal by a pure function. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.result;

import org.jspecify.annotations.NullMarked;
