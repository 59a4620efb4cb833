/** The benchmark engine: plain Java that knows no Jenkins type. */
package io.jenkins.plugins.livemigration.engine;
