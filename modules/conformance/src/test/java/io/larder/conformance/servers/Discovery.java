package io.larder.conformance.servers;

import static org.awaitility.Awaitility.await;

import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// Finds out who is behind a tracker, and waits until files can be written there: a port that is open says little.
final class Discovery {
  private static final Duration READY_MAX = Duration.ofSeconds(60);
  private static final int GROUP = 16;
  private static final int IP = 15;
  private static final int NARROW_STORAGE = 487;
  private static final int VERSION_AT = 50;
  private static final int WIDE_MORE = 30;
  private static final int PACKED_NAME = 60;

  private Discovery() {}

  /// The target behind this tracker, once its storage takes files.
  static Target awaitWritable(InetSocketAddress tracker) {
    return await("a writable storage behind " + tracker)
        .atMost(READY_MAX)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> writable(tracker), Optional::isPresent)
        .orElseThrow();
  }

  /// The same, once small files are packed.
  static Target awaitPacking(InetSocketAddress tracker) {
    Target target = awaitWritable(tracker);
    await("trunk slots of " + target.storage())
        .atMost(READY_MAX)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> packs(target.storage(), target.group()));
    return target;
  }

  private static boolean packs(InetSocketAddress storage, String group) throws IOException {
    try (RawConnection connection = RawConnection.to(storage)) {
      Frame upload = Frame.of(Commands.UPLOAD_FILE).int8(-1).int64(1).text("", 6).text("x");
      String name = connection.ask(upload).text(GROUP);
      connection.ask(Frame.of(Commands.DELETE_FILE).group(group).text(name));
      return name.length() == PACKED_NAME;
    }
  }

  private static Optional<Target> writable(InetSocketAddress tracker) throws IOException {
    try (RawConnection connection = RawConnection.to(tracker)) {
      Reply store = connection.ask(Frame.of(Commands.STORE_WITHOUT_GROUP_ONE));
      if (store.status() != 0) {
        return Optional.empty();
      }
      String group = store.text(0, GROUP);
      int port = store.size() - 1 - Long.BYTES;
      InetSocketAddress storage =
          new InetSocketAddress(store.text(GROUP, IP), Math.toIntExact(store.int64(port)));
      Reply listed = connection.ask(Frame.of(Commands.LIST_STORAGE).group(group));
      if (listed.size() == 0 || !takesFiles(storage, group)) {
        return Optional.empty();
      }
      String id = listed.text(2, GROUP);
      int versionAt = listed.size() % NARROW_STORAGE == 0 ? VERSION_AT : VERSION_AT + WIDE_MORE;
      String version = listed.text(versionAt, 8);
      return Optional.of(
          new Target(Product.ofVersion(version), tracker, group, storage, id, version));
    }
  }

  private static boolean takesFiles(InetSocketAddress storage, String group) throws IOException {
    try (RawConnection connection = RawConnection.to(storage)) {
      Frame upload = Frame.of(Commands.UPLOAD_FILE).int8(-1).int64(1).text("", 6).text("x");
      Reply uploaded = connection.ask(upload);
      if (uploaded.status() != 0) {
        return false;
      }
      String name = uploaded.text(GROUP);
      return connection.ask(Frame.of(Commands.DELETE_FILE).group(group).text(name)).status() == 0;
    }
  }
}
