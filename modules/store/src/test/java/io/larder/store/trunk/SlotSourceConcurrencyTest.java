package io.larder.store.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many writer threads, the housekeeping and a compaction at once.
class SlotSourceConcurrencyTest {
  private static final int THREADS = 4;
  private static final int PATHS = 2;
  private static final int STEPS = 3000;

  @TempDir Path base;

  /// Every slot that some thread has, so that none is given twice.
  private static final class Register {
    private final FreeSpace used = new FreeSpace(1);

    synchronized void enter(TrunkSpan slot) {
      used.free(slot); // refuses a byte that is entered already
    }

    synchronized void leave(TrunkSpan slot) {
      assertThat(used.take(slot)).isTrue();
    }
  }

  /// One writer thread: takes slots and gives some of them back.
  private record Writer(SpaceRig rig, int path, long seed, Register register)
      implements Callable<List<TrunkSpan>> {
    @Override
    public List<TrunkSpan> call() {
      SplittableRandom random = new SplittableRandom(seed);
      List<TrunkSpan> mine = new ArrayList<>();
      Optional<Lot> lot = Optional.empty();
      for (int i = 0; i < STEPS; i++) {
        int size = 256 * (1 + random.nextInt(64));
        Optional<TrunkSpan> slot = lot.flatMap(l -> l.take(size));
        if (slot.isEmpty()) {
          lot.ifPresent(rig.source::giveBack);
          lot = rig.source.reserve(path, size);
          slot = lot.flatMap(l -> l.take(size));
        }
        TrunkSpan taken = slot.orElseThrow();
        register.enter(taken);
        mine.add(taken);
        if (random.nextInt(3) > 0) {
          TrunkSpan deleted = mine.remove(random.nextInt(mine.size()));
          register.leave(deleted);
          rig.source.free(List.of(deleted));
        }
      }
      lot.ifPresent(rig.source::giveBack);
      return mine;
    }
  }

  @Test
  void noSlotIsEverGivenTwiceAndTheLogTellsAll() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool();
        SpaceRig rig =
            SpaceRig.Plan.of(base)
                .on(new FailingCall(LogRig.disk(), "none", 0).disk())
                .paths(PATHS)
                .inBackground(threads)
                .open()) {
      rig.source.loaded().toCompletableFuture().get(10, TimeUnit.SECONDS);
      rig.time.advance(Duration.ofMinutes(10));
      Register register = new Register();
      List<Future<List<TrunkSpan>>> writers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        writers.add(threads.submit(new Writer(rig, i % PATHS, i, register)));
      }
      while (!writers.stream().allMatch(Future::isDone)) {
        rig.source.tick();
        rig.source.compact();
      }
      List<TrunkSpan> used = new ArrayList<>();
      for (Future<List<TrunkSpan>> writer : writers) {
        used.addAll(writer.get());
      }
      rig.source.close();
      assertThat(rig.source.hasEnded()).isTrue();
      assertAllIsTold(rig, used);
    }
  }

  private void assertAllIsTold(SpaceRig rig, List<TrunkSpan> used) throws IOException {
    for (int i = 0; i < PATHS; i++) {
      int path = i;
      List<TrunkSpan> here = used.stream().filter(slot -> slot.storePath() == path).toList();
      List<TrunkSpan> free = rig.logged(path);
      Slots.assertApart(here, free);
      assertThat(Slots.bytes(here) + Slots.bytes(free))
          .isEqualTo(Slots.fileBytes(LogRig.disk(), base.resolve("p" + path)));
    }
    assertThat(rig.listed()).isEmpty();
  }
}
