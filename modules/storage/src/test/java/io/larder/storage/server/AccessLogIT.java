package io.larder.storage.server;

import static io.larder.storage.server.Requests.append;
import static io.larder.storage.server.Requests.bytes;
import static io.larder.storage.server.Requests.delete;
import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.info;
import static io.larder.storage.server.Requests.regenerate;
import static io.larder.storage.server.Requests.setMetadata;
import static io.larder.storage.server.Requests.stored;
import static io.larder.storage.server.Requests.storedAppender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.platform.Disks;
import io.larder.storage.access.AccessLine;
import io.larder.storage.access.AccessLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The access log of a served store (S3 §12).
class AccessLogIT {
  @TempDir Path folder;

  @Test
  void everyRequestOfAClientHasItsLine() throws Exception {
    var line = new AccessLine(true, ZoneOffset.UTC);
    var disk = Disks.choose(Disks.Form.BEST).disk();
    try (var served =
            new ServedStore(
                folder,
                Duration.ofSeconds(60),
                100,
                Optional.of(new AccessLog(disk, folder.resolve("base"), line, 20)));
        Peer peer = served.peer()) {
      String plain = stored(peer, "content", "txt");
      peer.ask(download(plain));
      peer.ask(setMetadata(plain, 'O', "a\2b"));
      peer.ask(info(plain, 0));
      peer.ask(delete(plain));
      peer.ask(delete(plain));
      String appender = storedAppender(peer, "hello");
      peer.ask(append(appender, 1), bytes("!"));
      String renamed = peer.ask(regenerate(appender)).name();
      peer.isOpen();

      Path log = folder.resolve("base/logs/storage_access.log");
      await().untilAsserted(() -> assertThat(log).exists());
      await().untilAsserted(() -> assertThat(Files.readAllLines(log)).hasSize(10));
      List<String> lines = Files.readAllLines(log);
      assertThat(lines.getFirst()).isEqualTo(line.header().strip());
      assertThat(lines.get(1)).matches("\\[.*] 127\\.0\\.0\\.1 upload " + plain + " 0 \\d+ 32 70");
      assertThat(lines.get(2)).contains(" download " + plain + " 0 ").endsWith(" 86 17");
      assertThat(lines.get(3)).contains(" set_metadata " + plain + " 0 ");
      assertThat(lines.get(4)).contains(" status " + plain + " 0 ").endsWith(" 70 50");
      assertThat(lines.get(5)).contains(" delete " + plain + " 0 ").endsWith(" 70 10");
      assertThat(lines.get(6)).contains(" delete " + plain + " 2 ");
      assertThat(lines.get(7)).contains(" upload " + appender + " 0 ");
      assertThat(lines.get(8)).contains(" append " + appender + " 0 ");
      assertThat(lines.get(9)).contains(" rename " + appender + "=>" + renamed + " 0 ");
    }
  }
}
