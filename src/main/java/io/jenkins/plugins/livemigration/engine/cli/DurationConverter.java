package io.jenkins.plugins.livemigration.engine.cli;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line: {@code 60s}, {@code 500 ms}, {@code 2 min}, {@code 1 h}. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ?(ms|s|min|h)");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1000L, "min", 60_000L, "h", 3_600_000L);

    @Override
    public Duration convert(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        Long unit = matcher.matches() ? MILLIS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new TypeConversionException("'" + text + "' is not a time; right would be 60s, 500ms, 2min or 1h");
        }
        return Duration.ofMillis(Long.parseLong(matcher.group(1)) * unit);
    }
}
