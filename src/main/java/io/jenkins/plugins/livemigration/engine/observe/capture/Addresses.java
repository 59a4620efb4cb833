package io.jenkins.plugins.livemigration.engine.observe.capture;

/** IP addresses as people write them. */
final class Addresses {
    private static final int GROUPS = 8;

    private Addresses() {}

    /** Four bytes with dots, sixteen as RFC 5952 wants it: the longest run of zero groups is left out. */
    static String text(byte[] address) {
        if (address.length == 4) {
            StringBuilder dotted = new StringBuilder();
            for (byte part : address) {
                dotted.append(dotted.length() == 0 ? "" : ".").append(part & 0xFF);
            }
            return dotted.toString();
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xFF) << 8 | (address[2 * i + 1] & 0xFF);
        }
        int gapAt = -1;
        int gap = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = 0;
            while (i + zeros < GROUPS && groups[i + zeros] == 0) {
                zeros++;
            }
            if (zeros > gap) {
                gapAt = i;
                gap = zeros;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapAt) {
                text.append("::");
                i += gap - 1;
            } else {
                if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
