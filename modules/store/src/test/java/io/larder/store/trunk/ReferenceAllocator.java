package io.larder.store.trunk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The rules of the reference's trunk server (S3 §9.4 to §9.7) as a list of blocks, in words of our own and with its
/// defects: to show what they cost. It tells its log the lines that the reference tells.
final class ReferenceAllocator {
  private static final int SLOT_MIN = 256;

  /// A known block.
  private record Block(TrunkSpan span, boolean held) {}

  private final List<Block> blocks = new ArrayList<>();
  private final LogLines log = new LogLines(LogRig.NOW);

  /// What a log tells after a start: held blocks are told as free ones.
  static ReferenceAllocator started(String log) {
    ReferenceAllocator allocator = new ReferenceAllocator();
    BlockIndex index = new BlockIndex();
    LogReplay replay = new LogReplay(List.of(index));
    log.lines()
        .forEach(line ->
            replay.logLine(
                line.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, line.length()));
    index.forEach(block -> allocator.blocks.add(new Block(index.span(block), false)));
    return allocator;
  }

  String log() {
    return SpaceRig.text(log.bytes());
  }

  void free(TrunkSpan span) {
    blocks.add(new Block(span, false));
    log.freed(span);
  }

  /// Command 27: the block is known as held and told as free.
  TrunkSpan allocate(int bytes) {
    Optional<Block> best =
        blocks.stream()
            .filter(block -> !block.held() && block.span().size() >= bytes)
            .min(Comparator.comparingInt(block -> block.span().size()));
    TrunkSpan whole = best.orElseThrow().span();
    blocks.remove(best.orElseThrow());
    log.taken(whole);
    TrunkSpan part = whole;
    if (whole.size() - bytes >= SLOT_MIN) {
      part = whole.front(bytes);
      free(whole.behind(bytes));
    }
    blocks.add(new Block(part, true));
    log.freed(part);
    return part;
  }

  /// Command 28 after a good upload.
  ///
  /// @return the status
  int confirm(TrunkSpan span) {
    if (blocks.removeIf(block -> block.held() && block.span().equals(span))) {
      log.taken(span);
      return 0;
    }
    return 2;
  }

  /// Joins what adjoins, held or not; the joined block is free. Nothing is told to the log.
  void merge() {
    blocks.sort(
        Comparator.comparingInt((Block block) -> block.span().file().id())
            .thenComparingInt(block -> block.span().offset()));
    List<Block> merged = new ArrayList<>();
    for (Block block : blocks) {
      TrunkSpan last = merged.isEmpty() ? null : merged.getLast().span();
      if (last != null
          && last.file().equals(block.span().file())
          && last.end() == block.span().offset()) {
        TrunkSpan joined =
            new TrunkSpan(last.file(), last.offset(), last.size() + block.span().size());
        merged.set(merged.size() - 1, new Block(joined, false));
      } else {
        merged.add(block);
      }
    }
    blocks.clear();
    blocks.addAll(merged);
  }

  List<TrunkSpan> free() {
    return blocks.stream().filter(block -> !block.held()).map(Block::span).toList();
  }
}
