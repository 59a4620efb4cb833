package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Builds frames byte by byte, so that tests know exactly what a capture holds. */
final class Frames {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;

    private Frames() {}

    /** An end of a conversation. */
    record End(String address, int port) {
        byte[] bytes() {
            try {
                return InetAddress.getByName(address).getAddress();
            } catch (UnknownHostException notAnAddress) {
                throw new IllegalArgumentException(notAnAddress);
            }
        }
    }

    static byte[] tcp(End from, End to, int sequence, int acknowledged, int flags, int window, int payload) {
        ByteBuffer segment = ByteBuffer.allocate(20 + payload);
        segment.putShort((short) from.port()).putShort((short) to.port());
        segment.putInt(sequence).putInt(acknowledged);
        segment.put((byte) 0x50).put((byte) flags).putShort((short) window);
        return ip(from, to, 6, segment.array());
    }

    static byte[] udp(End from, End to, byte[] payload) {
        ByteBuffer datagram = ByteBuffer.allocate(8 + payload.length);
        datagram.putShort((short) from.port()).putShort((short) to.port());
        datagram.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
        return ip(from, to, 17, datagram.array());
    }

    /** A request or reply of our own probe. */
    static byte[] probe(End from, End to, int slot, long token) {
        return udp(
                from,
                to,
                ByteBuffer.allocate(24)
                        .putInt(ProbeStream.MAGIC)
                        .putInt(slot)
                        .putLong(token)
                        .array());
    }

    private static byte[] ip(End from, End to, int protocol, byte[] transport) {
        byte[] source = from.bytes();
        byte[] target = to.bytes();
        ByteBuffer packet = ByteBuffer.allocate((source.length == 4 ? 20 : 40) + transport.length);
        if (source.length == 4) {
            packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity());
            packet.putInt(0).put((byte) 64).put((byte) protocol).putShort((short) 0);
        } else {
            packet.putInt(0x60000000).putShort((short) transport.length);
            packet.put((byte) protocol).put((byte) 64);
        }
        return packet.put(source).put(target).put(transport).array();
    }

    /** Puts an IP packet into Ethernet, with VLAN tags if there are any. */
    static byte[] ethernet(byte[] packet, int... vlans) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2});
        for (int vlan : vlans) {
            frame.writeBytes(new byte[] {(byte) 0x81, 0, (byte) (vlan >> 8), (byte) vlan});
        }
        frame.writeBytes(packet[0] >> 4 == 4 ? new byte[] {8, 0} : new byte[] {(byte) 0x86, (byte) 0xDD});
        frame.writeBytes(packet);
        return frame.toByteArray();
    }

    /** Puts an IP packet into a Linux cooked capture. */
    static byte[] cooked(byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(16 + packet.length);
        frame.putShort((short) 0).putShort((short) 1).putShort((short) 6).putLong(0);
        frame.putShort((short) (packet[0] >> 4 == 4 ? 0x0800 : 0x86DD));
        return frame.put(packet).array();
    }
}
