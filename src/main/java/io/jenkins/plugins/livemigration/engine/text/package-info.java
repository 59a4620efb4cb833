/** Text that people read, kept as key and arguments and rendered in the reader's language. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.text;

import org.jspecify.annotations.NullMarked;
