package io.jenkins.plugins.livemigration.jenkins.step;

import java.util.Arrays;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Lists of names, which a form shows as a text with one name a line. */
final class FormLists {
    private FormLists() {}

    /** Turns each of these fields from such a text into a list; one that is a list already stays. */
    static JSONObject split(JSONObject form, String... fields) {
        for (String field : fields) {
            if (form.opt(field) instanceof String text) {
                form.put(field, JSONArray.fromObject(lines(text)));
            }
        }
        return form;
    }

    /** Lines and words separated by commas, without what is empty. */
    static String[] lines(String text) {
        return Arrays.stream(text.split("[\\n\\r,]+"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toArray(String[]::new);
    }
}
