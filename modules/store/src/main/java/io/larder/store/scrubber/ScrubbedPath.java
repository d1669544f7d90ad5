package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.LogicalName;
import java.nio.file.Path;
import java.util.Locale;

/// The store path that is scrubbed, and the log that says what is in it.
///
/// @param index its number
/// @param disk where it is
/// @param handle of `data` of the store path
/// @param data path of that, absolute
/// @param base handle of `data` of the base path
public record ScrubbedPath(int index, Disk disk, int handle, Path data, int base) {
  /// The logical name of something in it.
  ///
  /// @param trueName `HH/LL/` and the name
  LogicalName name(String trueName) {
    return LogicalName.parse(prefix() + trueName);
  }

  /// `Mxx/`.
  String prefix() {
    return String.format(Locale.ROOT, "M%02X/", index);
  }

  /// The beginning of the true names of a directory: `HH/LL/`.
  static String directory(int high, int low) {
    return DataLayout.directory(high, low) + "/";
  }

  /// The whole path of something in it, for messages.
  String shown(String relative) {
    return data + "/" + relative;
  }
}
