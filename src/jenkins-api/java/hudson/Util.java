package hudson;

import java.io.File;
import java.io.IOException;

public class Util {
    public static void deleteRecursive(File folder) throws IOException {}

    public static String fixEmptyAndTrim(String text) {
        return text;
    }

    public static String escape(String text) {
        return text;
    }
}
