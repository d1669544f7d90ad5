package io.larder.store;

import io.larder.protocol.fileid.DirectoryHash;
import io.larder.protocol.fileid.DirectoryRotation;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.Source;
import java.util.random.RandomGenerator;

/// Chooses the directory of each new file (S3 §1.1). One for all store paths; any path thread.
final class FileDistribution {
  private static final NewName.Directory ANYWHERE = new NewName.Directory(0, 0, 0);

  private final DirectoryRotation rotation;
  private final int subdirCount;
  private final boolean byHash;

  FileDistribution(DirectoryRotation rotation, int subdirCount, boolean byHash) {
    this.rotation = rotation;
    this.subdirCount = subdirCount;
    this.byHash = byHash;
  }

  /// The directory for one more file.
  NewName.Directory next(int storePath, Source source, RandomGenerator random) {
    int directory = byHash ? hashed(source, random) : rotated();
    return new NewName.Directory(storePath, directory >> 8, directory & 0xFF);
  }

  /// The directory whose turn it is, for a new trunk file.
  NewName.Directory inTurn(int storePath) {
    int directory = rotated();
    return new NewName.Directory(storePath, directory >> 8, directory & 0xFF);
  }

  private int rotated() {
    synchronized (rotation) {
      return rotation.next();
    }
  }

  /// Over a provisional name, whose time and CRC are as good as random.
  private int hashed(Source source, RandomGenerator random) {
    NewName provisional =
        new NewName(
            ANYWHERE,
            source,
            random.nextInt(),
            random.nextInt(),
            Extension.NONE,
            random.nextLong());
    return DirectoryHash.of(provisional.coded(0), subdirCount);
  }

  /// Where the rotation stands, to be saved.
  State state() {
    synchronized (rotation) {
      return new State(rotation.high(), rotation.low(), rotation.names());
    }
  }

  /// A place of the rotation.
  record State(int high, int low, int names) {}
}
