/** The Jenkins side: a thin adapter that configures, launches and follows the engine, and publishes its results. */
@NullMarked
package io.jenkins.plugins.livemigration.jenkins;

import org.jspecify.annotations.NullMarked;
