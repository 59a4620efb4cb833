package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.nio.ByteBuffer;

/**
 * What the headers of a frame say. One object serves for all frames of a file.
 *
 * <p>Understood are Ethernet with VLAN tags, Linux cooked captures (both), BSD's loopback and raw IP; IPv4 and IPv6 with
 * extension headers; TCP and UDP. Tunnels are not looked into. Fragments of IP packets behind the first carry no ports;
 * they, and first fragments, belong to no flow.
 */
final class Packet {
    static final int TCP = 6;
    static final int UDP = 17;

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int VLAN = 0x8100;
    private static final int VLAN_OUTER = 0x88A8;
    private static final int VLAN_OLD = 0x9100;

    /** {@link #TCP}, {@link #UDP}, or 0 for everything else. */
    int protocol;

    boolean fragment;
    /** Addresses: of IPv4 the upper half is {@link #V4_MARK}. */
    long sourceHigh;

    long sourceLow;
    long targetHigh;
    long targetLow;
    int sourcePort;
    int targetPort;

    int sequence;
    int acknowledged;
    int flags;
    int window;
    /** Bytes of TCP's or UDP's payload on the wire; more than was captured, if that was cut. */
    int payload;
    /** Where the payload begins in the frame, and how much of it was captured. */
    int payloadAt;

    int payloadCaptured;

    /** Marks the upper half of an IPv4 address; no IPv6 address begins so (it would be ::ffff:0:0:0:0, unused). */
    static final long V4_MARK = 0x0000_FFFF_0000_0000L;

    /** Reads the headers. What is cut off or unknown leaves {@link #protocol} 0. */
    void read(Frame frame) {
        protocol = 0;
        fragment = false;
        switch (frame.linkType) {
            case 1 -> ethernet(frame, 12);
            case 113 -> ethernet(frame, 14);
            case 276 -> typed(frame, 0, 20);
            case 12, 14, 101, 228, 229 -> raw(frame, 0);
            case 0, 108 -> raw(frame, 4);
            default -> {
                // A link layer without IP, or one that nobody captured a workload on yet.
            }
        }
    }

    /** The type at {@code at}, with VLAN tags before the one that counts. */
    private void ethernet(Frame frame, int at) {
        int typeAt = at;
        while (typeAt + 2 <= frame.captured) {
            int type = frame.unsignedShort(typeAt);
            if (type != VLAN && type != VLAN_OUTER && type != VLAN_OLD) {
                network(frame, type, typeAt + 2);
                return;
            }
            typeAt += 4;
        }
    }

    private void typed(Frame frame, int typeAt, int from) {
        if (from <= frame.captured) {
            network(frame, frame.unsignedShort(typeAt), from);
        }
    }

    private void raw(Frame frame, int from) {
        if (from < frame.captured) {
            int version = frame.unsignedByte(from) >> 4;
            network(frame, version == 4 ? IPV4 : version == 6 ? IPV6 : 0, from);
        }
    }

    private void network(Frame frame, int type, int from) {
        if (type == IPV4) {
            version4(frame, from);
        } else if (type == IPV6) {
            version6(frame, from);
        }
    }

    private void version4(Frame frame, int from) {
        if (from + 20 > frame.captured) {
            return;
        }
        int headerBytes = (frame.unsignedByte(from) & 0x0F) * 4;
        int total = frame.unsignedShort(from + 2);
        if (headerBytes < 20) {
            return;
        }
        if ((frame.unsignedShort(from + 6) & 0x3FFF) != 0) {
            fragment = true;
            return;
        }
        sourceHigh = V4_MARK;
        targetHigh = V4_MARK;
        sourceLow = frame.integer(from + 12) & 0xFFFFFFFFL;
        targetLow = frame.integer(from + 16) & 0xFFFFFFFFL;
        // Segmentation offload leaves the length 0: then the frame's own counts.
        int length = total == 0 ? frame.length - from : Math.min(total, frame.length - from);
        transport(frame, frame.unsignedByte(from + 9), from + headerBytes, length - headerBytes);
    }

    private void version6(Frame frame, int from) {
        if (from + 40 > frame.captured) {
            return;
        }
        int stated = frame.unsignedShort(from + 4);
        int end = stated == 0 ? frame.length : Math.min(frame.length, from + 40 + stated);
        int next = frame.unsignedByte(from + 6);
        int at = from + 40;
        while (next == 0 || next == 43 || next == 60 || next == 44 || next == 51) {
            if (at + 8 > frame.captured) {
                return;
            }
            if (next == 44 && (frame.unsignedShort(at + 2) & 0xFFF9) != 0) {
                fragment = true;
                return;
            }
            int size = next == 44
                    ? 8
                    : next == 51 ? (frame.unsignedByte(at + 1) + 2) * 4 : (frame.unsignedByte(at + 1) + 1) * 8;
            next = frame.unsignedByte(at);
            at += size;
        }
        sourceHigh = frame.longInteger(from + 8);
        sourceLow = frame.longInteger(from + 16);
        targetHigh = frame.longInteger(from + 24);
        targetLow = frame.longInteger(from + 32);
        transport(frame, next, at, end - at);
    }

    private void transport(Frame frame, int kind, int at, int length) {
        if (kind == TCP && at + 20 <= frame.captured && length >= 20) {
            int headerBytes = (frame.unsignedByte(at + 12) >> 4) * 4;
            if (headerBytes < 20 || headerBytes > length) {
                return;
            }
            sequence = frame.integer(at + 4);
            acknowledged = frame.integer(at + 8);
            flags = frame.unsignedByte(at + 13);
            window = frame.unsignedShort(at + 14);
            ports(frame, TCP, at, headerBytes, length);
        } else if (kind == UDP && at + 8 <= frame.captured && length >= 8) {
            ports(frame, UDP, at, 8, length);
        }
    }

    private void ports(Frame frame, int kind, int at, int headerBytes, int length) {
        protocol = kind;
        sourcePort = frame.unsignedShort(at);
        targetPort = frame.unsignedShort(at + 2);
        payload = length - headerBytes;
        payloadAt = at + headerBytes;
        payloadCaptured = Math.max(0, Math.min(payload, frame.captured - payloadAt));
    }

    /** An address as people write it (RFC 5952 for IPv6). */
    static String address(long high, long low) {
        ByteBuffer bytes = high == V4_MARK
                ? ByteBuffer.allocate(4).putInt((int) low)
                : ByteBuffer.allocate(16).putLong(high).putLong(low);
        return Addresses.text(bytes.array());
    }
}
