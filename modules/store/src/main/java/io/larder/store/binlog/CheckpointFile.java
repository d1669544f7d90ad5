package io.larder.store.binlog;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.SmallFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `.larder/checkpoint` in the base path: up to which place in the binlog everything recorded is done and durable, so
/// that a start has to look only at what stands behind it. One writer.
public final class CheckpointFile {
  private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointFile.class);
  private static final String NAME = ".larder/checkpoint";
  private static final int BYTES_MAX = 256;

  private final SmallFile file;

  /// @param directory handle of `data` of the base path
  public CheckpointFile(Disk disk, int directory) {
    file = new SmallFile(disk, directory, NAME);
  }

  /// The last checkpoint; empty when there is none or it is not readable.
  ///
  /// @throws DiskException when the disk fails
  public Optional<BinlogPosition> read() throws DiskException {
    return file.read(BYTES_MAX)
        .flatMap(bytes -> parse(new String(bytes, StandardCharsets.US_ASCII)));
  }

  private static Optional<BinlogPosition> parse(String text) {
    String[] fields = text.strip().split(" ", -1);
    try {
      if (fields.length == 2) {
        return Optional.of(
            new BinlogPosition(Integer.parseInt(fields[0]), Long.parseLong(fields[1])));
      }
    } catch (NumberFormatException e) {
      LOGGER.debug("checkpoint is not readable", e);
    }
    LOGGER.warn("{} is not readable and is passed over: '{}'", NAME, text);
    return Optional.empty();
  }

  /// Replaces the checkpoint.
  ///
  /// @throws DiskException when it cannot be written; the old one holds
  public void write(BinlogPosition position) throws DiskException {
    String text = position.file() + " " + position.offset() + "\n";
    file.replace(text.getBytes(StandardCharsets.US_ASCII));
  }
}
