package io.jenkins.plugins.livemigration.jenkins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of the step in a pipeline's script, as far as examples go: texts, whole numbers, truths, lists, mappings and symbols
 * with named arguments.
 */
record ScriptCall(String place, Map<String, Object> arguments) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Something like {@code udp(port: 7)}. */
    record Symbol(String name, Map<String, Object> arguments) {}

    /** The calls in a text that say something: {@code liveMigrationBenchmark(...)} does not. */
    static List<ScriptCall> in(String place, String text) {
        List<ScriptCall> calls = new ArrayList<>();
        Matcher call = Pattern.compile("liveMigrationBenchmark\\((?!\\.)").matcher(text);
        while (call.find()) {
            calls.add(new ScriptCall(place, new Reader(text, call.end()).arguments(')')));
        }
        return calls;
    }

    /** The arguments in the plan's form. */
    JsonNode json() {
        return json(arguments);
    }

    private static JsonNode json(Object value) {
        if (value instanceof Symbol symbol) {
            return JSON.createObjectNode().set(symbol.name(), json(symbol.arguments()));
        } else if (value instanceof Map<?, ?> mapping) {
            ObjectNode node = JSON.createObjectNode();
            mapping.forEach((name, one) -> node.set(String.valueOf(name), json(one)));
            return node;
        } else if (value instanceof List<?> list) {
            return JSON.createArrayNode()
                    .addAll(list.stream().map(ScriptCall::json).toList());
        }
        return JSON.valueToTree(value);
    }

    @Override
    public String toString() {
        return place + ": " + arguments.get("name");
    }

    private static final class Reader {
        private static final Pattern SPACE = Pattern.compile("(\\s|//[^\\n]*)*");
        private static final Pattern WORD = Pattern.compile("[A-Za-z]\\w*");
        private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*\\s*:");
        private static final Pattern TEXT = Pattern.compile("'([^']*)'");
        private static final Pattern NUMBER = Pattern.compile("[0-9]+");

        private final String text;
        private int at;

        Reader(String text, int at) {
            this.text = text;
            this.at = at;
        }

        Map<String, Object> arguments(char end) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            while (!skipped(end)) {
                String name = token(WORD);
                expect(':');
                arguments.put(name, value());
                skipped(',');
            }
            return arguments;
        }

        private Object value() {
            if (skipped('[')) {
                return listOrMapping();
            }
            if (text.charAt(at) == '\'') {
                String quoted = token(TEXT);
                return quoted.substring(1, quoted.length() - 1);
            }
            if (Character.isDigit(text.charAt(at))) {
                return Integer.valueOf(token(NUMBER));
            }
            String word = token(WORD);
            if (word.equals("true") || word.equals("false")) {
                return Boolean.valueOf(word);
            }
            expect('(');
            return new Symbol(word, arguments(')'));
        }

        private Object listOrMapping() {
            skipSpace();
            if (NAME.matcher(text).region(at, text.length()).lookingAt()) {
                return arguments(']');
            }
            List<Object> list = new ArrayList<>();
            while (!skipped(']')) {
                list.add(value());
                skipped(',');
            }
            return list;
        }

        private void skipSpace() {
            Matcher space = SPACE.matcher(text).region(at, text.length());
            at = space.lookingAt() ? space.end() : at;
        }

        private boolean skipped(char wanted) {
            skipSpace();
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char wanted) {
            if (!skipped(wanted)) {
                throw new IllegalArgumentException("no " + wanted + " at: " + text.substring(at));
            }
        }

        private String token(Pattern pattern) {
            Matcher token = pattern.matcher(text).region(at, text.length());
            if (!token.lookingAt()) {
                throw new IllegalArgumentException("no " + pattern + " at: " + text.substring(at));
            }
            at = token.end();
            return token.group();
        }
    }
}
