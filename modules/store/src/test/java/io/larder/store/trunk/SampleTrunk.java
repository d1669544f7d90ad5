package io.larder.store.trunk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Files that a trunk server of the reference wrote, from the class path.
final class SampleTrunk {
  /// The log of a group's first minutes: 58 lines.
  static final String LOG = "trunk-peer/base/data/trunk-binlog-before-compaction";

  /// The same after compaction with merging, and a snapshot of it.
  static final String COMPACTED = "trunk/base/data/trunk/binlog";

  static final String SNAPSHOT = "trunk/base/data/storage_trunk.dat";

  /// The trunk file these speak of, cut to its first 3584 bytes.
  static final String TRUNK_FILE = "trunk/store0/data/00/00/000001";

  private SampleTrunk() {}

  static byte[] bytes(String path) {
    try (InputStream in = SampleTrunk.class.getResourceAsStream("/sample-datadir/" + path)) {
      if (in == null) {
        throw new FileNotFoundException(path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String path) {
    return new String(bytes(path), StandardCharsets.ISO_8859_1);
  }
}
