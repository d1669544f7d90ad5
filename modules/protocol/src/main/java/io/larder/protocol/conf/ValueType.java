package io.larder.protocol.conf;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/// How the text of a value becomes a typed value.
///
/// @param <T> the typed value
/// @param name the word for documents: `bool`, `size`, …
/// @param allowed what is accepted, in words
/// @param reader turns text into a value; throws [IllegalArgumentException] or
///     [io.larder.protocol.MalformedException] with the reason
/// @param remark something to say about a text that is accepted but odd
public record ValueType<T>(
    String name,
    String allowed,
    Function<String, T> reader,
    Function<String, Optional<String>> remark) {
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "1");
  private static final Set<String> FALSE = Set.of("false", "no", "off", "0");

  /// `true`, `yes`, `on` or `1`; anything else is false, as in the reference.
  public static final ValueType<Boolean> BOOL =
      new ValueType<>(
          "bool",
          "true or false (also yes, no, on, off, 1, 0)",
          text -> TRUE.contains(text.toLowerCase(Locale.ROOT)),
          text ->
              TRUE.contains(text.toLowerCase(Locale.ROOT))
                      || FALSE.contains(text.toLowerCase(Locale.ROOT))
                  ? Optional.empty()
                  : Optional.of("'" + text + "' is read as false"));

  /// A number of bytes with an optional unit.
  public static final ValueType<ByteSize> SIZE =
      of("size", "a number with an optional unit K, M, G or T", ByteSize::parse);

  /// A size or a percentage.
  public static final ValueType<ReservedSpace> RESERVED =
      of(
          "size or %",
          "a size such as 10GB, or a percentage above 0% and below 100%", ReservedSpace::parse);

  /// A time of the day.
  public static final ValueType<LocalTime> TIME =
      of("time", "H:M or H:M:S, 0-23 and 0-59", ValueType::time);

  /// A port to listen on; 0 lets the system choose.
  public static final ValueType<Integer> PORT = integer(0, 65535);

  /// A span of time in whole seconds.
  public static final ValueType<Duration> SECONDS = span("seconds", 0, Duration::ofSeconds);

  /// A span of time in whole seconds, at least one.
  public static final ValueType<Duration> POSITIVE_SECONDS =
      span("seconds", 1, Duration::ofSeconds);

  /// A span of time in whole milliseconds.
  public static final ValueType<Duration> MILLIS = span("milliseconds", 0, Duration::ofMillis);

  /// A file or folder; a slash at the end is removed.
  public static final ValueType<String> PATH = of("path", "a path", ValueType::withoutSlash);

  /// Any text.
  public static final ValueType<String> TEXT = of("text", "a text", text -> text);

  /// A type without remarks.
  public static <T> ValueType<T> of(String name, String allowed, Function<String, T> reader) {
    return new ValueType<>(name, allowed, reader, text -> Optional.empty());
  }

  /// Decimal numbers of a range.
  public static ValueType<Integer> integer(int min, int max) {
    String allowed = max == Integer.MAX_VALUE ? "a number from " + min : min + " to " + max;
    return of("int", allowed, text -> Math.toIntExact(number(text, min, max)));
  }

  /// Text up to a number of bytes.
  public static ValueType<String> text(int bytesMax) {
    return of(
        "text",
        "up to " + bytesMax + " bytes",
        text -> {
          if (text.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
            throw new IllegalArgumentException("longer than " + bytesMax + " bytes");
          }
          return text;
        });
  }

  /// One of the constants of an enum, written as one of its words in any case.
  ///
  /// @param words the words of a constant, separated by `|`, the usual one first
  public static <E extends Enum<E>> ValueType<E> choice(Class<E> type, Function<E, String> words) {
    E[] constants = type.getEnumConstants();
    String allowed =
        Arrays.stream(constants)
            .flatMap(c -> Arrays.stream(words.apply(c).split("\\|", -1)))
            .collect(Collectors.joining(", "));
    return of(
        "choice",
        allowed,
        text ->
            Arrays.stream(constants)
                .filter(c ->
                    Arrays.asList(words.apply(c).split("\\|", -1)).stream()
                        .anyMatch(text::equalsIgnoreCase))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown word")));
  }

  /// One of the constants of an enum, written as its number.
  public static <E extends Enum<E>> ValueType<E> numbered(Class<E> type, ToIntFunction<E> number) {
    return choice(type, constant -> Integer.toString(number.applyAsInt(constant)));
  }

  /// The same type with another description of what is allowed.
  public ValueType<T> allowing(String words) {
    return new ValueType<>(name, words, reader, remark);
  }

  /// The same type that says something about texts that are accepted but odd.
  public ValueType<T> remarking(Function<String, Optional<String>> about) {
    return new ValueType<>(name, allowed, reader, about);
  }

  private static ValueType<Duration> span(String unit, long min, Function<Long, Duration> make) {
    return of(
        unit,
        "a number of " + unit + " from " + min,
        text -> make.apply(number(text, min, Integer.MAX_VALUE)));
  }

  static long number(String text, long min, long max) {
    if (!text.matches("[+-]?\\d{1,18}")) {
      throw new IllegalArgumentException("not a number");
    }
    long number = Long.parseLong(text);
    if (number < min || number > max) {
      throw new IllegalArgumentException("out of range");
    }
    return number;
  }

  private static LocalTime time(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw new IllegalArgumentException("not a time");
    }
    int hour = (int) number(parts[0].trim(), 0, 23);
    int minute = (int) number(parts[1].trim(), 0, 59);
    int second = parts.length == 3 ? (int) number(parts[2].trim(), 0, 59) : 0;
    return LocalTime.of(hour, minute, second);
  }

  private static String withoutSlash(String text) {
    String path = text;
    while (path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path;
  }
}
