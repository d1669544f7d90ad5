package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.store.CrashRig.End;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The very first start of a storage is cut anywhere, and what it stores then is there after the next cut.
class FirstStartCrashTest {
  private static final int CALLS_MAX = 100;

  @ParameterizedTest
  @EnumSource
  void aFirstStartThatIsCutIsDoneAgain(End end) {
    boolean cut = true;
    for (int call = 0; cut; call++) {
      assertThat(call).isLessThan(CALLS_MAX);
      CrashRig crash = new CrashRig(Durability.GROUP, false);
      SplittableRandom random = new SplittableRandom(call);
      cut = startCutAfter(crash, call);
      crash.end(end, random);
      String name;
      try (StoreRig rig = crash.open()) {
        name = rig.stored(StoreRig.plain(), "content");
        crash.disk.dieAfter(0);
      }
      crash.end(end, random);
      try (StoreRig rig = crash.open()) {
        assertThat(rig.read(name)).as("%s after call %s", end, call).isEqualTo("content");
      }
    }
  }

  private static boolean startCutAfter(CrashRig crash, int call) {
    crash.disk.dieAfter(call);
    try (StoreRig rig = crash.openUnfinished()) {
      rig.upload(StoreRig.plain(), "perhaps");
    } catch (UncheckedIOException e) {
      return true; // it ended before it was open
    }
    return crash.disk.isDead();
  }
}
