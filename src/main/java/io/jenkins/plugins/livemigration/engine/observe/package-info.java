/**
 * Watching the workload from outside: probes, outage detection, quality of service.
 *
 * <p>Three parts that meet only in {@link io.jenkins.plugins.livemigration.engine.observe.ProbeTrace}: live probes, which
 * write files ({@link io.jenkins.plugins.livemigration.engine.observe.SystemProbes}); the file format
 * ({@link io.jenkins.plugins.livemigration.engine.observe.ProbeFile}); and pure functions from traces to figures
 * ({@link io.jenkins.plugins.livemigration.engine.observe.SampleObserver}).
 */
@NullMarked
package io.jenkins.plugins.livemigration.engine.observe;

import org.jspecify.annotations.NullMarked;
