package io.jenkins.plugins.livemigration.engine.journal;

import java.time.Instant;

/**
 * One line of a journal.
 *
 * @param sequence from 1, without gaps
 * @param nanos since the run's start, monotonic
 * @param at wall time
 */
public record JournalEntry(long sequence, long nanos, Instant at, JournalEvent event) {}
