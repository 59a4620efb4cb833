/** Statistics that no library at hand has, small and each with the source of its formula; they know nothing of results. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import org.jspecify.annotations.NullMarked;
