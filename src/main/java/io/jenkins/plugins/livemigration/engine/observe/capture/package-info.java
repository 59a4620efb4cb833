/** Reads packet captures (pcap and pcapng) as a stream, in constant memory, and says what they show. */
@NullMarked
package io.jenkins.plugins.livemigration.engine.observe.capture;

import org.jspecify.annotations.NullMarked;
