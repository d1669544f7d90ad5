package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a storing process with `SIGKILL` again and again and compares what is left with what it acknowledged.
class StoreKillIT {
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  private final Map<String, Integer> kept = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> uncertain = new HashSet<>();

  @Test
  void everythingAcknowledgedIsThereAndNothingHalfWrittenHasAName() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      killAfter(200 + 150 * round);
    }

    assertThat(kept).isNotEmpty();
    assertThat(gone).isNotEmpty();
    try (StoreRig rig = StoreRig.open(folder, StoreRig.disk(), 2)) {
      kept.forEach(
          (name, number) -> assertThat(rig.read(name)).isEqualTo(KilledStore.content(number)));
      gone.forEach(name -> assertThat(rig.read(name)).isEqualTo("status 2"));
      List<String> binlog = rig.binlog();
      assertThat(new HashSet<>(binlog))
          .containsAll(kept.keySet().stream().map(name -> "C " + name).toList());
      for (String file : rig.files()) {
        String name = "M0" + file.charAt(1) + file.substring("p0/data".length());
        assertThat(rig.read(name)).as("whole").isEqualTo(KilledStore.content(numberIn(rig, name)));
      }
    }
  }

  private static int numberIn(StoreRig rig, String name) {
    String content = rig.read(name);
    return Integer.parseInt(content.substring(0, content.indexOf(',')));
  }

  private void killAfter(int lines) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledStore.class.getName(),
                folder.toString())
            .redirectError(Files.createTempFile(folder, "errors", ".txt").toFile())
            .start();
    try (BufferedReader journal =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      int read = 0;
      String line = journal.readLine();
      while (line != null) {
        note(line);
        read++;
        if (read == lines) {
          process
              .toHandle()
              .destroyForcibly(); // unlike the process's own, it leaves what was written readable
        }
        line = journal.readLine();
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private void note(String line) {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "+" -> kept.put(words[1], Integer.valueOf(words[2]));
      case "?" -> {
        kept.remove(words[1]);
        uncertain.add(words[1]);
      }
      case "-" -> {
        uncertain.remove(words[1]);
        gone.add(words[1]);
      }
      default -> throw new IllegalArgumentException(line);
    }
  }
}
