package io.larder.conformance.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names that there are if the binlog is right: what another storage would have after it had replayed it.
///
/// @param live the names
/// @param records how many records were read
record LoggedNames(Set<String> live, int records) {
  private static final Pattern RECORD =
      Pattern.compile(
          "\\d{10} (?:(?<made>[CL])|(?<deleted>D)|(?<renamed>R)|[AMTU])"
              + " (?<name>M\\d\\d/[0-9A-F]{2}/[0-9A-F]{2}/[^ /]+)(?: (?<more>.+))?");

  /// Reads a whole log.
  static LoggedNames read(Path binlog) throws IOException {
    String text = Files.readString(binlog, StandardCharsets.US_ASCII);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new AssertionError("the binlog ends in the middle of a record");
    }
    Set<String> live = new TreeSet<>();
    int records = 0;
    for (String line : text.lines().toList()) {
      Matcher record = RECORD.matcher(line);
      if (!record.matches()) {
        throw new AssertionError("no record of a binlog: " + line);
      }
      apply(record, live);
      records++;
    }
    return new LoggedNames(live, records);
  }

  private static void apply(Matcher record, Set<String> live) {
    String name = record.group("name");
    if (record.group("made") != null) {
      live.add(name);
    } else if (record.group("deleted") != null) {
      live.remove(name);
    } else if (record.group("renamed") != null) {
      live.remove(record.group("more"));
      live.add(name);
    }
  }
}
