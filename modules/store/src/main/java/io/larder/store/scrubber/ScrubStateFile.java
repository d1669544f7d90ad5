package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `.larder/scrub` in a store path: where a scrub goes on after a restart, see [ScrubState]. One thread.
final class ScrubStateFile {
  static final String NAME = ".larder/scrub";

  private static final Logger LOGGER = LoggerFactory.getLogger(ScrubStateFile.class);
  private static final int BYTES_MAX = 64 * 1024;

  private final SmallFile file;

  /// @param directory handle of `data` of the store path
  ScrubStateFile(Disk disk, int directory) {
    file = new SmallFile(disk, directory, NAME);
  }

  /// Reads it. One of another form says nothing: the scrub begins anew.
  ///
  /// @throws DiskException when the disk fails
  ScrubState read() throws DiskException {
    Optional<byte[]> bytes = file.read(BYTES_MAX);
    if (bytes.isEmpty()) {
      return ScrubState.NONE;
    }
    try {
      return ScrubState.parse(new String(bytes.get(), StandardCharsets.ISO_8859_1));
    } catch (MalformedException e) {
      LOGGER.warn("{} is passed over: {}", NAME, e.getMessage());
      return ScrubState.NONE;
    }
  }

  /// Replaces it.
  ///
  /// @throws DiskException when it cannot be written; the old content is still there
  void write(ScrubState state) throws DiskException {
    file.replace(state.text().getBytes(StandardCharsets.ISO_8859_1));
  }
}
