package io.larder.store.trunk;

import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.NewName;

/// A trunk file: its number and where it lies. Numbers are given once per group and never again (S3 §9.2).
///
/// @param directory store path and directory
/// @param id number of the trunk file, 0 or more
public record TrunkFile(NewName.Directory directory, int id) {
  /// Index of its store path.
  public int storePath() {
    return directory.storePath();
  }

  /// Its name below the `data` folder of its store path, `HH/LL/000001`.
  public String name() {
    return directoryName() + "/" + DataLayout.trunkFileName(id);
  }

  /// The directory below the `data` folder of its store path, `HH/LL`.
  String directoryName() {
    return DataLayout.directory(directory.high(), directory.low());
  }
}
