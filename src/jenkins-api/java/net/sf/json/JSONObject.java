package net.sf.json;

public final class JSONObject {
    public Object opt(String key) {
        return key;
    }

    public Object put(String key, Object value) {
        return value;
    }

    public Object remove(String key) {
        return null;
    }
}
