package io.larder.http.file;

import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import java.util.Optional;

/// A file as it stands now, with what HTTP says about its identity.
///
/// *Permanent* means: under this name there never was and never will be another content, so caches may keep it for
/// ever. A name proves that when it decodes strictly to a plain or trunk file and the file on disk has the size and the
/// time that the name says. A link, whose target may be an appender, does not pass that test once the target changed.
///
/// The tag of a permanent file is made of CRC, size and time in the name and therefore the same on all replicas. Any
/// other file's tag is made of size and time of its last change; as long as that second is not over, a second change
/// could hide behind it, so the tag is weak.
///
/// @param size bytes
/// @param modifiedSeconds time of the last change, epoch seconds, never in the future
/// @param tag its validator
/// @param permanent whether the content can never change
/// @param type its content type
record Representation(
    long size, long modifiedSeconds, EntityTag tag, boolean permanent, MediaType type) {

  /// After so many seconds no further change can have the same time.
  private static final int SETTLED_SECONDS = 2;

  /// Judges a file.
  ///
  /// @param name its name
  /// @param size its size on disk
  /// @param timeSeconds time of its last change on disk
  /// @param nowSeconds the time of the answer
  /// @param type its content type
  static Representation of(
      LogicalName name, long size, long timeSeconds, long nowSeconds, MediaType type) {
    long modified = Math.min(timeSeconds, nowSeconds);
    Optional<FileFacts> facts =
        FileFacts.of(name).filter(claimed -> isPermanent(claimed, size, timeSeconds));
    if (facts.isPresent()) {
      return new Representation(size, modified, permanentTag(facts.get(), size), true, type);
    }
    String opaque = Long.toHexString(size) + '-' + Long.toHexString(timeSeconds);
    boolean weak = nowSeconds - timeSeconds < SETTLED_SECONDS;
    return new Representation(size, modified, new EntityTag(opaque, weak), false, type);
  }

  private static boolean isPermanent(FileFacts claimed, long size, long timeSeconds) {
    return claimed.crcIsOfContent()
        && claimed.size().orElse(-1) == size
        && claimed.timestamp() == timeSeconds;
  }

  private static EntityTag permanentTag(FileFacts facts, long size) {
    String opaque =
        Integer.toHexString(facts.crc32())
            + '-'
            + Long.toHexString(size)
            + '-'
            + Integer.toHexString(facts.timestamp());
    return new EntityTag(opaque, false);
  }
}
