package io.larder.protocol.fileid;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Why a name that can be routed and opened has no [FileFacts]: what no name maker would have made, in words for people
/// (S1 §5.2, §5.5, §5.11).
public final class NameFaults {
  private NameFaults() {}

  /// What is wrong with a name.
  ///
  /// @return empty when it has facts
  public static List<String> of(LogicalName name) {
    List<String> faults = new ArrayList<>();
    if (FileFacts.of(name).isPresent()) {
      return faults;
    }
    int behind = name.fullLength() - LogicalName.DIRECTORIES;
    if (behind < FileFacts.CODED) {
      faults.add(
          behind + " characters behind the directories (the coded part alone has 27 of them)");
      return faults;
    }
    codedPart(name, faults);
    if (faults.isEmpty()) {
      form(name, faults);
    }
    return faults;
  }

  private static void codedPart(LogicalName name, List<String> faults) {
    for (int i = 0; i < FileFacts.CODED; i++) {
      char c = name.text().charAt(name.codedAt() + i);
      if (Base64Name.valueOf(c) < 0) {
        faults.add(
            "character " + (i + 1) + " of the coded part, '" + c + "', is none of A-Z a-z 0-9 - _");
      }
    }
    if (!faults.isEmpty()) {
      return;
    }
    if (Base64Name.strictValues(name.text(), name.codedAt(), FileFacts.CODED).isEmpty()) {
      faults.add("the last character of the coded part has bits set that no name has");
    }
    RoutingFacts read = RoutingFacts.of(name);
    if (read.source().bits() == 0) {
      faults.add("the source is 0: neither an address nor a storage id");
    }
    if (read.timestamp() < FileFacts.TIMESTAMP_MIN) {
      faults.add("the time, " + Instant.ofEpochSecond(read.timestamp()) + ", is before FastDFS");
    }
    if (!SizeField.isPlausible(read.sizeField())) {
      faults.add(
          String.format(Locale.ROOT, "the size field, 0x%016X, is of no form", read.sizeField()));
    }
  }

  private static void form(LogicalName name, List<String> faults) {
    int length = name.fullLength();
    boolean trunk = SizeField.isTrunk(RoutingFacts.of(name).sizeField());
    if (length < FileFacts.PLAIN_LENGTH) {
      faults.add(
          length
              + " characters: a file has 44, in a trunk file 60; only slaves with short endings have fewer");
    } else if (length < FileFacts.TRUNK_LENGTH && trunk) {
      faults.add("the flag of a trunk file, but " + length + " characters instead of 60");
    } else if (length == FileFacts.PLAIN_LENGTH || (length == FileFacts.TRUNK_LENGTH && trunk)) {
      tail(name, faults);
    }
    if (length == FileFacts.TRUNK_LENGTH && trunk && faults.isEmpty()) {
      faults.add("the place in the trunk file is none");
    }
  }

  private static void tail(LogicalName name, List<String> faults) {
    String text = name.text();
    int at = text.length() - FileFacts.TAIL;
    if (!FileFacts.isTail(text, at)) {
      faults.add(
          "the last 7 characters, '" + text.substring(at) + "', are not digits and an extension");
    }
  }
}
