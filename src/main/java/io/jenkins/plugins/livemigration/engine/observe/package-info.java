/** Watching the workload from outside: probes, outage detection, quality of service. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.observe;

import org.jspecify.annotations.NullMarked;
