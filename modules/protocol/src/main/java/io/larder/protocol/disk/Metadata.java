package io.larder.protocol.disk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The metadata of a file, in requests and in its `-m` file: records `name 0x02 value` joined by 0x01
/// (S1 §4.9, S3 §7).
///
/// A value of this type is in the form that is written: sorted by name in byte order, names cut to 64
/// and values to 256 bytes, records without a separator dropped. A name that one request has twice is
/// there twice.
///
/// @param entries the records
public record Metadata(List<Entry> entries) {
  /// Longest name in bytes; the rest is cut off.
  public static final int NAME_MAX = 64;

  /// Longest value in bytes; the rest is cut off.
  public static final int VALUE_MAX = 256;

  private static final char RECORD_END = 1;
  private static final char VALUE_BEGIN = 2;

  /// One record.
  public record Entry(String name, String value) {
    public Entry {
      name = cut(name, NAME_MAX);
      value = cut(value, VALUE_MAX);
    }

    private static String cut(String text, int max) {
      return text.length() > max ? text.substring(0, max) : text;
    }
  }

  public Metadata {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(Entry::name));
    entries = List.copyOf(sorted);
  }

  /// Reads the bytes of a request or of a file, as ISO-8859-1.
  public static Metadata parse(String records) {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at < records.length()) {
      int end = records.indexOf(RECORD_END, at);
      String record = records.substring(at, end < 0 ? records.length() : end);
      int separator = record.indexOf(VALUE_BEGIN);
      if (separator >= 0) {
        entries.add(new Entry(record.substring(0, separator), record.substring(separator + 1)));
      }
      at = end < 0 ? records.length() : end + 1;
    }
    return new Metadata(entries);
  }

  /// This metadata after a merge: what the newer names replaces what has the same name here.
  public Metadata mergedWith(Metadata newer) {
    Set<String> replaced = newer.entries.stream().map(Entry::name).collect(Collectors.toSet());
    List<Entry> merged = new ArrayList<>(newer.entries);
    entries.stream().filter(entry -> !replaced.contains(entry.name)).forEach(merged::add);
    return new Metadata(merged);
  }

  /// Whether there is nothing to write.
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /// The bytes that are written, as ISO-8859-1.
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      if (!text.isEmpty()) {
        text.append(RECORD_END);
      }
      text.append(entry.name).append(VALUE_BEGIN).append(entry.value);
    }
    return text.toString();
  }
}
