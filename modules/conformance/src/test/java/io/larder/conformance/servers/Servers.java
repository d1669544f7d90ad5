package io.larder.conformance.servers;

import io.larder.conformance.process.LarderProcess;
import io.larder.conformance.process.NodePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The servers under test while the suites run, and what has to be cleaned up after them. Stays with the suites' thread.
final class Servers implements AutoCloseable {
  /// 65 536 directories take longer to make and to delete than all the suites.
  private static final Map<String, String> FEW_FOLDERS =
      Map.of("LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4");

  private static final Map<String, String> PACKED =
      Map.of(
          "LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4",
          "LARDER_TRACKER_USE_TRUNK_FILE", "true",
          "LARDER_TRACKER_SLOT_MAX_SIZE", "1MB");

  private final Target target;
  private final AutoCloseable end;

  private Servers(Target target, AutoCloseable end) {
    this.target = target;
    this.end = end;
  }

  /// Servers that somebody else runs.
  static Servers at(String tracker) {
    int colon = tracker.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          TargetServer.PROPERTY + ": '" + tracker + "' is not HOST:PORT");
    }
    InetSocketAddress address =
        new InetSocketAddress(
            tracker.substring(0, colon), Integer.parseInt(tracker.substring(colon + 1)));
    return new Servers(Discovery.awaitWritable(address), () -> {});
  }

  /// A node of our own with a data folder of its own.
  ///
  /// @param packed whether it packs small files into trunk files
  static Servers started(boolean packed) {
    NodePorts ports = NodePorts.free();
    try {
      Path folder = Files.createTempDirectory("larder-conformance");
      LarderProcess node =
          LarderProcess.start(
              folder.resolve("node.log"),
              ports.up(folder.resolve("data")),
              packed ? PACKED : FEW_FOLDERS);
      try {
        node.awaitPort(ports.storage());
        InetSocketAddress tracker =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.tracker());
        Target target = packed ? Discovery.awaitPacking(tracker) : Discovery.awaitWritable(tracker);
        return new Servers(target, () -> stop(node, folder));
      } catch (RuntimeException | AssertionError failed) {
        stop(node, folder);
        throw failed;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Target target() {
    return target;
  }

  @Override
  public void close() throws Exception {
    end.close();
  }

  private static void stop(LarderProcess node, Path folder) throws IOException {
    node.close();
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }
}
