package io.larder.platform;

import java.util.random.RandomGenerator;

/// Draws what is kept.
final class PowerCutByChance implements PowerCut {
  private static final double[] ODDS = {0, 0, 0.1, 0.5, 0.5, 0.9, 1, 1};
  private static final double TORN = 0.25;

  private final RandomGenerator random;
  private final double changes;
  private final double sizes;
  private final double blocks;

  PowerCutByChance(RandomGenerator random) {
    this.random = random;
    changes = ODDS[random.nextInt(ODDS.length)];
    sizes = ODDS[random.nextInt(ODDS.length)];
    blocks = ODDS[random.nextInt(ODDS.length)];
  }

  @Override
  public boolean keepsChange() {
    return random.nextDouble() < changes;
  }

  @Override
  public int size(int versions) {
    return version(versions, sizes);
  }

  @Override
  public int time(int versions) {
    return version(versions, sizes);
  }

  @Override
  public int block(int versions) {
    return version(versions, blocks);
  }

  /// The durable one, or else the newest as often as all of those in between.
  private int version(int versions, double odds) {
    if (random.nextDouble() >= odds) {
      return 0;
    }
    return random.nextBoolean() ? versions - 1 : random.nextInt(1, versions);
  }

  @Override
  public int sectors(int all) {
    return random.nextDouble() < TORN ? random.nextInt(1, all) : all;
  }
}
