package io.larder.protocol.conf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One reading of a conf file: choices, repetitions, then line by line (S2 §7.0).
///
/// An object for one use by one thread. Every line either becomes an item, is a comment, or leaves a
/// warning; nothing is dropped silently and no command is ever run.
final class ConfReader {
  static final int KEY_BYTES_MAX = 63;
  static final int VALUE_BYTES_MAX = 255;
  static final int INCLUDE_DEPTH_MAX = 16;
  static final int INCLUDES_MAX = 256;

  private static final String INCLUDE = "#include";
  private static final String FUNCTION = "#@function";

  private final ConfSource source;
  private final String outermost;
  private final List<ConfItem> items = new ArrayList<>();
  private final List<ConfProblem> problems = new ArrayList<>();
  private final ConfVariables variables;
  private final ConfSelection selection;
  private final ConfRepetition repetition;
  private final ConfFunctions functions;
  private String section = "";
  private @Nullable String function;
  private int includes;

  ConfReader(ConfSource source, String outermost) {
    this.source = source;
    this.outermost = outermost;
    this.variables = new ConfVariables(source);
    this.selection = new ConfSelection(variables, problems);
    this.repetition = new ConfRepetition(problems);
    this.functions = new ConfFunctions(source, variables, problems);
  }

  ConfFile read() {
    Origin.InFile whole = new Origin.InFile(outermost, 0);
    readFile(outermost, load(outermost, whole, "conf file", ""), 0);
    return new ConfFile(outermost, items, problems);
  }

  private String load(String file, Origin.InFile from, String key, String value) {
    try {
      return source.read(file);
    } catch (IOException e) {
      throw new ConfException(
          from, key, value, "cannot read " + file + ": " + e.getMessage(), "a readable file");
    }
  }

  private void readFile(String file, String text, int depth) {
    List<ConfLine> lines = repetition.repeat(selection.select(ConfLine.split(file, text)));
    for (ConfLine line : lines) {
      if (line.text().startsWith("#")) {
        directive(line, depth);
      } else if (!line.text().isEmpty()) {
        headerOrItem(line);
      }
    }
  }

  private void directive(ConfLine line, int depth) {
    if (isInclude(line.text())) {
      include(line, depth);
    } else if (line.isTag(FUNCTION)) {
      function = line.after(FUNCTION);
    } else if (line.isTag("#@add_annotation")) {
      problems.add(
          ConfProblem.warning(line.at(), "#@add_annotation", "ignored: no library is ever loaded"));
    } else {
      variables.set(line, problems);
    }
  }

  private static boolean isInclude(String text) {
    return text.length() > INCLUDE.length()
        && text.regionMatches(true, 0, INCLUDE, 0, INCLUDE.length())
        && ConfLine.isBlank(text.charAt(INCLUDE.length()));
  }

  private void include(ConfLine line, int depth) {
    String name = line.after(INCLUDE);
    String scheme = name.toLowerCase(Locale.ROOT);
    if (scheme.startsWith("http://") || scheme.startsWith("https://")) {
      throw new ConfException(
          line.at(), INCLUDE, name, "settings are never fetched over the network", "a local file");
    }
    includes++;
    if (depth >= INCLUDE_DEPTH_MAX || includes > INCLUDES_MAX) {
      throw new ConfException(
          line.at(),
          INCLUDE,
          name,
          "too many includes, perhaps a file includes itself",
          "at most " + INCLUDE_DEPTH_MAX + " deep and " + INCLUDES_MAX + " in all");
    }
    String local = scheme.startsWith("file://") ? name.substring("file://".length()) : name;
    String file = source.resolve(outermost, local);
    section = "";
    readFile(file, load(file, line.at(), INCLUDE, name), depth + 1);
    section = "";
  }

  private void headerOrItem(ConfLine line) {
    String text = line.text();
    if (text.startsWith("[") && text.endsWith("]")) {
      section = text.substring(1, text.length() - 1).trim();
      return;
    }
    int equals = text.indexOf('=');
    String name = equals < 0 ? "" : text.substring(0, equals).trim();
    if (name.isEmpty()) {
      problems.add(
          ConfProblem.warning(
              line.at(),
              cut(text, KEY_BYTES_MAX),
              "this line is ignored: it must read 'name = value'"));
      return;
    }
    item(line.at(), name, text.substring(equals + 1).trim());
  }

  private void item(Origin.InFile at, String name, String value) {
    List<String> values = function == null ? List.of(value) : functions.apply(function, value, at);
    function = null;
    String key = cutWithWarning(at, name, name, KEY_BYTES_MAX);
    for (String each : values) {
      items.add(new ConfItem(at, section, key, cutWithWarning(at, key, each, VALUE_BYTES_MAX)));
    }
  }

  private String cutWithWarning(Origin.InFile at, String key, String text, int bytesMax) {
    String kept = cut(text, bytesMax);
    if (kept.length() < text.length()) {
      problems.add(
          ConfProblem.warning(
              at,
              cut(key, KEY_BYTES_MAX),
              "longer than " + bytesMax + " bytes: the rest is cut off"));
    }
    return kept;
  }

  /// The longest beginning that has no more than so many bytes in UTF-8 and no half character.
  static String cut(String text, int bytesMax) {
    if (text.length() <= bytesMax / 3) {
      return text;
    }
    int bytes = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int next = i + Character.charCount(text.codePointAt(i));
      bytes += text.substring(i, next).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > bytesMax) {
        return text.substring(0, i);
      }
    }
    return text;
  }
}
