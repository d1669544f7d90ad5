package io.larder.store;

import io.larder.platform.PathNames;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.LogicalName;
import java.util.Locale;
import java.util.Optional;

/// What the symbolic links of a store path point to: `<store path>/data/<true name>`, the store path as configured
/// (S3 §6.6).
final class LinkTarget {
  private LinkTarget() {}

  /// The text of a link to a file.
  static String textFor(StorePath path, String trueName) {
    return prefix(path) + trueName;
  }

  private static String prefix(StorePath path) {
    return PathNames.bytesOf(path.directory()) + "/" + DataLayout.DATA + "/";
  }

  /// The file that a link points to; empty when it is no link or points to something else.
  static Optional<LogicalName> of(StorePath path, String linkName) {
    StringBuilder text = new StringBuilder();
    int result = path.disk().readLink(path.handle(), linkName, text);
    String prefix = prefix(path);
    if (result < 0 || !text.toString().startsWith(prefix)) {
      return Optional.empty();
    }
    try {
      String storePath = String.format(Locale.ROOT, "M%02X/", path.index());
      return Optional.of(LogicalName.parse(storePath + text.substring(prefix.length())));
    } catch (MalformedException e) {
      return Optional
          .empty(); // points somewhere that no file id names, so it is not ours to follow
    }
  }
}
