package io.larder.store.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundTasksTest {
  @Test
  void theEndWaitsForWhatIsUnderWay() {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      BackgroundTasks tasks = new BackgroundTasks(threads);
      for (int i = 0; i < 2; i++) {
        assertThat(tasks.run(() -> await(gate, done))).isTrue();
      }
      gate.countDown();

      assertThat(tasks.awaitEnd(Duration.ofSeconds(10))).isTrue();
      assertThat(done).hasValue(2);
      assertThat(tasks.awaitEnd(Duration.ofSeconds(10))).as("ended already").isTrue();
    }
  }

  @Test
  void aTaskThatHangsIsNotWaitedForTooLong() {
    CountDownLatch gate = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      BackgroundTasks tasks = new BackgroundTasks(threads);
      tasks.run(() -> await(gate, new AtomicInteger()));

      assertThat(tasks.awaitEnd(Duration.ofMillis(1))).isFalse();
      gate.countDown();
    }
  }

  private static void await(CountDownLatch gate, AtomicInteger done) {
    try {
      gate.await();
      done.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTaskThatFailsOrIsRefusedIsNotWaitedFor() {
    List<Throwable> failures = new ArrayList<>();
    BackgroundTasks failing =
        new BackgroundTasks(task -> {
          try {
            task.run();
          } catch (IllegalStateException e) {
            failures.add(e);
          }
        });
    failing.run(() -> {
      throw new IllegalStateException("a fault");
    });
    BackgroundTasks refusing =
        new BackgroundTasks(task -> {
          throw new RejectedExecutionException();
        });

    assertThat(refusing.run(() -> {})).isFalse();
    assertThat(failures).hasSize(1);
    assertThat(failing.awaitEnd(Duration.ofSeconds(1))).isTrue();
    assertThat(refusing.awaitEnd(Duration.ofSeconds(1))).isTrue();
  }
}
