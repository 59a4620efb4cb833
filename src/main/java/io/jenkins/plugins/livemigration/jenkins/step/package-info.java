/** The step and the build step: parameters, launching and following the engine, the gate. */
@NullMarked
package io.jenkins.plugins.livemigration.jenkins.step;

import org.jspecify.annotations.NullMarked;
