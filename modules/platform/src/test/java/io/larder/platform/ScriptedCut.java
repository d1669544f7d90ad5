package io.larder.platform;

import java.util.Set;

/// A power cut that keeps everything but what a test says.
final class ScriptedCut implements PowerCut {
  private static final int NEWEST = Integer.MAX_VALUE;

  private Set<Integer> lost = Set.of();
  private int size = NEWEST;
  private int time = NEWEST;
  private int[] blocks = {NEWEST};
  private int sectors = NEWEST;
  private int changesAsked;
  private int blocksAsked;

  /// Loses some of the changes of names.
  ///
  /// @param numbers in order of the changes, the first is 0
  ScriptedCut losing(Integer... numbers) {
    lost = Set.of(numbers);
    return this;
  }

  ScriptedCut sizeAt(int version) {
    size = version;
    return this;
  }

  ScriptedCut timeAt(int version) {
    time = version;
    return this;
  }

  /// @param versions one after the other as asked for; the last for all that follow
  ScriptedCut blocksAt(int... versions) {
    blocks = versions;
    return this;
  }

  ScriptedCut tornAfter(int written) {
    sectors = written;
    return this;
  }

  @Override
  public boolean keepsChange() {
    return !lost.contains(changesAsked++);
  }

  @Override
  public int size(int versions) {
    return Math.min(size, versions - 1);
  }

  @Override
  public int time(int versions) {
    return Math.min(time, versions - 1);
  }

  @Override
  public int block(int versions) {
    int version = blocks[Math.min(blocksAsked++, blocks.length - 1)];
    return Math.min(version, versions - 1);
  }

  @Override
  public int sectors(int all) {
    return Math.min(sectors, all);
  }
}
