package hudson.util;

import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;

public abstract class FormValidation extends IOException implements HttpResponse {
    public static FormValidation error(String message) {
        return null;
    }

    public static FormValidation ok() {
        return null;
    }

    public static FormValidation ok(String message) {
        return null;
    }

    public static FormValidation warning(String message) {
        return null;
    }

    public static FormValidation errorWithMarkup(String markup) {
        return null;
    }

    public static FormValidation okWithMarkup(String markup) {
        return null;
    }

    public static FormValidation warningWithMarkup(String markup) {
        return null;
    }
}
