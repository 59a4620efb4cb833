/** Driving migrations: the contract that every platform's driver keeps. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.migrate;

import org.jspecify.annotations.NullMarked;
