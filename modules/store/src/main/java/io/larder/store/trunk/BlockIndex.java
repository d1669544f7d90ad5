package io.larder.store.trunk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Blocks of trunk files by their place: one number per block, its facts in arrays, so that a million blocks cost some
/// tens of megabytes.
///
/// A set by trunk file and offset: two blocks never begin at the same byte. Whether blocks overlap is not checked here,
/// because the lines of a log may come in any order. One owner at a time.
final class BlockIndex {
  /// No block.
  static final int NONE = -1;

  private static final int HELD = Integer.MIN_VALUE; // the sign of the size
  private static final Comparator<TrunkFile> BY_PLACE =
      Comparator.comparingInt((TrunkFile file) -> file.directory().storePath())
          .thenComparingInt(file -> file.directory().high())
          .thenComparingInt(file -> file.directory().low())
          .thenComparingInt(TrunkFile::id);

  private final Map<TrunkFile, FileBlocks> files = new HashMap<>();
  private final List<@Nullable FileBlocks> filesByNumber = new ArrayList<>();
  private final List<Integer> vacantFiles = new ArrayList<>();

  private int[] offsets = new int[16];
  private int[] sizes = new int[16];
  private int[] owners = new int[16];
  private int used; // numbers ever given
  private int vacant = NONE; // numbers given back, chained through their offsets
  private int count;

  // ---- one block

  int offset(int block) {
    return offsets[block];
  }

  int size(int block) {
    return sizes[block] & ~HELD;
  }

  int end(int block) {
    return offsets[block] + size(block);
  }

  boolean isHeld(int block) {
    return sizes[block] < 0;
  }

  void hold(int block, boolean held) {
    sizes[block] = held ? sizes[block] | HELD : sizes[block] & ~HELD;
  }

  TrunkFile fileOf(int block) {
    return blocksOf(block).file();
  }

  TrunkSpan span(int block) {
    return new TrunkSpan(fileOf(block), offsets[block], size(block));
  }

  private FileBlocks blocksOf(int block) {
    FileBlocks blocks = filesByNumber.get(owners[block]);
    if (blocks == null) {
      throw new IllegalStateException("block " + block + " has no trunk file");
    }
    return blocks;
  }

  // ---- the set

  /// Blocks in the set.
  int count() {
    return count;
  }

  /// The blocks of a trunk file; `null` when it has none.
  @Nullable FileBlocks find(TrunkFile file) {
    return files.get(file);
  }

  /// The block that begins at an offset, or [#NONE].
  int find(TrunkFile file, int offset) {
    FileBlocks blocks = files.get(file);
    return blocks != null && blocks.seek(offset) ? blocks.next() : NONE;
  }

  /// Adds a block.
  ///
  /// @return its number; [#NONE] when one begins there already, and nothing has changed
  int add(TrunkSpan span) {
    FileBlocks blocks = files.get(span.file());
    if (blocks == null) {
      blocks = newFile(span.file());
    } else if (blocks.seek(span.offset())) {
      return NONE;
    }
    return addAtCursor(blocks, span.offset(), span.size());
  }

  /// Adds a block where a seek in its file has just been.
  int addAtCursor(FileBlocks blocks, int offset, int size) {
    int block = takeNumber();
    offsets[block] = offset;
    sizes[block] = size;
    owners[block] = blocks.number();
    blocks.insert(block);
    count++;
    return block;
  }

  FileBlocks newFile(TrunkFile file) {
    int number = vacantFiles.isEmpty() ? filesByNumber.size() : vacantFiles.removeLast();
    FileBlocks blocks = new FileBlocks(this, file, number);
    if (number == filesByNumber.size()) {
      filesByNumber.add(blocks);
    } else {
      filesByNumber.set(number, blocks);
    }
    files.put(file, blocks);
    return blocks;
  }

  private int takeNumber() {
    if (vacant != NONE) {
      int block = vacant;
      vacant = offsets[block];
      return block;
    }
    if (used == offsets.length) {
      int larger = used + (used >> 1);
      offsets = Arrays.copyOf(offsets, larger);
      sizes = Arrays.copyOf(sizes, larger);
      owners = Arrays.copyOf(owners, larger);
    }
    return used++;
  }

  /// Takes a block out; its number may be given again.
  void remove(int block) {
    FileBlocks blocks = blocksOf(block);
    blocks.seek(offsets[block]);
    blocks.remove();
    if (blocks.isEmpty()) {
      files.remove(blocks.file());
      filesByNumber.set(blocks.number(), null);
      vacantFiles.add(blocks.number());
    }
    offsets[block] = vacant;
    vacant = block;
    count--;
  }

  /// The trunk files that have blocks, in order of their places.
  List<TrunkFile> trunkFiles() {
    return files.keySet().stream().sorted(BY_PLACE).toList();
  }

  /// Calls with every block in order of its place; the set must not change meanwhile.
  void forEach(IntConsumer action) {
    for (TrunkFile file : trunkFiles()) {
      FileBlocks blocks = files.get(file);
      if (blocks != null) {
        blocks.forEach(action);
      }
    }
  }
}
