/** The command line: one class per command. */
package io.jenkins.plugins.livemigration.engine.cli;
