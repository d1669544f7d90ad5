package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import io.larder.platform.Confinement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
        Web web = new Web(ports.url())) {
      assertThat(node.log()).contains(said);
      for (int size : new int[] {0, 5000, LARGE}) {
        byte[] content = bytes(size);
        String id = web.put("a.bin", content);
        assertThat(web.get(id).body()).isEqualTo(content);
        assertThat(overNative(ports, id)).isEqualTo(content);
        assertThat(web.delete(id)).isEqualTo(204);
        assertThat(web.get(id).statusCode()).isEqualTo(404);
      }
      changes(ports);
      assertThat(node.terminate()).isZero();
    }
    assertThat(data.resolve("storage/data/.larder/staging")).isEmptyDirectory();
  }

  private static void changes(NodePorts ports) throws IOException {
    try (RawConnection storage = storage(ports)) {
      Frame upload =
          Frame.of(Commands.UPLOAD_APPENDER_FILE).int8(-1).int64(5).text("log", 6).text("hello");
      String name = storage.ask(upload).text(16);
      byte[] more = bytes(LARGE);
      Frame append = Frame.of(Commands.APPEND_FILE).int64(name.length()).int64(LARGE).text(name);
      assertThat(storage.ask(append.bytes(more)).status()).isZero();
      Frame regenerate = Frame.of(Commands.REGENERATE_APPENDER_FILENAME).text(name);
      Reply plain = storage.ask(regenerate);
      assertThat(plain.status()).isZero();
      assertThat(download(storage, plain.text(0, 16), plain.text(16)))
          .hasSize(5 + LARGE)
          .endsWith(more);
    }
  }

  private static byte[] overNative(NodePorts ports, String id) throws IOException {
    int slash = id.indexOf('/');
    try (RawConnection storage = storage(ports)) {
      return download(storage, id.substring(0, slash), id.substring(slash + 1));
    }
  }

  private static byte[] download(RawConnection storage, String group, String name)
      throws IOException {
    Frame download = Frame.of(Commands.DOWNLOAD_FILE).int64(0).int64(0).group(group).text(name);
    Reply reply = storage.ask(download);
    assertThat(reply.status()).isZero();
    return reply.body();
  }

  private static RawConnection storage(NodePorts ports) throws IOException {
    return RawConnection.to(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.storage()));
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
