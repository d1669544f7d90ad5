package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every option of `larder up`, right and wrong.
class OptionsIT {
  private static final Map<String, String> FEW_FOLDERS =
      Map.of("LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4");

  @TempDir Path folder;

  private final NodePorts ports = NodePorts.free();

  @Test
  void aNodeIsAsItsOptionsSay() throws IOException {
    Path first = folder.resolve("disks/first");
    Path second = folder.resolve("disks/second");
    List<String> words =
        List.of(
            "up",
            "--data",
            folder.resolve("some/where").toString(),
            "--group",
            "pictures",
            "--tracker",
            Integer.toString(ports.tracker()),
            "--storage",
            "127.0.0.1:" + ports.storage(),
            "--http",
            "127.0.0.1:" + ports.http(),
            "--store-path",
            first.toString(),
            "--store-path",
            second.toString(),
            "--advertise",
            "10.9.8.7:2345");
    try (LarderProcess node = start(words, FEW_FOLDERS).awaitPort(ports.http());
        Web web = new Web(ports.url())) {
      Set<String> paths = new TreeSet<>();
      for (int i = 0; i < 4; i++) {
        paths.add(web.put("a.txt", new byte[10]).substring(0, "pictures/M00".length()));
      }

      assertThat(paths).containsExactly("pictures/M00", "pictures/M01");
      assertThat(first.resolve("data/00/00")).isNotEmptyDirectory();
      assertThat(second.resolve("data/00/00")).isNotEmptyDirectory();
      assertThat(folder.resolve("some/where/conf/storage_ids.conf"))
          .content()
          .contains(" pictures 127.0.0.1:" + ports.storage());
      assertThat(advertised()).isEqualTo("pictures at 10.9.8.7:2345");
      assertThat(node.log()).contains("tracker serves 0.0.0.0:" + ports.tracker());
      assertThat(node.terminate()).isZero();
    }
  }

  @Test
  void withoutAdvertiseTheAddressIsTheOneThatReachedTheTracker() throws IOException {
    try (LarderProcess node =
        start(ports.up(folder.resolve("data")), FEW_FOLDERS).awaitPort(ports.http())) {
      assertThat(advertised()).isEqualTo("group1 at 127.0.0.1:" + ports.storage());
      assertThat(node.terminate()).isZero();
    }
  }

  @Test
  void theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheDefaults() throws IOException {
    Map<String, String> environment =
        Map.of(
            "LARDER_STORAGE_SUBDIR_COUNT_PER_PATH",
            "4",
            "LARDER_HTTP_PORT",
            Integer.toString(ports.http()),
            "LARDER_HTTP_BIND_ADDR",
            "127.0.0.1",
            "LARDER_TRACKER_PORT",
            "1");
    List<String> words = new ArrayList<>(ports.up(folder.resolve("data")));
    int http = words.indexOf("--http");
    words.subList(http, http + 2).clear();

    try (LarderProcess node = start(words, environment).awaitPort(ports.http())) {
      assertThat(node.log()).contains("tracker serves 127.0.0.1:" + ports.tracker());
      assertThat(node.terminate()).isZero();
    }
  }

  /// A client that asks the tracker where a file may go.
  private String advertised() throws IOException {
    InetSocketAddress tracker =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.tracker());
    try (RawConnection connection = RawConnection.to(tracker)) {
      Reply store = connection.ask(Frame.of(Commands.STORE_WITHOUT_GROUP_ONE));
      assertThat(store.status()).isZero();
      return store.text(0, 16) + " at " + store.text(16, 15) + ":" + store.int64(31);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--http      | nonsense                | 64 | [HOST:]PORT",
        "--http      | 70000                   | 64 | a port is a number from 1 to 65535",
        "--storage   | ::1:80                  | 64 | an IPv6 address stands in brackets",
        "--tracker   | 10.0.0.1:               | 64 | the port is not a number",
        "--advertise | 10.0.0.1:99999          | 64 | the port is not 1 to 65535",
        "--advertise | 10.0.0.1:x              | 64 | the port is not a number",
        "--advertise | 10.0.0.1,192.168.0.1    | 64 | one host is expected",
        "--advertise | [2001:db8::1:2:3:4]:80  | 69 | response_ip_addr_size = IPv6",
        "--advertise | no-such-host.invalid:80 | 69 | unknown host no-such-host.invalid",
        "--group     | a/b                     | 64 | 1 to 16 characters",
        "--group     | abcdefghijklmnopq       | 64 | 1 to 16 characters",
        "--group     | ''                      | 64 | 1 to 16 characters",
        "--store-path | /dev/null/x            | 69 | name a folder that you may write",
        "--frobnicate | x                      | 64 | Unknown option",
      })
  void whatCannotBeIsRefusedWithItsReason(String option, String value, int code, String reason)
      throws IOException {
    List<String> words = new ArrayList<>(ports.up(folder.resolve("data")));
    int given = words.indexOf(option);
    if (given >= 0) {
      words.subList(given, given + 2).clear();
    }
    words.addAll(List.of(option, value));

    LarderProcess node = start(words, FEW_FOLDERS);

    assertThat(node.exitCode()).as(node::log).isEqualTo(code);
    assertThat(node.log()).contains(option, reason).doesNotContain("\tat ", "defect");
  }

  @Test
  void aDataFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    LarderProcess node = start(ports.up(file), FEW_FOLDERS);

    assertThat(node.exitCode()).isEqualTo(69);
    assertThat(node.log()).contains(file.toString(), "--data DIR").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({"--tracker,tracker", "--storage,storage", "--http,HTTP server"})
  void aPortInUseIsNamedWithTheOptionThatChoosesAnother(String option, String role)
      throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String place = "127.0.0.1:" + taken.getLocalPort();
      List<String> words = new ArrayList<>(ports.up(folder.resolve("data")));
      words.set(words.indexOf(option) + 1, place);

      LarderProcess node = start(words, FEW_FOLDERS);

      assertThat(node.exitCode()).isEqualTo(69);
      assertThat(node.log()).contains(role, place, "in use", option).doesNotContain("\tat ");
    }
  }

  private LarderProcess start(List<String> words, Map<String, String> environment) {
    return LarderProcess.start(folder.resolve("node.log"), words, environment);
  }
}
