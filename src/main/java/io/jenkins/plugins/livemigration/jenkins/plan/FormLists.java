package io.jenkins.plugins.livemigration.jenkins.plan;

import java.util.Arrays;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** Lists of names, which a form shows as a text with one name a line. */
public final class FormLists {
    private FormLists() {}

    /** Turns each of these fields from such a text into a list; one that is a list already stays. */
    public static JSONObject split(JSONObject form, String... fields) {
        for (String field : fields) {
            if (form.opt(field) instanceof String text) {
                form.put(field, JSONArray.fromObject(lines(text)));
            }
        }
        return form;
    }

    /** Takes away the fields that were left empty, where an empty text would be understood as "no". */
    public static JSONObject withoutEmpty(JSONObject form, String... fields) {
        for (String field : fields) {
            if ("".equals(form.opt(field))) {
                form.remove(field);
            }
        }
        return form;
    }

    /** A list as a form shows it: one a line. */
    public static String text(@Nullable List<String> names) {
        return names == null ? "" : String.join("\n", names);
    }

    /** Lines and words separated by commas, without what is empty. */
    public static String[] lines(String text) {
        return Arrays.stream(text.split("[\\n\\r,]+"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toArray(String[]::new);
    }
}
