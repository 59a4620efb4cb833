/** A job's history: its index, the trend, the list view's column. */
@NullMarked
package io.jenkins.plugins.livemigration.jenkins.job;

import org.jspecify.annotations.NullMarked;
