package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a document may be at most. No plan comes near these limits; what exceeds them is not one. */
final class DocumentLimits {
    static final int BYTES = 1 << 20;
    static final int DEPTH = 32;
    static final int VALUES = 20_000;
    static final int NUMBER_LENGTH = 30;

    private DocumentLimits() {}

    /** The document as text. */
    static String decode(byte[] document) throws UnreadableException {
        if (document.length > BYTES) {
            throw tooLarge();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException notText) {
            throw new UnreadableException(
                    "", Optional.empty(), new Fault(Message.of("plan.notUtf8"), Message.of("plan.saveAsUtf8")));
        }
    }

    static UnreadableException tooLarge() {
        return new UnreadableException(
                "", Optional.empty(), new Fault(Message.of("plan.tooLarge"), Message.of("plan.keepItSmall")));
    }

    static UnreadableException tooDeep(String path, Optional<Integer> line) {
        return new UnreadableException(
                path, line, new Fault(Message.of("plan.tooDeep", DEPTH), Message.of("plan.nestLess")));
    }

    static UnreadableException tooManyValues(String path, Optional<Integer> line) {
        return new UnreadableException(
                path, line, new Fault(Message.of("plan.tooManyValues", VALUES), Message.of("plan.writeItOut")));
    }

    static UnreadableException syntax(Optional<Integer> line, String problem) {
        return new UnreadableException(
                "",
                line,
                new Fault(Message.of("plan.syntax", Faults.shown(problem, 200)), Message.of("plan.correctSyntax")));
    }

    static Fault duplicateKey(Optional<Integer> first) {
        return new Fault(
                first.isPresent()
                        ? Message.of("plan.duplicateKeyOfLine", first.get())
                        : Message.of("plan.duplicateKey"),
                Message.of("plan.removeOne"));
    }
}
