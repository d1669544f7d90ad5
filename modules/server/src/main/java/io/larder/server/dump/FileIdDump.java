package io.larder.server.dump;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NameFaults;
import io.larder.protocol.fileid.RoutingFacts;
import io.larder.protocol.fileid.Source;
import io.larder.protocol.fileid.TrunkPlace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Shows what file ids say (S1 §5), with or without a group in front, and what is wrong with those that are none.
public final class FileIdDump {
  private final DumpOutput out;

  /// @param out where it goes
  public FileIdDump(DumpOutput out) {
    this.out = out;
  }

  /// Shows one.
  ///
  /// @param text as a user has it: `group/Mxx/HH/HH/name`, `Mxx/HH/HH/name`, also with a slash in front
  /// @return whether it is a right one
  public boolean dump(String text) {
    String id = text.strip();
    id = id.startsWith("/") ? id.substring(1) : id;
    JsonObject fields = new JsonObject().put("id", id);
    boolean right = fill(fields, id);
    out.row(() -> lines(fields), () -> fields);
    return right;
  }

  private static boolean fill(JsonObject fields, String id) {
    LogicalName name;
    try {
      Optional<LogicalName> bare = bare(id);
      if (bare.isPresent()) {
        name = bare.get();
      } else {
        FileId whole = FileId.parse(id);
        fields.put("group", whole.group().text());
        name = whole.name();
      }
    } catch (MalformedException e) {
      fields.put("problems", new JsonArray().add(String.valueOf(e.getMessage())));
      return false;
    }
    place(fields, name);
    Optional<FileFacts> facts = FileFacts.of(name);
    facts.ifPresentOrElse(known -> facts(fields, name, known), () -> guess(fields, name));
    return facts.isPresent() || isMetadata(name);
  }

  private static Optional<LogicalName> bare(String id) {
    boolean withPath = id.matches("M[0-9A-Fa-f]{2}/.*");
    boolean withoutPath = id.matches("[0-9A-F]{2}/[0-9A-F]{2}/[^/]*");
    return withPath || withoutPath ? Optional.of(LogicalName.parse(id)) : Optional.empty();
  }

  private static void place(JsonObject fields, LogicalName name) {
    fields.put("storePath", name.storePath());
    fields.put("directory", DataLayout.directory(name.high(), name.low()));
  }

  private static boolean isMetadata(LogicalName name) {
    String text = name.text();
    return text.endsWith(DataLayout.METADATA_SUFFIX) && FileFacts.isCoded(name);
  }

  // ---- a right one

  private static void facts(JsonObject fields, LogicalName name, FileFacts facts) {
    boolean metadata = isMetadata(name) && facts.size().isEmpty();
    fields.put("kind", metadata ? "metadata" : kind(facts.kind()));
    source(fields, facts.source());
    fields.put("time", Shown.time(facts.timestamp())).put("timestamp", facts.timestamp());
    facts.size().ifPresent(size -> fields.put("size", size));
    fields.put("crc32", Shown.crc(facts.crc32())).put("crcIs", crcIs(facts.kind(), metadata));
    facts.trunk().ifPresent(place -> trunk(fields, name, place));
    fields.put(
        "onDisk",
        "store_path"
            + name.storePath()
            + "/data/"
            + facts.trunk().map(place -> trunkFile(name, place)).orElse(name.trueName()));
  }

  private static String kind(FileFacts.Kind kind) {
    return switch (kind) {
      case PLAIN -> "plain file, or a link";
      case TRUNK -> "file in a trunk file, or a link";
      case APPENDER -> "appender";
      case SLAVE -> "slave";
      case APPENDER_SLAVE -> "slave of an appender";
    };
  }

  private static String crcIs(FileFacts.Kind kind, boolean metadata) {
    if (metadata) {
      return "its file's";
    }
    return switch (kind) {
      case PLAIN, TRUNK -> "of the content, unless it is a link";
      case APPENDER -> "of the first content";
      case SLAVE, APPENDER_SLAVE -> "its master's";
    };
  }

  private static void source(JsonObject fields, Source source) {
    OptionalInt id = source.storageId();
    id.ifPresentOrElse(
        number -> fields.put("sourceStorageId", number),
        () -> fields.put("sourceIp", source.ipv4()));
  }

  private static void trunk(JsonObject fields, LogicalName name, TrunkPlace place) {
    fields
        .put("trunkFile", trunkFile(name, place))
        .put("slotOffset", place.offset())
        .put("slotSize", place.slotSize());
  }

  private static String trunkFile(LogicalName name, TrunkPlace place) {
    return DataLayout.directory(name.high(), name.low())
        + "/"
        + DataLayout.trunkFileName(place.trunkFileId());
  }

  // ---- a wrong one

  /// What a tracker takes from it to choose a storage; nothing of it can be believed.
  private static void guess(JsonObject fields, LogicalName name) {
    if (isMetadata(name)) {
      fields.put("kind", "metadata");
      return;
    }
    fields.put("kind", FileFacts.isCoded(name) ? "slave with a short ending, perhaps" : "unknown");
    fields.put("guessed", "what follows is what a tracker takes from it; it proves nothing");
    RoutingFacts read = RoutingFacts.of(name);
    source(fields, read.source());
    fields.put("time", Shown.time(read.timestamp())).put("timestamp", read.timestamp());
    fields.put("sizeField", String.format(Locale.ROOT, "0x%016X", read.sizeField()));
    fields.put("crc32", Shown.crc(read.crc32()));
    fields.put("problems", new JsonArray(NameFaults.of(name)));
  }

  // ---- text

  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("storePath", "store path"),
          Map.entry("sourceIp", "source"),
          Map.entry("sourceStorageId", "source id"),
          Map.entry("crcIs", "the CRC is"),
          Map.entry("trunkFile", "trunk file"),
          Map.entry("slotOffset", "slot offset"),
          Map.entry("slotSize", "slot size"),
          Map.entry("sizeField", "size field"),
          Map.entry("onDisk", "on disk"));

  private static String lines(JsonObject fields) {
    return fields.stream()
            .map(field -> line(field.getKey(), field.getValue()))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String line(String key, Object value) {
    if (value instanceof JsonArray problems) {
      return problems.stream()
          .map(problem -> String.format(Locale.ROOT, "%-12s %s", "wrong", problem))
          .collect(Collectors.joining("\n"));
    }
    return String.format(Locale.ROOT, "%-12s %s", LABELS.getOrDefault(key, key), value);
  }

  /// Shows several.
  ///
  /// @return whether all are right ones
  public boolean dump(List<String> texts) {
    boolean right = true;
    for (String text : texts) {
      right &= dump(text);
    }
    return right;
  }
}
