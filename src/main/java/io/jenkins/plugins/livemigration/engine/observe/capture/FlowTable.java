package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of a capture, found by addresses and ports, either way round. A TCP connection that uses the addresses
 * and ports of an earlier one is a conversation of its own; later packets are the newest one's. So many conversations and no
 * more are followed; packets of others are only counted, which keeps the memory constant.
 */
final class FlowTable {
    /** How many conversations are followed. */
    static final int MOST_FLOWS = 1 << 16;

    private static final int FIRST_SLOTS = 1 << 10;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final List<Flow> flows = new ArrayList<>();
    private @Nullable Flow[] slots = new Flow[FIRST_SLOTS];
    private int used;

    /** The conversation of a packet, a new one if need be; null if there are too many already. */
    @Nullable
    Flow find(Packet packet) {
        int slot = slot(packet);
        Flow found = slots[slot];
        if (found != null && !found.reusedBy(packet)) {
            return found;
        }
        if (flows.size() == MOST_FLOWS) {
            return null;
        }
        Flow flow = new Flow(flows.size(), packet);
        flows.add(flow);
        slots[slot] = flow;
        if (found == null && ++used * 2 > slots.length) {
            grow();
        }
        return flow;
    }

    /** All conversations, in order of their first packets. */
    List<Flow> all() {
        return Collections.unmodifiableList(flows);
    }

    private int slot(Packet packet) {
        int mask = slots.length - 1;
        int slot = hash(
                        packet.protocol,
                        packet.sourceHigh,
                        packet.sourceLow,
                        packet.sourcePort,
                        packet.targetHigh,
                        packet.targetLow,
                        packet.targetPort)
                & mask;
        for (Flow flow = slots[slot]; flow != null && !flow.matches(packet); flow = slots[slot]) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        @Nullable Flow[] old = slots;
        slots = new Flow[old.length * 2];
        int mask = slots.length - 1;
        for (Flow flow : old) {
            if (flow != null) {
                int slot = flow.hash() & mask;
                while (slots[slot] != null) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = flow;
            }
        }
    }

    /** The same for both directions. */
    static int hash(int protocol, long aHigh, long aLow, int aPort, long bHigh, long bLow, int bPort) {
        long a = ((aHigh ^ aPort) * MIX ^ aLow) * MIX;
        long b = ((bHigh ^ bPort) * MIX ^ bLow) * MIX;
        long both = (a ^ a >>> 32) + (b ^ b >>> 32) + protocol;
        both *= MIX;
        return (int) (both >>> 32);
    }
}
