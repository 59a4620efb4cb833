package io.jenkins.plugins.livemigration.engine.journal;

/**
 * A probe's records of one sample, kept beside the journal because they are thousands a second.
 *
 * @param file relative to the run's folder
 * @param length in bytes; what follows was torn by a crash
 * @param sha256 of that many bytes, in hex
 */
public record SideFile(String probe, String file, long length, String sha256) {}
