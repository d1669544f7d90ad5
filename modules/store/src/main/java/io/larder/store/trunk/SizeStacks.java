package io.larder.store.trunk;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/// Free blocks by their size: of each size a stack, the block freed last on top. Blocks are numbers of a [BlockIndex];
/// the stacks are chains through arrays, so that any block can leave at once. Owner: the free space.
final class SizeStacks {
  /// The top of the stack of one size.
  private static final class Top {
    private int block;

    private Top(int block) {
      this.block = block;
    }
  }

  private final TreeMap<Integer, Top> tops = new TreeMap<>();
  private int[] below = new int[16];
  private int[] above = new int[16];

  /// Puts a block on top of the stack of its size.
  void push(int block, int size) {
    if (block >= below.length) {
      int larger = Math.max(block + 1, below.length + (below.length >> 1));
      below = Arrays.copyOf(below, larger);
      above = Arrays.copyOf(above, larger);
    }
    Top top = tops.get(size);
    above[block] = BlockIndex.NONE;
    if (top == null) {
      below[block] = BlockIndex.NONE;
      tops.put(size, new Top(block));
    } else {
      below[block] = top.block;
      above[top.block] = block;
      top.block = block;
    }
  }

  /// Takes a block out of the stack of its size, wherever in it.
  void remove(int block, int size) {
    int lower = below[block];
    int upper = above[block];
    if (lower != BlockIndex.NONE) {
      above[lower] = upper;
    }
    if (upper != BlockIndex.NONE) {
      below[upper] = lower;
    } else if (lower == BlockIndex.NONE) {
      tops.remove(size);
    } else {
      topOf(size).block = lower;
    }
  }

  private Top topOf(int size) {
    Top top = tops.get(size);
    if (top == null) {
      throw new IllegalStateException("no free block of " + size + " bytes is known");
    }
    return top;
  }

  /// The block freed last among the smallest that have at least so many bytes, or [BlockIndex#NONE].
  int smallest(int bytes) {
    Map.Entry<Integer, Top> found = tops.ceilingEntry(bytes);
    return found == null ? BlockIndex.NONE : found.getValue().block;
  }

  /// Calls with every block, smaller ones first, among equals the one freed last first.
  void forEach(IntConsumer action) {
    for (Top top : tops.values()) {
      for (int block = top.block; block != BlockIndex.NONE; block = below[block]) {
        action.accept(block);
      }
    }
  }
}
