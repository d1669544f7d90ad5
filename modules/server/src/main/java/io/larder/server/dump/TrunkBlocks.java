package io.larder.server.dump;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.disk.TrunkBinlogLine;
import io.larder.store.binlog.LineFile;
import io.larder.store.scrub.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The free blocks that a trunk binlog or a snapshot of one leaves (S3 §9.5, §9.6). Kept in memory, each block some hundred
/// bytes.
final class TrunkBlocks {
  private static final Comparator<Key> ORDER =
      Comparator.comparingInt(Key::storePath)
          .thenComparingInt(Key::high)
          .thenComparingInt(Key::low)
          .thenComparingInt(Key::trunkFileId)
          .thenComparingInt(Key::offset);
  private static final int OLD_FORM_FIELDS = 6;

  private final SortedMap<Key, Integer> free = new TreeMap<>(ORDER);
  private long lines;
  private long broken;
  private long freedTwice;
  private long takenTwice;
  private String from = "";

  /// Where a block is.
  record Key(int storePath, int high, int low, int trunkFileId, int offset) {}

  /// Takes each line.
  interface Taker {
    void line(long offset, String text);
  }

  private TrunkBlocks() {}

  /// Reads a log.
  ///
  /// @param snapshot whether its first line is the size of the binlog that it stands for
  /// @param taker gets every line as it is read
  /// @throws IOException when it cannot be read
  static TrunkBlocks read(DumpFile file, boolean snapshot, Taker taker) throws IOException {
    TrunkBlocks blocks = new TrunkBlocks();
    try (LineFile lines = file.lines(0)) {
      while (lines.next()) {
        String text = lines.bytes().toString(StandardCharsets.ISO_8859_1).stripTrailing();
        if (snapshot && lines.offset() == 0) {
          blocks.from = text;
        } else {
          taker.line(lines.offset(), text);
          blocks.line(snapshot && fields(text) == OLD_FORM_FIELDS ? "0 A " + text : text);
        }
      }
    } catch (DumpException e) {
      throw e;
    } catch (IOException e) {
      throw file.damaged(e);
    }
    return blocks;
  }

  private static int fields(String text) {
    return text.split(" ", -1).length;
  }

  private void line(String text) {
    lines++;
    TrunkBinlogLine line;
    try {
      line = TrunkBinlogLine.parse(text);
    } catch (MalformedException _) {
      broken++;
      return;
    }
    Key key =
        new Key(
            line.storePath(),
            line.high(),
            line.low(),
            line.place().trunkFileId(),
            line.place().offset());
    if (line.added()) {
      freedTwice += free.putIfAbsent(key, line.place().slotSize()) == null ? 0 : 1;
    } else {
      takenTwice += free.remove(key) == null ? 1 : 0;
    }
  }

  /// The free blocks, in the order of trunk files and offsets.
  SortedMap<Key, Integer> free() {
    return free;
  }

  /// Those of a trunk file; of several with the same number, on several store paths, all.
  List<Span> of(String fileName) {
    return free.entrySet().stream()
        .filter(entry -> DataLayout.trunkFileName(entry.getKey().trunkFileId()).equals(fileName))
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> new Span(entry.getKey().offset(), entry.getValue()))
        .sorted(Comparator.comparingLong(Span::offset))
        .toList();
  }

  long lines() {
    return lines;
  }

  /// Lines that cannot be read.
  long broken() {
    return broken;
  }

  /// Blocks that became free while they were.
  long freedTwice() {
    return freedTwice;
  }

  /// Blocks that were taken and were not free.
  long takenTwice() {
    return takenTwice;
  }

  /// The first line of a snapshot; empty for a binlog.
  String from() {
    return from;
  }
}
