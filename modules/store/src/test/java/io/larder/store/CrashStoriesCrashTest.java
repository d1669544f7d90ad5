package io.larder.store;

import io.larder.platform.Errno;
import io.larder.store.CrashRig.End;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Several operations one after the other, cut somewhere: all pairs, and triples by chance.
///
/// More triples, or those of another seed: `-Dlarder.crash.triples=100000 -Dlarder.crash.seed=7`. A story that fails names
/// all that is needed to tell it again.
class CrashStoriesCrashTest {
  private static final int TRIPLES = Integer.getInteger("larder.crash.triples", 2000);
  private static final long SEED = Long.getLong("larder.crash.seed", 20261126L);
  private static final int CALLS_MAX = 60;

  @ParameterizedTest
  @EnumSource
  void anyTwoOperationsAreCutSomewhere(CrashOps first) {
    SplittableRandom random = new SplittableRandom(SEED ^ first.name().hashCode());
    for (CrashOps second : CrashOps.values()) {
      tell(List.of(first, second), random);
    }
  }

  @Test
  void manyTriplesAreCutSomewhere() {
    CrashOps[] all = CrashOps.values();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < TRIPLES; i++) {
      List<CrashOps> three = List.of(any(all, random), any(all, random), any(all, random));
      tell(three, random);
    }
  }

  private static <T> T any(T[] all, SplittableRandom random) {
    return all[random.nextInt(all.length)];
  }

  private static void tell(List<CrashOps> operations, SplittableRandom random) {
    Durability level = any(Durability.values(), random);
    End end = any(End.values(), random);
    boolean packs = random.nextInt(3) == 0;
    CrashCase story = new CrashCase(level, packs, operations, end, random.nextLong());
    int call = random.nextInt(CALLS_MAX);
    switch (random.nextInt(4)) {
      case 0 -> story.failAt(call + 1, random.nextBoolean() ? Errno.EIO : Errno.ENOSPC);
      case 1 -> story.cutAlsoTheStart(call, random.nextInt(20));
      default -> story.cutAfter(call);
    }
  }
}
