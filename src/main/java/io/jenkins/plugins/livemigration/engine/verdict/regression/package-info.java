/**
 * Whether a build got worse than its baseline: the baseline's model, the rule, and what is said about it. docs/verdict.md
 * derives the rule.
 */
@NullMarked
package io.jenkins.plugins.livemigration.engine.verdict.regression;

import org.jspecify.annotations.NullMarked;
