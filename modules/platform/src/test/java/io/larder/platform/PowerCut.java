package io.larder.platform;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Decides what [MemoryDisk#powerCut] keeps of all that no sync had made durable: one question for each thing.
///
/// Questions come in an order that depends on nothing but the history of the disk, so a seed and the same history give
/// the same result again.
public interface PowerCut {
  /// Only what was synced is there afterwards.
  PowerCut NOTHING_UNSYNCED_KEPT = new PowerCutExtreme(false);

  /// The last moment before the cut is there afterwards, as if all had been synced.
  PowerCut EVERYTHING_KEPT = new PowerCutExtreme(true);

  /// Whether a change of names reached the disk.
  boolean keepsChange();

  /// Which size of a file reached the disk.
  ///
  /// @param versions how many there are, 2 or more: number 0 is the durable one, the last the newest
  int size(int versions);

  /// Which time of change of a file reached the disk; like [#size].
  int time(int versions);

  /// Which content of a block of 4 KiB reached the disk; like [#size].
  int block(int versions);

  /// How much of the chosen content of a block was written before the power went; behind it an older one stays.
  ///
  /// @param all sectors of 512 bytes in a block
  /// @return 1 to `all`, which says that the block is not torn
  int sectors(int all);

  /// Draws every answer from a seed. For one cut.
  static PowerCut seeded(long seed) {
    return of(new SplittableRandom(seed));
  }

  /// Draws every answer. For one cut.
  ///
  /// How likely things are kept is drawn first, for names, sizes and blocks apart, and often is never or always: among
  /// many independent coins "all names and no content" would otherwise hardly ever come up.
  static PowerCut of(RandomGenerator random) {
    return new PowerCutByChance(random);
  }
}
