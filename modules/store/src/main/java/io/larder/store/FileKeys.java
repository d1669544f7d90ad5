package io.larder.store;

import io.larder.protocol.disk.DataLayout;

/// Whose turn a change needs: a file and its metadata share one.
final class FileKeys {
  private FileKeys() {}

  /// The true name of the file that a name is or belongs to.
  static String of(String trueName) {
    return trueName.endsWith(DataLayout.METADATA_SUFFIX)
        ? trueName.substring(0, trueName.length() - DataLayout.METADATA_SUFFIX.length())
        : trueName;
  }
}
