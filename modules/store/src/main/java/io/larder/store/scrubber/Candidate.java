package io.larder.store.scrubber;

import io.larder.protocol.fileid.LogicalName;
import java.util.Optional;

/// Something that did not fit when it was read and is looked at again before it is called suspect.
sealed interface Candidate {
  /// What it is called on the list of suspects.
  String shown();

  /// A file of its own.
  ///
  /// @param name its logical name
  record OwnFile(LogicalName name) implements Candidate {
    @Override
    public String shown() {
      return name.text();
    }
  }

  /// A slot of a trunk file.
  ///
  /// @param trunkFile logical name of the trunk file: `M00/00/00/000001`
  /// @param offset where the slot begins
  /// @param name the name that lies there, if one is known
  record Slot(LogicalName trunkFile, long offset, Optional<LogicalName> name) implements Candidate {
    @Override
    public String shown() {
      return name.map(LogicalName::text).orElse(trunkFile.text() + "@" + offset);
    }
  }
}
