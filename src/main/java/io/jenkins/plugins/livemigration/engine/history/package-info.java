/** Earlier runs on disk: which of them a run is compared with, and what people decided about them. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.history;

import org.jspecify.annotations.NullMarked;
