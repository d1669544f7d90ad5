package io.larder.conformance.kill;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// Looks for slots at every byte of the trunk files: what has a header is whole or torn, wherever it lies.
final class Slots {
  private static final int HEADER = 24;
  private static final int TAIL_AT = 17;
  private static final Pattern TAIL = Pattern.compile("\\d{7}|\\d+\\.[a-z]+");

  private final long since;
  private final List<Block> found = new ArrayList<>();
  private final List<Block> torn = new ArrayList<>();

  /// @param since epoch second before which no slot was written; random bytes hardly ever look like a header then
  Slots(long since) {
    this.since = since;
  }

  /// Looks through all trunk files.
  static Slots in(NodeFolder folder, long since) throws IOException {
    Slots slots = new Slots(since);
    for (Map.Entry<String, Path> file : folder.trunkFiles().entrySet()) {
      slots.look(file.getKey(), file.getValue());
    }
    return slots;
  }

  /// Slots that are whole.
  List<Block> found() {
    return found;
  }

  /// Slots with a header whose content does not fit it.
  List<Block> torn() {
    return torn;
  }

  private void look(String name, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MappedByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
      int at = 0;
      while (at + HEADER <= bytes.limit()) {
        at += looksLikeHeader(bytes, at) ? take(bytes, name, at) : 1;
      }
    }
  }

  private boolean looksLikeHeader(MappedByteBuffer bytes, int at) {
    byte type = bytes.get(at);
    if (type != 'F' && type != 'L') {
      return false;
    }
    long slot = bytes.getInt(at + 1);
    long content = bytes.getInt(at + 5);
    long time = bytes.getInt(at + 13);
    return content >= 0
        && slot >= content + HEADER
        && at + slot <= bytes.limit()
        && time >= since
        && TAIL.matcher(text(bytes, at + TAIL_AT, HEADER - TAIL_AT)).matches();
  }

  /// @return the bytes to go on by
  private int take(MappedByteBuffer bytes, String file, int at) {
    int slot = bytes.getInt(at + 1);
    int size = bytes.getInt(at + 5);
    boolean whole =
        bytes.get(at) == 'L'
            ? text(bytes, at + HEADER, size).startsWith("M0")
            : crc(bytes, at + HEADER, size) == bytes.getInt(at + 9);
    Block block = new Block(file, at, slot);
    if (whole) {
      found.add(block);
      return Math.max(slot, 1);
    }
    torn.add(block);
    return 1;
  }

  private static String text(MappedByteBuffer bytes, int from, int size) {
    return StandardCharsets.ISO_8859_1.decode(bytes.slice(from, size)).toString();
  }

  private static int crc(MappedByteBuffer bytes, int from, int size) {
    CRC32 crc = new CRC32();
    crc.update(bytes.slice(from, size));
    return (int) crc.getValue();
  }
}
