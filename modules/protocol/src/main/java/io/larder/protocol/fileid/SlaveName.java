package io.larder.protocol.fileid;

import io.larder.protocol.MalformedException;
import java.util.Optional;

/// Makes the names of slave files: the master's name with a prefix in front of the extension
/// (S1 §5.7).
public final class SlaveName {
  private static final int TRUE_NAME_MIN = 34;
  private static final String METADATA = "-m";

  private SlaveName() {}

  /// The name of a slave with an extension of its own, or with none: what a storage is told.
  ///
  /// @throws MalformedException when no slave can have that name
  public static LogicalName of(LogicalName master, SlavePrefix prefix, Extension extension) {
    return of(master, prefix, extension.isEmpty() ? "" : "." + extension.text());
  }

  /// The name of a slave whose extension may be the master's: what applications ask client libraries.
  ///
  /// @param extension empty for the master's; a leading dot is allowed, more than 6 bytes are cut
  /// @throws MalformedException when no slave can have that name
  public static LogicalName ofAny(
      LogicalName master, SlavePrefix prefix, Optional<String> extension) {
    String masterText = master.text();
    if (extension.isEmpty()) {
      return of(master, prefix, masterText.substring(extensionAt(masterText)));
    }
    String given = extension.get();
    String text = given.startsWith(".") ? given.substring(1) : given;
    String cut = text.substring(0, Math.min(text.length(), Extension.BYTES_MAX));
    return of(master, prefix, Extension.of(cut));
  }

  private static LogicalName of(LogicalName master, SlavePrefix prefix, String dotExtension) {
    String masterText = master.text();
    if (master.trueName().length() < TRUE_NAME_MIN) {
      throw new MalformedException("master: too short to have slaves");
    }
    if (prefix.text().equals(METADATA) && dotExtension.isEmpty()) {
      throw new MalformedException("prefix: -m without an extension is the name of metadata");
    }
    String stem = masterText.substring(0, extensionAt(masterText));
    String text = stem + prefix.text() + dotExtension;
    if (text.equals(masterText)) {
      throw new MalformedException("prefix: empty, and the extension is the master's");
    }
    LogicalName slave = LogicalName.parse(text);
    if (RoutingFacts.of(slave).isTrunk()) {
      throw new MalformedException("prefix: the name would be taken for a file in a trunk file");
    }
    return slave;
  }

  /// Where the extension begins: at the first dot of the last seven characters, else at the end.
  private static int extensionAt(String master) {
    int dot = master.indexOf('.', master.length() - FileFacts.TAIL);
    return dot < 0 ? master.length() : dot;
  }
}
