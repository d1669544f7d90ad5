package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.Refusal;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Many threads of one application on one client.
abstract class CrowdContract extends Scenarios {
  private static final int THREADS = 8;

  CrowdContract(NativeClient client, Target target) {
    super(client, target);
  }

  @Test
  void everyThreadGetsItsOwnFilesBack() throws Exception {
    List<Set<StoredFile>> all =
        together(thread -> {
          Set<StoredFile> mine = new HashSet<>();
          for (int i = 0; i < 20; i++) {
            byte[] content = bytes(1000 * thread + 37 * i + 1);
            StoredFile file = client.upload(content, "bin");
            assertThat(client.download(file)).isEqualTo(content);
            mine.add(file);
          }
          return mine;
        });

    Set<StoredFile> distinct = new HashSet<>();
    all.forEach(distinct::addAll);
    assertThat(distinct).hasSize(THREADS * 20);
  }

  @Test
  void everyThreadReadsTheSameFile() throws Exception {
    byte[] content = bytes(700_000);
    StoredFile file = client.upload(content, "bin");

    List<Boolean> equal =
        together(_ ->
            IntStream.range(0, 10).allMatch(_ -> Arrays.equals(client.download(file), content)));

    assertThat(equal).containsOnly(true);
  }

  @Test
  void everyAppendArrivesOnce() throws Exception {
    StoredFile file = client.uploadAppender(new byte[0], "log");

    together(thread -> {
      for (int i = 0; i < 25; i++) {
        client.append(file, text("<" + thread + "." + i + ">"));
      }
      return true;
    });

    String content = new String(client.download(file), StandardCharsets.UTF_8);
    for (int thread = 0; thread < THREADS; thread++) {
      int at = -1;
      for (int i = 0; i < 25; i++) {
        int next = content.indexOf("<" + thread + "." + i + ">");
        assertThat(next).as("append %s of thread %s", i, thread).isGreaterThan(at);
        at = next;
      }
    }
    assertThat(content.chars().filter(c -> c == '<').count()).isEqualTo(THREADS * 25L);
  }

  @Test
  void aFileIsDeletedByOneThread() throws Exception {
    StoredFile file = client.upload(text("content"), "txt");

    List<Integer> statuses = together(_ -> status(() -> client.delete(file)));

    assertThat(statuses).containsOnlyOnce(Status.OK).containsOnly(Status.OK, Status.ENOENT);
    refused(Status.ENOENT, () -> client.download(file));
  }

  @Test
  void metadataAreThoseOfOneThread() throws Exception {
    StoredFile file = client.upload(text("content"), "txt");

    together(thread -> {
      for (int i = 0; i < 10; i++) {
        client.setMetadata(file, Map.of("a", "thread " + thread, "b", "thread " + thread));
      }
      return true;
    });

    Map<String, String> metadata = client.metadata(file);
    assertThat(metadata).containsOnlyKeys("a", "b");
    assertThat(metadata.get("a")).startsWith("thread ").isEqualTo(metadata.get("b"));
  }

  @Test
  void everyThreadMakesASlave() throws Exception {
    StoredFile master = client.upload(text("master"), "jpg");

    List<StoredFile> slaves =
        together(
            thread -> client.uploadSlave(master, "_" + thread, "jpg", text("slave " + thread)));

    for (int thread = 0; thread < THREADS; thread++) {
      assertThat(client.download(slaves.get(thread))).isEqualTo(text("slave " + thread));
    }
  }

  @Test
  void refusalsOfOneThreadDoNotDisturbTheOthers() throws Exception {
    StoredFile file = client.upload(bytes(1000), "bin");

    List<Boolean> right =
        together(thread -> {
          boolean good = true;
          for (int i = 0; i < 20; i++) {
            if (thread % 2 == 0) {
              good &= status(() -> client.download(file, 2000, 1)) == Status.EINVAL;
            } else {
              good &= client.download(file).length == 1000;
            }
          }
          return good;
        });

    assertThat(right).containsOnly(true);
  }

  @Test
  void differentOperationsMix() throws Exception {
    List<Boolean> right =
        together(thread -> {
          for (int i = 0; i < 10; i++) {
            StoredFile file = client.uploadAppender(text("t" + thread), "log");
            client.append(file, text(" i" + i));
            client.setMetadata(file, Map.of("i", Integer.toString(i)));
            assertThat(client.download(file)).isEqualTo(text("t" + thread + " i" + i));
            assertThat(client.metadata(file)).isEqualTo(Map.of("i", Integer.toString(i)));
            assertThat(client.info(file).size()).isEqualTo(("t" + thread + " i" + i).length());
            client.delete(file);
            assertThat(status(() -> client.info(file))).isEqualTo(Status.ENOENT);
          }
          return true;
        });

    assertThat(right).containsOnly(true);
  }

  private interface Work<T> {
    T of(int thread) throws Exception;
  }

  private static <T> List<T> together(Work<T> work)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        tasks.add(() -> work.of(thread));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> task : threads.invokeAll(tasks)) {
        results.add(task.get());
      }
      return results;
    }
  }

  private static int status(Runnable operation) {
    try {
      operation.run();
      return Status.OK;
    } catch (Refusal refusal) {
      return refusal.status();
    }
  }
}
