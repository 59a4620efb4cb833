/** What to run: the plan's records, its parser and its validation. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.plan;

import org.jspecify.annotations.NullMarked;
