package com.thoughtworks.xstream;

public class XStream {
    public void alias(String name, Class<?> type) {}
}
