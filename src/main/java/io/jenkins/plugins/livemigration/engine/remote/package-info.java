/** The ways out to hosts and platforms: SSH, local processes, HTTP; quoting and time-outs. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.remote;

import org.jspecify.annotations.NullMarked;
