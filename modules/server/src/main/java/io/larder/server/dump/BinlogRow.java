package io.larder.server.dump;

import io.larder.protocol.disk.BinlogRecord;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/// One record of the sync binlog as a row (S4 §1.1).
///
/// @param file name of the binlog file
/// @param offset where its line begins
/// @param record what it says
record BinlogRow(String file, long offset, BinlogRecord record) {
  String text() {
    BinlogRecord.Change change = record.change();
    return String.format(
        Locale.ROOT,
        "%-18s %s  %c %-8s  %s%s",
        file + ":" + offset,
        Shown.time(record.timestamp()),
        BinlogFilter.letter(record),
        operation(change),
        change.name(),
        rest(change));
  }

  JsonObject fields() {
    BinlogRecord.Change change = record.change();
    JsonObject row =
        new JsonObject()
            .put("file", file)
            .put("offset", offset)
            .put("timestamp", record.timestamp())
            .put("time", Shown.time(record.timestamp()))
            .put("op", String.valueOf(BinlogFilter.letter(record)))
            .put("operation", operation(change))
            .put("replicated", record.replicated())
            .put("name", change.name());
    return fields(row, change);
  }

  private static String operation(BinlogRecord.Change change) {
    return switch (change) {
      case BinlogRecord.Create _ -> "create";
      case BinlogRecord.Append _ -> "append";
      case BinlogRecord.Delete _ -> "delete";
      case BinlogRecord.Update _ -> "update";
      case BinlogRecord.Modify _ -> "modify";
      case BinlogRecord.Truncate _ -> "truncate";
      case BinlogRecord.Link _ -> "link";
      case BinlogRecord.Rename _ -> "rename";
    };
  }

  private static String rest(BinlogRecord.Change change) {
    return switch (change) {
      case BinlogRecord.Append a -> "  " + a.length() + " bytes at " + a.offset();
      case BinlogRecord.Modify m -> "  " + m.length() + " bytes at " + m.offset();
      case BinlogRecord.Truncate t -> "  from " + t.oldSize() + " to " + t.newSize() + " bytes";
      case BinlogRecord.Link l -> "  -> " + l.source();
      case BinlogRecord.Rename r -> "  was " + r.oldName();
      case BinlogRecord.Create _, BinlogRecord.Delete _, BinlogRecord.Update _ -> "";
    };
  }

  private static JsonObject fields(JsonObject row, BinlogRecord.Change change) {
    return switch (change) {
      case BinlogRecord.Append a -> row.put("start", a.offset()).put("length", a.length());
      case BinlogRecord.Modify m -> row.put("start", m.offset()).put("length", m.length());
      case BinlogRecord.Truncate t -> row.put("oldSize", t.oldSize()).put("newSize", t.newSize());
      case BinlogRecord.Link l -> row.put("source", l.source());
      case BinlogRecord.Rename r -> row.put("oldName", r.oldName());
      case BinlogRecord.Create _, BinlogRecord.Delete _, BinlogRecord.Update _ -> row;
    };
  }
}
