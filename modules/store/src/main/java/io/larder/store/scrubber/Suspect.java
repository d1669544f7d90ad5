package io.larder.store.scrubber;

import io.larder.protocol.MalformedException;
import io.larder.store.scrub.ContentRule.Logged;
import java.util.Locale;

/// A file that does not fit its name, as it was found; not yet proof that it is damaged: its replicas decide.
///
/// @param name its logical name; of a slot in a trunk file that no name is known for, the trunk file, `@` and the offset
/// @param fault what is wrong
/// @param detail what was found: the size, the CRC32 in hexadecimal, the number of the error; `-` where that says nothing
/// @param logged what the binlog says that it was made as
/// @param firstSeen when it was found so first, epoch seconds
/// @param lastSeen when it was found so last, epoch seconds
public record Suspect(
    String name, Fault fault, String detail, Logged logged, long firstSeen, long lastSeen) {
  private static final int FIELDS = 6;

  /// The line that stands for it in the file.
  String line() {
    return firstSeen
        + " "
        + lastSeen
        + " "
        + fault.text()
        + " "
        + logged.name().toLowerCase(Locale.ROOT)
        + " "
        + detail
        + " "
        + name;
  }

  /// Reads such a line.
  ///
  /// @throws MalformedException when it is of another form
  static Suspect parse(String line) {
    String[] fields = line.split(" ", FIELDS); // a name may have blanks in it
    if (fields.length != FIELDS) {
      throw new MalformedException("suspect: '" + line + "'");
    }
    try {
      return new Suspect(
          fields[5],
          Fault.valueOf(fields[2].toUpperCase(Locale.ROOT)),
          fields[4],
          Logged.valueOf(fields[3].toUpperCase(Locale.ROOT)),
          Long.parseLong(fields[0]),
          Long.parseLong(fields[1]));
    } catch (IllegalArgumentException _) {
      throw new MalformedException("suspect: '" + line + "'");
    }
  }

  /// The same, found again.
  ///
  /// @param found how it was found now
  Suspect again(Suspect found) {
    return new Suspect(name, found.fault, found.detail, found.logged, firstSeen, found.lastSeen);
  }
}
