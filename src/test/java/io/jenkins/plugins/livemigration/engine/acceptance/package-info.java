/**
 * Tests that drive the packaged engine as a process of its own, from outside, on real migrations in the lab: what a user
 * would do and see.
 */
package io.jenkins.plugins.livemigration.engine.acceptance;
