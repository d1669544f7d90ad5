package io.larder.cluster.status;

import static io.larder.cluster.status.StatusMachine.isGone;
import static io.larder.cluster.status.StatusMachine.isIncomplete;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.StorageStatus;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Random lives of a storage, one per seed. After every event: nobody serves without a beat, and a
/// deleted one comes back by a join only.
class StatusSimulation {
  private static final int SEEDS = 100;
  private static final int EVENTS = 2_000;

  @Test
  void aLifeOfRandomEventsKeepsThePromises() {
    for (int seed = 0; seed < SEEDS; seed++) {
      live(seed);
    }
  }

  private static void live(int seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<StatusEvent> events = StatusMachineTest.allEvents().toList();
    StorageStatus now = StorageStatus.INIT;
    for (int i = 0; i < EVENTS; i++) {
      StatusEvent event = events.get(random.nextInt(events.size()));
      StorageStatus before = now;
      if (StatusMachine.on(before, event) instanceof StatusStep.Moved moved) {
        now = moved.next();
      }
      String what = "seed " + seed + ", event " + i + ": " + before + " met " + event;
      if (now == StorageStatus.ACTIVE && before != StorageStatus.ACTIVE) {
        assertThat(event).as(what).isInstanceOf(StatusEvent.Beat.class);
        assertThat(isIncomplete(before) || isGone(before)).as(what).isFalse();
      }
      if (before == StorageStatus.DELETED && now != before) {
        assertThat(event)
            .as(what)
            .isInstanceOfAny(StatusEvent.Joined.class, StatusEvent.TrackerRestarted.class);
      }
    }
  }
}
