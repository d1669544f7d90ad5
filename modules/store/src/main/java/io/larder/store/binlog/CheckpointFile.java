package io.larder.store.binlog;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `.larder/checkpoint` in the base path: up to which place in the binlog everything recorded is done and durable, so
/// that a start has to look only at what stands behind it. One writer.
///
/// ```
/// <binlog file> <offset>
/// slots <store path> <binlog file> <offset>
/// ```
///
/// The second line stands once for each store path whose slots are further than the rest, see [Checkpoint].
public final class CheckpointFile {
  private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointFile.class);
  private static final String NAME = ".larder/checkpoint";
  private static final String SLOTS = "slots ";
  private static final int BYTES_MAX = 64 * 1024;

  private final SmallFile file;

  /// @param directory handle of `data` of the base path
  public CheckpointFile(Disk disk, int directory) {
    file = new SmallFile(disk, directory, NAME);
  }

  /// The last checkpoint; empty when there is none or it is not readable.
  ///
  /// @throws DiskException when the disk fails
  public Optional<Checkpoint> read() throws DiskException {
    return file.read(BYTES_MAX)
        .flatMap(bytes -> known(new String(bytes, StandardCharsets.US_ASCII)));
  }

  private static Optional<Checkpoint> known(String text) {
    try {
      return Optional.of(parse(text));
    } catch (MalformedException e) {
      LOGGER.warn("{} is passed over: {}", NAME, e.getMessage());
      return Optional.empty();
    }
  }

  /// Reads the text of the file.
  ///
  /// @throws MalformedException when it is of another form
  public static Checkpoint parse(String text) {
    try {
      String[] lines = text.strip().split("\n", -1);
      BinlogPosition done = position(lines[0].split(" ", -1), 0);
      Map<Integer, BinlogPosition> slots = new HashMap<>();
      for (int i = 1; i < lines.length; i++) {
        String[] fields = lines[i].split(" ", -1);
        if (!lines[i].startsWith(SLOTS)) {
          throw new IllegalArgumentException(lines[i]);
        }
        slots.put(Integer.valueOf(fields[1]), position(fields, 2));
      }
      return new Checkpoint(done, slots);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
      throw new MalformedException("checkpoint: '" + text.strip() + "'");
    }
  }

  private static BinlogPosition position(String[] fields, int at) {
    if (fields.length != at + 2) {
      throw new IllegalArgumentException(fields.length + " fields");
    }
    return new BinlogPosition(Integer.parseInt(fields[at]), Long.parseLong(fields[at + 1]));
  }

  /// Replaces the checkpoint.
  ///
  /// @throws DiskException when it cannot be written; the old one holds
  public void write(Checkpoint checkpoint) throws DiskException {
    StringBuilder text = new StringBuilder();
    append(text, checkpoint.done());
    new TreeMap<>(checkpoint.slots())
        .forEach((path, position) -> append(text.append(SLOTS).append(path).append(' '), position));
    file.replace(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static void append(StringBuilder text, BinlogPosition position) {
    text.append(position.file()).append(' ').append(position.offset()).append('\n');
  }
}
