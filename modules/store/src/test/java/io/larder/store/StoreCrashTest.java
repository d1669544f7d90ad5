package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.FaultyDisk;
import io.larder.protocol.fileid.LogicalName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ends the process after every call that changes something, starts again, and compares with what was acknowledged.
class StoreCrashTest {
  private static final int CUTS_MAX = 200;

  @TempDir Path folder;

  /// What a client knows.
  private static final class Journal {
    private final Map<String, String> acknowledged = new HashMap<>();
    private final Map<String, String> uncertain = new HashMap<>();

    void upload(StoreRig rig, UploadHead head, String content) {
      Asked.Outcome outcome = rig.upload(head, content);
      if (outcome.status() == 0) {
        acknowledged.put(outcome.name(), content);
      }
    }

    void delete(StoreRig rig, String name) {
      String content = acknowledged.remove(name);
      if (rig.delete(name).status() != 0 && content != null) {
        uncertain.put(name, content);
      }
    }
  }

  @Test
  void uploadsAndDeletesSurviveAKillAfterEveryStep() throws IOException {
    cutEverywhere(
        "plain",
        (rig, journal) -> {
          journal.upload(rig, StoreRig.plain(), "first content");
          journal.upload(rig, StoreRig.appender(), "second");
          List.copyOf(journal.acknowledged.keySet()).forEach(name -> journal.delete(rig, name));
          journal.upload(rig, StoreRig.plain(), "third");
        });
  }

  private interface Work {
    void run(StoreRig rig, Journal journal);
  }

  private void cutEverywhere(String label, Work work) throws IOException {
    boolean died = true;
    for (int cut = 0; died && cut < CUTS_MAX; cut++) {
      Path place = Files.createDirectories(folder.resolve(label + cut));
      Journal journal = new Journal();
      FaultyDisk disk = new FaultyDisk(StoreRig.disk());
      try (StoreRig rig = StoreRig.open(place, disk, 1)) {
        awaitDirectories(place);
        disk.dieAfter(cut);
        work.run(rig, journal);
        died = disk.isDead();
      }
      disk.bury();
      check(place, journal);
    }
    assertThat(died).as("the work was done without a cut at last").isFalse();
  }

  /// Directories are made in the background; the cuts are to fall into the work alone.
  private static void awaitDirectories(Path place) {
    Awaitility.await()
        .until(() -> Files.notExists(place.resolve("p0/data/.larder/making-directories")));
  }

  private static void check(Path place, Journal journal) {
    try (StoreRig rig = StoreRig.open(place)) {
      List<String> binlog = rig.binlog();
      journal.acknowledged.forEach((name, content) -> {
        assertThat(rig.read(name)).isEqualTo(content);
        assertThat(binlog).contains("C " + name);
      });
      journal.uncertain.forEach(
          (name, content) -> assertThat(rig.read(name)).isIn(content, "status 2"));
      for (String file : rig.files()) {
        String name = "M00/" + file.substring("p0/data/".length());
        assertThat(rig.read(LogicalName.parse(name).text()))
            .isIn("first content", "second", "third");
        assertThat(binlog).doesNotContain("D " + name);
      }
      assertThat(place.resolve("p0/data/.larder/staging")).isEmptyDirectory();
      assertThat(rig.upload(StoreRig.plain(), "third").status()).isZero();
    }
  }
}
