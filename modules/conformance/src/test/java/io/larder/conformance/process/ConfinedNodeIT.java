package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Confinement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A whole node where the kernel, by a real seccomp filter, refuses what it would like to call: it says what it does instead
/// and serves files as ever.
@EnabledOnOs(OS.LINUX)
class ConfinedNodeIT {
  private static final int LARGE = 3_000_000;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OLD_KERNEL       | cached reads no, cachestat no, syncfs no, sendfile no",
        "STRICT_FILTER    | cached reads no, cachestat no, syncfs no, sendfile no",
        "NO_SENDFILE      | cached reads yes, cachestat yes, syncfs yes, sendfile no",
        "NO_STATX         | file channels: system calls refused",
        "NO_UNNAMED_FILES | new files are staged in .larder/staging",
        "NO_HARD_LINKS    | new files are staged in .larder/staging",
        "NO_PROC          | new files are staged in .larder/staging",
      })
  void filesAreServedWithoutWhatIsRefused(Confinement refused, String said) throws IOException {
    NodePorts ports = NodePorts.free();
    Path data = folder.resolve("data");
    Surroundings confined =
        Surroundings.plain()
            .environment(Map.of("LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4"))
            .confined(refused);
    try (LarderProcess node =
            LarderProcess.start(folder.resolve("node.log"), ports.up(data), confined)
                .awaitPort(ports.http());
        Web web = new Web(ports.url());
        NativeStorage storage = new NativeStorage(ports.storage())) {
      assertThat(node.log()).contains(said);
      for (int size : new int[] {0, 5000, LARGE}) {
        byte[] content = bytes(size);
        String id = web.put("a.bin", content);
        assertThat(web.get(id).body()).isEqualTo(content);
        assertThat(storage.download(id).body()).isEqualTo(content);
        assertThat(web.delete(id)).isEqualTo(204);
        assertThat(web.get(id).statusCode()).isEqualTo(404);
      }
      changes(storage);
      assertThat(node.terminate()).isZero();
    }
    assertThat(data.resolve("storage/data/.larder/staging")).isEmptyDirectory();
  }

  private static void changes(NativeStorage storage) throws IOException {
    String appender = NativeStorage.id(storage.uploadAppender(bytes(5)));
    byte[] more = bytes(LARGE);
    assertThat(storage.append(appender, more).status()).isZero();

    String plain = NativeStorage.id(storage.regenerate(appender));

    assertThat(storage.download(plain).body()).hasSize(5 + LARGE).endsWith(more);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
