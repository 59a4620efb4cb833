/** Categories, limits, baselines, and the sentence that explains a verdict. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.verdict;

import org.jspecify.annotations.NullMarked;
