package io.larder.server.dump;

import io.larder.platform.Disk;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogIndex;
import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.disk.StorageStatFile;
import io.larder.protocol.disk.StorePathMark;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.binlog.Checkpoint;
import io.larder.store.binlog.CheckpointFile;
import io.larder.store.intent.OpenIntent;
import io.larder.store.scrubber.ScrubState;
import io.larder.store.scrubber.Suspect;
import io.larder.store.scrubber.SuspectFile;
import io.larder.store.verify.TrunkLots;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Shows the small files of a data directory, decoded: identity, marks of store paths, counters, index of the binlog, state
/// of a disk recovery (S3 §3–§5, S4 §2, §9), and what Larder keeps below `.larder`.
public final class VarsDump {
  private static final List<String> FILES =
      List.of(
          ".data_init_flag",
          ".fastdfs_vars",
          "storage_stat.dat",
          "sync/binlog_index.dat",
          "sync/binlog.index",
          ".recovery.flag",
          ".larder/checkpoint",
          ".larder/path-modes",
          ".larder/trunk-lots",
          ".larder/scrub",
          ".larder/suspects");
  private static final String DECODED = "decoded";
  private static final Set<String> HEAD = Set.of("path", "kind", DECODED);
  private static final String INTENTS = ".larder/intents";
  private static final List<String> FOLDERS_BELOW = List.of("data", "storage/data");

  private final Disk disk;
  private final DumpOutput out;

  /// @param out where it goes
  public VarsDump(Disk disk, DumpOutput out) {
    this.disk = disk;
    this.out = out;
  }

  /// Shows a file, or all there are of a folder.
  ///
  /// @param path a file, a `data` folder, a base path or a store path
  /// @throws IOException when it cannot be read, or is none
  public void dump(Path path) throws IOException {
    try (DumpFile file = DumpFile.open(disk, path)) {
      if (!file.isFolder()) {
        one(file);
      } else if (folder(file) == 0) {
        throw DumpException.wrongFile(
            path.toString(),
            "has none of the small files of a storage",
            "name one of them, a base path, a store path, or the data folder in it");
      }
    }
    out.flush();
  }

  private int folder(DumpFile named) throws IOException {
    String below = FOLDERS_BELOW.stream().filter(named::has).findFirst().orElse(".");
    int shown = 0;
    try (DumpFile data = named.in(below)) {
      for (String name : FILES) {
        shown += data.has(name) ? one(data, name) : 0;
      }
      if (data.has(INTENTS)) {
        try (DumpFile intents = data.in(INTENTS)) {
          for (String name : intents.names()) {
            shown += one(intents, name);
          }
        }
      }
    }
    return shown;
  }

  private int one(DumpFile folder, String name) throws IOException {
    try (DumpFile file = folder.in(name)) {
      one(file);
    }
    return 1;
  }

  private void one(DumpFile file) throws IOException {
    FileGuess guess = FileGuess.of(file);
    String path = file.path().normalize().toString();
    JsonObject row = new JsonObject().put("path", path).put("kind", guess.words());
    try {
      fill(row, guess, file);
    } catch (MalformedException e) {
      row.put("wrong", e.getMessage());
    }
    out.row(() -> text(row), () -> row);
  }

  private static void fill(JsonObject row, FileGuess guess, DumpFile file) throws IOException {
    switch (guess) {
      case IDENTITY -> {
        pairs(row, file.text());
        DataInitFlag.parse(file.text());
      }
      case STORE_PATH_MARK -> {
        pairs(row, file.text());
        StorePathMark.parse(file.text());
      }
      case COUNTERS -> {
        pairs(row, file.text());
        StorageStatFile.parse(file.text());
      }
      case BINLOG_INDEX -> {
        pairs(row, file.text());
        BinlogIndex.parse(file.text());
      }
      case RECOVERY_FLAG -> pairs(row, file.text());
      case CHECKPOINT -> checkpoint(row, CheckpointFile.parse(file.text()));
      case PATH_MODES -> file.text().lines().forEach(line -> mode(row, line));
      case TRUNK_LOTS -> lots(row, TrunkLots.parse(file.text()));
      case SCRUB -> scrub(row, ScrubState.parse(file.text()));
      case SUSPECTS -> suspects(row, SuspectFile.parse(file.text()));
      case INTENTS -> row.put("open", intents(file));
      case EMPTY -> row.put("content", "none");
      default -> other(row, guess, file);
    }
  }

  private static void other(JsonObject row, FileGuess guess, DumpFile file) throws DumpException {
    if (!file.name().equals("binlog.index")) {
      throw guess.insteadOf("one of the small files of a storage", file.path().toString());
    }
    row.put("kind", "the index of the sync binlog, as before 6.01");
    row.put("current_write", BinlogIndex.parseOldForm(file.text()).currentWrite());
  }

  // ---- pairs

  private static void pairs(JsonObject row, String text) {
    JsonObject decoded = new JsonObject();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String key = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        row.put(key, value);
        String meaning = meaning(key, value);
        if (!meaning.isEmpty()) {
          decoded.put(key, meaning);
        }
      }
    }
    if (!decoded.isEmpty()) {
      row.put(DECODED, decoded);
    }
  }

  /// What a value stands for; nothing when it speaks for itself.
  private static String meaning(String key, String value) {
    if (key.startsWith("store_path_mark")) {
      return new StorePathMark(value)
          .owner()
          .map(VarsDump::owner)
          .orElse("of another form, as before 6.11");
    }
    boolean isTime = key.endsWith("_time") || key.endsWith("timestamp") || key.startsWith("last_s");
    boolean isNumber = value.matches("[1-9][0-9]{8,9}");
    if (isTime && isNumber) {
      return Shown.time(Long.parseLong(value));
    }
    return key.equals("trunk_binlog_compress_stage") ? STAGES.getOrDefault(value, "unknown") : "";
  }

  private static final Map<String, String> STAGES =
      Map.of(
          "0", "no compaction",
          "1", "begun",
          "2", "applied",
          "3", "saved",
          "4", "merging",
          "5", "merged",
          "6", "done, marks to be removed",
          "7", "rolling back",
          "8", "rolled back",
          "9", "finished");

  private static String owner(StorePathMark.Owner owner) {
    return owner.ip()
        + " port "
        + owner.port()
        + ", store path "
        + owner.storePath()
        + ", made "
        + Shown.time(Integer.toUnsignedLong(owner.createdAt()));
  }

  // ---- our own

  private static void mode(JsonObject row, String line) {
    int blank = line.indexOf(' ');
    row.put("store path " + line.substring(0, Math.max(0, blank)), line.substring(blank + 1));
  }

  private static void checkpoint(JsonObject row, Checkpoint checkpoint) {
    row.put("done up to", place(checkpoint.done()));
    new TreeMap<>(checkpoint.slots())
        .forEach((path, place) -> row.put("slots of store path " + path + " up to", place(place)));
  }

  private static String place(BinlogPosition place) {
    return "file " + place.file() + " offset " + place.offset();
  }

  private static void lots(JsonObject row, TrunkLots lots) {
    row.put("written", Shown.time(lots.writtenAt()));
    JsonArray pieces = new JsonArray();
    for (TrunkLots.Piece piece : lots.pieces()) {
      pieces.add(
          String.format(
              Locale.ROOT,
              "%s on store path %d, %02X/%02X/%06d, offset %d, %d bytes",
              piece.file() ? "trunk file being made or removed" : "reserved",
              piece.storePath(),
              piece.high(),
              piece.low(),
              piece.trunkFileId(),
              piece.span().offset(),
              piece.span().size()));
    }
    row.put("pieces", pieces);
  }

  private static void scrub(JsonObject row, ScrubState state) {
    state
        .pass()
        .ifPresent(pass -> {
          row.put("pass begun", Shown.time(pass.begun()));
          row.put(
              "done up to",
              DataLayout.directory(pass.directory() >> 8, pass.directory() & 0xFF)
                  + "/"
                  + pass.after());
          row.put("so far", sums(pass.sums()));
        });
    state
        .last()
        .ifPresent(last -> {
          row.put("last pass begun", Shown.time(last.begun()));
          row.put("last pass ended", Shown.time(last.ended()));
          row.put("in it", sums(last.sums()));
        });
  }

  private static String sums(ScrubState.Sums sums) {
    return sums.files() + " files, " + sums.bytes() + " bytes, " + sums.suspects() + " suspect";
  }

  private static void suspects(JsonObject row, SuspectFile.Content content) {
    row.put("not listed", content.more());
    JsonArray listed = new JsonArray();
    for (Suspect suspect : content.suspects()) {
      listed.add(
          suspect.name()
              + ": "
              + suspect.fault().text()
              + " "
              + suspect.detail()
              + ", by the binlog "
              + suspect.logged().name().toLowerCase(Locale.ROOT)
              + ", seen first "
              + Shown.time(suspect.firstSeen())
              + ", last "
              + Shown.time(suspect.lastSeen()));
    }
    row.put("files", listed);
  }

  private static JsonArray intents(DumpFile file) throws IOException {
    JsonArray intents = new JsonArray();
    for (OpenIntent intent : OpenIntent.read(file.disk(), file.directory(), file.name())) {
      intents.add(
          intent.sequence()
              + ": "
              + intent.change().op()
              + " "
              + intent.change().name()
              + ", noted at binlog "
              + place(intent.position())
              + intent.staged().map(name -> ", bytes in " + name).orElse(""));
    }
    return intents;
  }

  // ---- text

  private static String text(JsonObject row) {
    StringBuilder text = new StringBuilder();
    text.append(row.getString("path")).append(": ").append(row.getString("kind")).append('\n');
    JsonObject decoded = row.getJsonObject(DECODED, new JsonObject());
    for (Map.Entry<String, Object> field : row) {
      boolean head = HEAD.contains(field.getKey());
      if (!head && field.getValue() instanceof JsonArray values) {
        text.append("  ").append(field.getKey()).append(": ").append(values.size()).append('\n');
        values.forEach(value -> text.append("    ").append(value).append('\n'));
      } else if (!head) {
        text.append("  ").append(field.getKey()).append(" = ").append(field.getValue());
        String meaning = decoded.getString(field.getKey(), "");
        text.append(meaning.isEmpty() ? "\n" : " (" + meaning + ")\n");
      }
    }
    return text.toString();
  }
}
