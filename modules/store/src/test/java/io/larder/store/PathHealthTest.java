package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Errno;
import io.larder.platform.FakeTicker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathHealthTest {
  private final List<PathEvent> events = new ArrayList<>();
  private final PathHealth health = new PathHealth(1, "/disk1", new FakeTicker(), events::add);

  @Test
  void aPathBeginsWithoutFaults() {
    assertThat(health.now()).isEqualTo(PathMode.NORMAL);
    assertThat(health.reason()).isEmpty();
  }

  @Test
  void aFullDiskGetsNoNewFiles() {
    health.wrote(-Errno.ENOSPC);

    assertThat(health.now()).isEqualTo(PathMode.DRAINED);
    assertThat(health.reason()).contains("full");
  }

  @Test
  void aFailedWriteMakesItReadOnlyForGood() {
    health.wrote(-Errno.EIO);
    health.over(PathFault.SLOW);
    health.over(PathFault.FULL);

    assertThat(health.now()).isEqualTo(PathMode.READ_ONLY);
    assertThat(health.reason()).contains("write failed");
  }

  @Test
  void aFileSystemThatTakesNoWritesMakesItReadOnlyUntilItDoes() {
    health.wrote(-Errno.EROFS);
    assertThat(health.now()).isEqualTo(PathMode.READ_ONLY);

    health.over(PathFault.READ_ONLY_FILE_SYSTEM);

    assertThat(health.now()).isEqualTo(PathMode.NORMAL);
  }

  @Test
  void errorsOfOneRequestSayNothingAboutTheDisk() {
    for (int errno : new int[] {Errno.ENOENT, Errno.EEXIST, Errno.EACCES, Errno.EINVAL}) {
      health.wrote(-errno);
    }
    health.wrote(4096);

    assertThat(health.now()).isEqualTo(PathMode.NORMAL);
  }

  @Test
  void theStrictestFaultCountsAndGivesTheReason() {
    health.found(PathFault.SLOW, "slow");
    health.found(PathFault.VANISHED, "gone");
    health.found(PathFault.FULL, "full");

    assertThat(health.now()).isEqualTo(PathMode.OFF);
    assertThat(health.reason()).isEqualTo("gone");

    health.over(PathFault.VANISHED);

    assertThat(health.now()).isEqualTo(PathMode.DRAINED);
  }

  @Test
  void theOperatorAndTheFaultsTogetherDecide() {
    health.ask(PathMode.READ_ONLY);
    health.found(PathFault.SLOW, "slow");
    assertThat(health.now()).isEqualTo(PathMode.READ_ONLY);
    assertThat(health.reason()).contains("operator");

    health.ask(PathMode.NORMAL);

    assertThat(health.now()).isEqualTo(PathMode.DRAINED);
    assertThat(health.reason()).isEqualTo("slow");
  }

  @Test
  void everyChangeIsToldOnce() {
    health.found(PathFault.SLOW, "slow");
    health.found(PathFault.SLOW, "slow");
    health.found(PathFault.FULL, "full");
    health.over(PathFault.SLOW);
    health.over(PathFault.FULL);

    assertThat(events)
        .extracting(PathEvent::now)
        .containsExactly(PathMode.DRAINED, PathMode.NORMAL);
    assertThat(events.getFirst().index()).isEqualTo(1);
    assertThat(events.getFirst().reason()).isEqualTo("slow");
  }

  @Test
  void modesAreReadAsTheyAreWritten() {
    for (PathMode mode : PathMode.values()) {
      assertThat(PathMode.parse(mode.text())).isEqualTo(mode);
    }
  }
}
