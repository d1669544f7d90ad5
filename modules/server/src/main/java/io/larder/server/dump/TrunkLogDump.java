package io.larder.server.dump;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows a trunk binlog or a snapshot of one: the free blocks that it leaves, those that overlap, and the sums.
final class TrunkLogDump {
  private final DumpOutput out;
  private long bytes;
  private long largest;
  private long overlaps;

  TrunkLogDump(DumpOutput out) {
    this.out = out;
  }

  void dump(DumpFile file, boolean snapshot, boolean everyLine) throws IOException {
    TrunkBlocks blocks =
        TrunkBlocks.read(
            file,
            snapshot,
            (offset, text) -> {
              if (everyLine) {
                line(offset, text);
              }
            });
    TrunkBlocks.@Nullable Key before = null;
    long beforeEnd = 0;
    for (Map.Entry<TrunkBlocks.Key, Integer> block : blocks.free().entrySet()) {
      TrunkBlocks.Key key = block.getKey();
      boolean overlapping = before != null && sameFile(before, key) && key.offset() < beforeEnd;
      block(key, block.getValue(), overlapping);
      beforeEnd = key.offset() + (long) block.getValue();
      before = key;
    }
    sums(file, blocks);
  }

  private static boolean sameFile(TrunkBlocks.Key one, TrunkBlocks.Key other) {
    return one.storePath() == other.storePath()
        && one.high() == other.high()
        && one.low() == other.low()
        && one.trunkFileId() == other.trunkFileId();
  }

  private void line(long offset, String text) {
    out.row(
        () -> String.format(Locale.ROOT, "%-10d %s", offset, text),
        () -> new JsonObject().put("offset", offset).put("line", text));
  }

  private void block(TrunkBlocks.Key key, int size, boolean overlapping) {
    bytes += size;
    largest = Math.max(largest, size);
    overlaps += overlapping ? 1 : 0;
    out.row(
        () ->
            String.format(
                Locale.ROOT,
                "free  M%02X/%02X/%02X/%06d  offset %-10d  %d bytes%s",
                key.storePath(),
                key.high(),
                key.low(),
                key.trunkFileId(),
                key.offset(),
                size,
                overlapping ? "  OVERLAPS the block before it" : ""),
        () ->
            new JsonObject()
                .put("storePath", key.storePath())
                .put("high", key.high())
                .put("low", key.low())
                .put("trunkFile", key.trunkFileId())
                .put("offset", key.offset())
                .put("size", size)
                .put("overlaps", overlapping));
  }

  private void sums(DumpFile file, TrunkBlocks blocks) {
    JsonObject sums =
        new JsonObject()
            .put("path", file.path().toString())
            .put("lines", blocks.lines())
            .put("brokenLines", blocks.broken())
            .put("freeBlocks", blocks.free().size())
            .put("freeBytes", bytes)
            .put("largestBlock", largest)
            .put("overlaps", overlaps)
            .put("freedTwice", blocks.freedTwice())
            .put("takenTwice", blocks.takenTwice());
    if (!blocks.from().isEmpty()) {
      sums.put("binlogSize", blocks.from());
    }
    out.row(() -> text(blocks), () -> sums);
  }

  private String text(TrunkBlocks blocks) {
    StringBuilder text = new StringBuilder();
    text.append(blocks.lines()).append(" lines, ").append(blocks.broken()).append(" broken; ");
    text.append(blocks.free().size()).append(" free blocks, ").append(bytes).append(" bytes, ");
    text.append("the largest ").append(largest).append("; ").append(overlaps).append(" overlap; ");
    text.append(blocks.freedTwice()).append(" freed twice, ");
    text.append(blocks.takenTwice()).append(" taken that were not free");
    if (!blocks.from().isEmpty()) {
      text.append("; goes on in the binlog at ").append(blocks.from());
    }
    return text.toString();
  }
}
