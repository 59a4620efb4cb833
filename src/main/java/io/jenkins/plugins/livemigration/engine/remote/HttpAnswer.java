package io.jenkins.plugins.livemigration.engine.remote;

import java.time.Instant;
import java.util.Optional;

/** What became of an HTTP request. */
public sealed interface HttpAnswer {

    /**
     * The server answered, whatever it said.
     *
     * @param reason the reason phrase of the status line
     * @param date by the server's clock, whole seconds, where it says
     */
    record Answered(int status, String reason, String body, Optional<Instant> date) implements HttpAnswer {}

    /**
     * No answer, or not the whole of it.
     *
     * @param sent whether the request may have reached the server, which then may have done what was asked
     * @param certificate whether the server's certificate was refused: trying again is of no use
     * @param why for people
     */
    record Unanswered(boolean sent, boolean certificate, String why) implements HttpAnswer {}
}
