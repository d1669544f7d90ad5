package io.larder.server.dump;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.TrunkBinlogLine;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a file seems to be, by its first bytes and its name. A guess: good for a hint and for choosing a form.
enum FileGuess {
  SYNC_BINLOG("a sync binlog", "binlog"),
  TRUNK_BINLOG("a trunk binlog", "trunk"),
  TRUNK_SNAPSHOT("a snapshot of free trunk blocks", "trunk"),
  TRUNK_FILE("a trunk file", "trunk"),
  SYNC_MARK("a mark file of the sync binlog", "mark"),
  OFFSET_MARK("a mark file of one offset", "mark"),
  IDENTITY("the identity of a storage", "vars"),
  STORE_PATH_MARK("the mark of a store path", "vars"),
  COUNTERS("the counters of a storage", "vars"),
  BINLOG_INDEX("the index of the sync binlog", "vars"),
  RECOVERY_FLAG("the state of a disk recovery", "vars"),
  CHECKPOINT("a checkpoint", "vars"),
  PATH_MODES("the modes of store paths", "vars"),
  TRUNK_LOTS("a list of reserved trunk space", "vars"),
  SCRUB("the position of a scrub", "vars"),
  SUSPECTS("a list of suspect files", "vars"),
  INTENTS("a journal of intents", "vars"),
  EMPTY("an empty file", ""),
  TEXT("some text", ""),
  OTHER("something else", "");

  /// How the files that are pairs of key and value begin.
  private static final List<Pair> PAIRS =
      List.of(
          new Pair("binlog_index=", SYNC_MARK),
          new Pair("binlog_offset=", OFFSET_MARK),
          new Pair("storage_join_time=", IDENTITY),
          new Pair("store_path_mark=", STORE_PATH_MARK),
          new Pair("total_upload_count=", COUNTERS),
          new Pair("current_write=", BINLOG_INDEX),
          new Pair("saved_storage_status=", RECOVERY_FLAG),
          new Pair("larder-trunk-lots ", TRUNK_LOTS),
          new Pair("larder-scrub ", SCRUB),
          new Pair("larder-suspects ", SUSPECTS));

  private static final int INTENT_MAGIC = 0x4C445249;

  private record Pair(String begins, FileGuess guess) {}

  private final String words;
  private final String command;

  FileGuess(String words, String command) {
    this.words = words;
    this.command = command;
  }

  /// In words, for example `a trunk file`.
  String words() {
    return words;
  }

  /// The error for a file that is another one than was asked for.
  ///
  /// @param wanted what was asked for, in words
  DumpException insteadOf(String wanted, String file) {
    String remedy = command.isEmpty() ? "check the path" : "larder dump " + command + " " + file;
    return DumpException.wrongFile(file, "is not " + wanted + "; it seems to be " + words, remedy);
  }

  /// Guesses.
  static FileGuess of(DumpFile file) throws DumpException {
    ByteBuf head = file.head();
    if (!head.isReadable()) {
      return EMPTY;
    }
    if (head.readableBytes() >= Integer.BYTES && head.getInt(0) == INTENT_MAGIC) {
      return INTENTS;
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    for (Pair pair : PAIRS) {
      if (text.startsWith(pair.begins) || text.contains("\n" + pair.begins)) {
        return pair.guess;
      }
    }
    FileGuess byLines = byLines(text);
    return byLines == OTHER ? byName(file, head, text) : byLines;
  }

  /// One line that can be read is enough: the others may be broken.
  private static FileGuess byLines(String text) {
    List<String> lines = text.lines().limit(64).toList();
    boolean number = lines.getFirst().matches("[0-9]+");
    for (String line : lines) {
      if (reads(() -> TrunkBinlogLine.parse(line))) {
        return number ? TRUNK_SNAPSHOT : TRUNK_BINLOG;
      }
      if (reads(() -> BinlogRecord.parse(line))) {
        return SYNC_BINLOG;
      }
    }
    return OTHER;
  }

  private static boolean reads(Runnable parser) {
    try {
      parser.run();
      return true;
    } catch (MalformedException _) {
      return false;
    }
  }

  private static FileGuess byName(DumpFile file, ByteBuf head, String text) {
    String name = file.name();
    if (name.equals("checkpoint")) {
      return CHECKPOINT;
    }
    if (name.equals("path-modes")) {
      return PATH_MODES;
    }
    if (name.equals("storage_trunk.dat")) {
      return TRUNK_SNAPSHOT;
    }
    if (name.matches("[0-9]{6,10}") || isSlot(head)) {
      return TRUNK_FILE;
    }
    return text.chars().allMatch(c -> c == '\n' || c == '\r' || c == '\t' || (c >= ' ' && c < 127))
        ? TEXT
        : OTHER;
  }

  private static boolean isSlot(ByteBuf head) {
    if (head.readableBytes() < TrunkSlotHeader.SIZE) {
      return false;
    }
    TrunkSlotHeader header = TrunkSlotHeader.read(head.slice());
    boolean used = header.type() == TrunkSlotHeader.FILE || header.type() == TrunkSlotHeader.LINK;
    return used && header.fileSize() >= 0 && header.fileSize() < header.slotSize();
  }
}
