/** A build's results: what is stored, its page, and what is published. */
@NullMarked
package io.jenkins.plugins.livemigration.jenkins.build;

import org.jspecify.annotations.NullMarked;
