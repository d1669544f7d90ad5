package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.larder.conformance.wire.Reply;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Store paths on real disks that become full or read-only under a running node, and folders that it may not write.
@EnabledOnOs(OS.LINUX)
class RealDisksIT {
  private static final int EACCES = 13;
  private static final int ENOSPC = 28;
  private static final int EROFS = 30;
  private static final byte[] SMALL = new byte[5000];
  private static final byte[] LARGE = new byte[2_000_000];
  private static final Duration COMES_BACK = Duration.ofSeconds(30);

  /// A disk is measured, and a bad one tried again, once a second.
  private static final Surroundings PLAIN =
      Surroundings.plain()
          .environment(
              Map.of(
                  "LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4",
                  "LARDER_STORAGE_STAT_REPORT_INTERVAL", "1"));

  @TempDir Path folder;

  private final NodePorts ports = NodePorts.free();
  private Path place;

  @BeforeEach
  void makePlace() throws IOException {
    place = Files.createDirectory(folder.resolve("disk"));
  }

  enum Full {
    NO_BLOCKS,
    NO_NAMES
  }

  @ParameterizedTest
  @EnumSource
  void aFullDiskIsSaidAndTakesFilesAgainWhenThereIsRoom(Full full) throws IOException {
    SmallDisk disk = SmallDisk.inMemory(place, "size=16m,nr_inodes=400");
    try (LarderProcess node = start(disk.mounted(PLAIN));
        Web web = new Web(ports.url());
        NativeStorage storage = new NativeStorage(ports.storage())) {
      String kept = web.put("a.bin", SMALL);
      Path filler = disk.seenThrough(node, "filler");
      long open = node.descriptors();

      fill(full, filler);

      assertRefused(web.tryPut("b.bin", LARGE), 507);
      assertRefused(storage, storage.upload(SMALL), ENOSPC);
      assertThat(web.get(kept).body()).isEqualTo(SMALL);
      assertThat(storage.download(kept).body()).isEqualTo(SMALL);
      assertThat(web.text("/readyz").statusCode()).isEqualTo(503);
      assertThat(web.text("/readyz").body()).contains("M00", "drained");

      empty(filler);

      await().atMost(COMES_BACK).until(() -> web.tryPut("c.bin", SMALL).statusCode() == 201);
      assertThat(NativeStorage.id(storage.upload(LARGE))).startsWith("group1/");
      assertThat(web.delete(kept)).isEqualTo(204);
      assertThat(web.text("/readyz").statusCode()).isEqualTo(200);
      await().atMost(COMES_BACK).until(() -> node.descriptors() <= open + 1);
      endsInOrder(node);
    }
  }

  @Test
  void aDiskThatTurnsReadOnlyIsSaidAndReadOn() throws IOException {
    Optional<SmallDisk> found = SmallDisk.ofBlocks(place);
    assumeThat(found)
        .as(
            "no loop device for this user; the folder that may not be written is tried all the same")
        .isPresent();
    SmallDisk disk = found.orElseThrow();
    try (LarderProcess node = start(disk.mounted(PLAIN));
        Web web = new Web(ports.url());
        NativeStorage storage = new NativeStorage(ports.storage())) {
      String kept = web.put("a.bin", SMALL);

      disk.turnReadOnly(node);

      assertRefused(storage, storage.upload(SMALL), EROFS);
      assertThat(web.text("/readyz").body()).contains("M00", "read-only");
      assertRefused(web.tryPut("b.bin", LARGE), 507);
      assertRefused(storage, storage.delete(kept), EROFS);
      assertThat(web.delete(kept)).isEqualTo(503);
      assertThat(web.get(kept).body()).isEqualTo(SMALL);
      assertThat(storage.download(kept).body()).isEqualTo(SMALL);
      endsInOrder(node);
    }
  }

  @Test
  void aFullDiskUnderTheBinlogLosesNothing() throws IOException {
    SmallDisk disk = SmallDisk.inMemory(place, "size=4m");
    Path store = folder.resolve("store");
    List<String> up = ports.up(place, "--store-path", store.toString());
    try (LarderProcess node =
            LarderProcess.start(folder.resolve("node.log"), up, disk.mounted(PLAIN))
                .awaitPort(ports.http());
        Web web = new Web(ports.url());
        NativeStorage storage = new NativeStorage(ports.storage())) {
      SmallDisk.fill(disk.seenThrough(node, "filler"));
      List<String> kept = new ArrayList<>();

      Reply reply = storage.upload(SMALL);
      while (reply.status() == 0) {
        kept.add(NativeStorage.id(reply));
        reply = storage.upload(SMALL);
      }

      assertThat(reply.status()).isIn(ENOSPC, EROFS);
      assertThat(storage.connection().isServed()).isTrue();
      assertThat(web.tryPut("b.bin", SMALL).body()).contains("binlog");
      for (String id : kept) {
        assertThat(storage.download(id).body()).isEqualTo(SMALL);
      }
      try (Stream<Path> files =
          Files.find(store, 9, (path, is) -> path.toString().endsWith(".bin"))) {
        assertThat(files).hasSameSizeAs(kept);
      }
      assertThat(node.terminate()).isZero();
    }
  }

  @Test
  void foldersThatMayNotBeWrittenAreSaid() throws IOException {
    try (LarderProcess node = start(withoutPrivileges());
        Web web = new Web(ports.url());
        NativeStorage storage = new NativeStorage(ports.storage())) {
      String kept = web.put("a.bin", SMALL);

      permit("r-xr-xr-x");

      assertRefused(storage, storage.upload(SMALL), EACCES);
      try (NativeStorage another = new NativeStorage(ports.storage())) {
        assertThat(another.upload(LARGE).status()).isEqualTo(EACCES);
      }
      HttpResponse<String> refused = web.tryPut("b.bin", SMALL);
      assertThat(refused.body()).contains("permission denied", place.toString());
      assertRefused(storage, storage.delete(kept), EACCES);
      assertThat(storage.download(kept).body()).isEqualTo(SMALL);

      permit("rwxr-xr-x");

      assertThat(web.put("c.bin", LARGE)).startsWith("group1/");
      assertThat(storage.delete(kept).status()).isZero();
      endsInOrder(node);
    }
  }

  @Test
  void aStorePathThatMayNotBeWrittenStopsTheStart() throws IOException {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("r-xr-xr-x"));

    LarderProcess node = LarderProcess.start(folder.resolve("node.log"), up(), withoutPrivileges());

    assertThat(node.exitCode()).isEqualTo(69);
    assertThat(node.log()).contains(place.toString(), "permission denied").doesNotContain("\tat ");
  }

  private List<String> up() {
    return ports.up(folder.resolve("data"), "--store-path", place.toString());
  }

  private LarderProcess start(Surroundings in) {
    return LarderProcess.start(folder.resolve("node.log"), up(), in).awaitPort(ports.http());
  }

  /// For root, permissions are no obstacle unless the privileges over them are taken away.
  private static Surroundings withoutPrivileges() {
    boolean root = System.getProperty("user.name", "").equals("root");
    return root ? PLAIN.wrapper("setpriv", "--bounding-set=-dac_override,-dac_read_search") : PLAIN;
  }

  /// The directories of files, all of them.
  private void permit(String permissions) throws IOException {
    try (Stream<Path> all = Files.walk(place.resolve("data"), 2)) {
      List<Path> directories =
          all.filter(path -> path.toString().matches(".*/data/[0-9A-F]{2}/[0-9A-F]{2}")).toList();
      assertThat(directories).hasSize(16);
      for (Path directory : directories) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
      }
    }
  }

  private static void assertRefused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  /// With a status and no body, and the connection is served on.
  private static void assertRefused(NativeStorage storage, Reply reply, int status)
      throws IOException {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.size()).isZero();
    assertThat(storage.connection().isServed()).isTrue();
  }

  private static void endsInOrder(LarderProcess node) {
    assertThat(node.terminate()).isZero();
    assertThat(node.defects()).isEmpty();
  }

  private static void fill(Full full, Path filler) {
    if (full == Full.NO_BLOCKS) {
      SmallDisk.fill(filler);
    } else {
      SmallDisk.fillWithNames(filler);
    }
  }

  private static void empty(Path filler) throws IOException {
    try (Stream<Path> all = Files.walk(filler)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
