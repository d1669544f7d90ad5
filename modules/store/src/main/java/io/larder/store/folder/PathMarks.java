package io.larder.store.folder;

import io.larder.platform.Disk;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.StorePathMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps a store path from being used by two storages: the mark `.fastdfs_vars` in it must be the one that the identity
/// of this storage knows (S3 §3).
public final class PathMarks {
  private static final String NAME = ".fastdfs_vars";
  private static final int BYTES_MAX = 4096;

  private PathMarks() {}

  /// Compares the mark of a store path with what the identity knows.
  ///
  /// @param known the mark in the identity, `null` if it has none
  /// @return whether a new mark is needed, because the store path has none
  /// @throws IOException when it is another storage's
  public static boolean needsMark(Disk disk, StoreFolder folder, @Nullable String known)
      throws IOException {
    Optional<StorePathMark> found = read(disk, folder);
    if (found.isEmpty()) {
      return true;
    }
    String mark = found.get().mark();
    if (mark.equals(known)) {
      return false;
    }
    String owner =
        found
            .get()
            .owner()
            .map(o -> "marked by " + o.ip() + ":" + o.port() + " as M" + o.storePath())
            .orElse("marked");
    throw new IOException(
        "store path "
            + folder.directory()
            + " is "
            + owner
            + ", and this storage did not mark it: it may be in use by another storage. Remedy: correct store_path"
            + folder.index()
            + ", or remove "
            + NAME
            + " from its data folder if it really belongs here");
  }

  private static Optional<StorePathMark> read(Disk disk, StoreFolder folder) throws IOException {
    Optional<byte[]> content = new SmallFile(disk, folder.handle(), NAME).read(BYTES_MAX);
    try {
      return content.map(
          bytes -> StorePathMark.parse(new String(bytes, StandardCharsets.ISO_8859_1)));
    } catch (MalformedException e) {
      throw new IOException(
          "store path " + folder.directory() + ": " + NAME + ": " + e.getMessage(), e);
    }
  }

  /// Writes a mark; the identity must know it already, so that a stop in between leaves no foreign mark.
  public static void write(Disk disk, StoreFolder folder, StorePathMark mark) throws IOException {
    new SmallFile(disk, folder.handle(), NAME)
        .replace(mark.text().getBytes(StandardCharsets.US_ASCII));
  }
}
