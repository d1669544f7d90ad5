package io.larder.store.scrubber;

import java.util.Locale;

/// What is wrong with a suspect file.
public enum Fault {
  /// It has another size than its name says.
  SIZE,
  /// Its content has another CRC32 than its name says.
  CRC,
  /// The header of its slot in a trunk file is not the one that its name asks for.
  HEADER,
  /// It is metadata and not of the form that is written.
  METADATA,
  /// It cannot be read.
  UNREADABLE;

  /// As it stands in files: `size`, `crc`, …
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
