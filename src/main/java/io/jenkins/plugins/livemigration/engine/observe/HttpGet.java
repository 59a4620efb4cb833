package io.jenkins.plugins.livemigration.engine.observe;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;

/**
 * One GET (HTTP/1.1, RFC 9112, {@code Connection: close}). The reply is a status line with a status below 500; the rest of
 * the answer is read and dropped, so that the service sees an orderly end.
 */
final class HttpGet implements ConnectionProbe.Exchange {
    private static final int STATUS_LINE_START = "HTTP/1.1 200".length();
    private static final int REST_BYTES = 8192;

    private final ByteBuffer request;
    private final ByteBuffer statusLine = ByteBuffer.allocate(STATUS_LINE_START);
    private final ByteBuffer rest;
    private boolean replied;

    /**
     * @param request of {@link #request(URI)}
     * @param rest scratch space for what nobody reads, shared by the exchanges of one probe
     */
    HttpGet(byte[] request, ByteBuffer rest) {
        this.request = ByteBuffer.wrap(request);
        this.rest = rest;
    }

    static ByteBuffer scratch() {
        return ByteBuffer.allocateDirect(REST_BYTES);
    }

    /** The request's bytes. */
    static byte[] request(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
        return ("GET " + path + query + " HTTP/1.1\r\nHost: " + host
                        + "\r\nUser-Agent: live-migration-benchmark\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int connected() {
        return SelectionKey.OP_WRITE;
    }

    @Override
    public int ready(ByteChannel channel) throws IOException {
        if (request.hasRemaining()) {
            channel.write(request);
            return request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        }
        if (statusLine.hasRemaining()) {
            if (channel.read(statusLine) < 0) {
                return 0;
            }
            if (!statusLine.hasRemaining()) {
                replied = status() < 500;
            }
            return SelectionKey.OP_READ;
        }
        rest.clear();
        return channel.read(rest) < 0 ? 0 : SelectionKey.OP_READ;
    }

    @Override
    public boolean replied() {
        return replied;
    }

    /** The status, or 599 if this is not HTTP. */
    private int status() {
        String line = new String(statusLine.array(), StandardCharsets.US_ASCII);
        return line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]") ? Integer.parseInt(line.substring(9), 10) : 599;
    }
}
