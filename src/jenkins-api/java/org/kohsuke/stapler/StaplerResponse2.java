package org.kohsuke.stapler;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;

public interface StaplerResponse2 {
    void sendError(int status) throws IOException;

    void setContentType(String type);

    void setHeader(String name, String value);

    ServletOutputStream getOutputStream() throws IOException;
}
