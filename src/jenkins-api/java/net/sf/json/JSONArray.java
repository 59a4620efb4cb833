package net.sf.json;

public final class JSONArray {
    public static JSONArray fromObject(Object object) {
        return new JSONArray();
    }
}
