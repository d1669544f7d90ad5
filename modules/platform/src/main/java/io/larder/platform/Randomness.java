package io.larder.platform;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// Where random numbers come from. Code under test is given a seeded generator instead.
public final class Randomness {
  private Randomness() {}

  /// A fast generator for one thread, seeded by the system: for names and spreading, never for secrets.
  public static RandomGenerator fast() {
    return RandomGenerator.of("L64X128MixRandom");
  }

  /// Numbers nobody can guess, for ids and secrets; any thread.
  public static RandomGenerator secure() {
    return new SecureRandom();
  }
}
