package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.Status;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.trunk.TrunkSpan;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Small files in trunk slots: stored, read, looked at, linked, deleted.
class PackedFilesTest {
  @TempDir Path folder;
  private StoreRig rig;

  @BeforeEach
  void open() {
    rig = StoreRig.open(folder).packing();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aSmallFileGoesToASlotAndIsReadBack() throws IOException {
    String name = rig.stored(StoreRig.plain(), "small content");

    assertThat(name).hasSize(60);
    assertThat(rig.read(name)).isEqualTo("small content");
    assertThat(rig.binlog()).containsExactly("C " + name);
    assertThat(rig.files()).singleElement().asString().endsWith("/000001");
    TrunkSlotHeader header = header(name);
    FileFacts facts = FileFacts.of(LogicalName.parse(name)).orElseThrow();
    assertThat(header.type()).isEqualTo(TrunkSlotHeader.FILE);
    assertThat(header.holds(LogicalName.parse(name), facts)).isTrue();
    assertThat(header.crc32()).isEqualTo(crc("small content"));
    assertThat(header.slotSize()).isEqualTo(256);
  }

  @Test
  void manyFilesEachHaveASlotOfTheirOwn() {
    Set<TrunkPlace> places = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String content = "content " + "x".repeat(i * 7) + i;
      String name = rig.stored(StoreRig.plain(), content);
      assertThat(rig.read(name)).isEqualTo(content);
      places.add(FileFacts.of(LogicalName.parse(name)).orElseThrow().trunk().orElseThrow());
    }

    assertThat(places).hasSize(500);
  }

  @Test
  void belowTheReserveTrunkFilesGoOnToTakeSmallFiles() {
    rig.stored(StoreRig.plain(), "makes the trunk file");
    rig.store.apply(
        new StorePolicy(
            StorePolicy.PathChoice.ROUND_ROBIN,
            new ReservedSpace.Megabytes(1L << 50),
            Set.of(),
            true));

    assertThat(rig.stored(StoreRig.plain(), "small")).hasSize(60);
    assertThat(rig.stored(new UploadHead.NewFile(0, Extension.NONE, false), "small")).hasSize(60);
    assertThat(rig.upload(StoreRig.plain(), "x".repeat(100_000)).status()).isEqualTo(Status.ENOSPC);
    assertThat(rig.upload(StoreRig.appender(), "x").status()).isEqualTo(Status.ENOSPC);
  }

  @Test
  void belowTheReserveASmallFileThatGetsNoSlotIsRefused() {
    rig.close();
    rig = StoreRig.open(folder);
    rig.store.apply(
        new StorePolicy(
            StorePolicy.PathChoice.MOST_FREE,
            new ReservedSpace.Megabytes(1L << 50),
            Set.of(),
            true));
    rig.packing(); // only now, so that no trunk file was made ahead

    Asked.Outcome outcome = rig.upload(StoreRig.plain(), "no trunk file may be made");

    assertThat(outcome.status()).isEqualTo(Status.ENOSPC);
    assertThat(outcome.message()).contains("reserved_storage_space reached");
    assertThat(rig.files()).isEmpty();
  }

  @Test
  void emptyFilesAndFilesAtTheLimitArePacked() {
    int most = (64 << 10) - TrunkSlotHeader.SIZE;

    assertThat(rig.stored(StoreRig.plain(), "")).hasSize(60);
    String largest = rig.stored(StoreRig.plain(), "y".repeat(most));
    assertThat(largest).hasSize(60);
    assertThat(rig.read(largest)).hasSize(most);
    assertThat(rig.stored(StoreRig.plain(), "z".repeat(most + 1))).hasSize(44);
  }

  @Test
  void appendersAndSlavesAreFilesOfTheirOwn() {
    String master = rig.stored(StoreRig.plain(), "master");

    assertThat(rig.stored(StoreRig.appender(), "log")).hasSize(44);
    String slave = rig.slave(master, "_s", "txt", "slave").name();
    assertThat(rig.read(slave)).isEqualTo("slave");
    assertThat(rig.slave(master, "_s", "txt", "again").status()).isEqualTo(Status.EEXIST);
    assertThat(rig.slave(unknown(master), "_s", "txt", "x").status()).isEqualTo(Status.ENOENT);
  }

  @Test
  void aStreamedBodyOfKnownSizeIsPackedToo() {
    String content = "streamed ".repeat(4_000);

    Asked.Outcome outcome = rig.uploadStreamed(StoreRig.plain(), content);

    assertThat(outcome.name()).hasSize(60);
    assertThat(rig.read(outcome.name())).isEqualTo(content);
  }

  @Test
  void aBodyThatIsGivenUpLeavesItsSlotUnused() {
    Asked.AStreamedUpload job = new Asked.AStreamedUpload();
    rig.loop.run(() -> {
      job.begin(rig.lane, StoreRig.plain(), 100);
      job.offer(StoreRig.bytes("some"));
      job.abort();
    });

    assertThat(TestLoop.await(job.done).status()).isEqualTo(StreamedBody.ECANCELED);
    assertThat(rig.binlog()).isEmpty();
    assertThat(rig.read(rig.stored(StoreRig.plain(), "next"))).isEqualTo("next");
  }

  @Test
  void aNameThatDoesNotFitTheHeaderFindsNothing() {
    String name = rig.stored(StoreRig.plain(), "content");

    for (String wrong : List.of(unknown(name), name.replaceAll("[0-9]{3}\\.txt$", "999.txx"))) {
      assertThat(rig.read(wrong)).isEqualTo("status 2");
      assertThat(rig.info(wrong, true).status()).isEqualTo(Status.ENOENT);
      assertThat(rig.delete(wrong).status()).isEqualTo(Status.ENOENT);
      assertThat(rig.metadata(wrong).status()).isEqualTo(Status.ENOENT);
    }
    assertThat(rig.read(name)).isEqualTo("content");
  }

  @Test
  void infoComesFromTheHeader() {
    String name = rig.stored(StoreRig.plain(), "content");

    Asked.FileAnswer info = rig.info(name, true);

    assertThat(info.status()).isZero();
    assertThat(info.size()).isEqualTo(7);
    assertThat(info.crc()).isEqualTo(crc("content"));
    assertThat(info.timeSeconds())
        .isEqualTo(FileFacts.of(LogicalName.parse(name)).orElseThrow().timestamp());
  }

  @Test
  void metadataLiesBesideTheTrunkFile() throws IOException {
    String name = rig.stored(StoreRig.plain(), "content");

    assertThat(rig.setMetadata(name, SetMetadata.Mode.OVERWRITE, "a\u00021").status()).isZero();
    assertThat(rig.metadata(name).text()).isEqualTo("a\u00021");
    assertThat(Files.readString(rig.onDisk(name + "-m"))).isEqualTo("a\u00021");
    assertThat(rig.delete(name).status()).isZero();
    assertThat(rig.onDisk(name + "-m")).doesNotExist();
    assertThat(rig.binlog())
        .containsExactly("C " + name, "C " + name + "-m", "D " + name, "D " + name + "-m");
  }

  @Test
  void aDeletedFileIsGoneAndItsHeaderIsZero() throws IOException {
    String name = rig.stored(StoreRig.plain(), "content");

    assertThat(rig.delete(name).status()).isZero();

    assertThat(rig.read(name)).isEqualTo("status 2");
    assertThat(rig.delete(name).status()).isEqualTo(Status.ENOENT);
    assertThat(header(name)).isEqualTo(TrunkSlotHeader.FREE);
  }

  @Test
  void theSpaceOfADeletedFileIsUsedAgainAfterACheckpoint() {
    rig.close();
    Duration hour = Duration.ofHours(1);
    rig =
        StoreRig.open(
                StoreRig.disk(),
                StoreRig.settings(folder, 1)
                    .withIntervals(
                        new StoreSettings.Intervals(hour, hour, Duration.ofMillis(5), hour)))
            .packing();
    long before = rig.store.trunkState().orElseThrow().freeBytes();
    String name = rig.stored(StoreRig.plain(), "x".repeat(20_000));
    rig.delete(name);

    Awaitility.await()
        .until(() -> rig.store.trunkState().orElseThrow().freeBlocks(), blocks -> blocks > 1);
    assertThat(rig.store.trunkState().orElseThrow().freeBytes()).isGreaterThan(before);
  }

  @Test
  void aLinkIsASlotThatNamesItsSource() throws IOException {
    String source = rig.stored(StoreRig.plain(), "content");
    String link = rig.link(source, Optional.empty(), "", "txt").name();

    assertThat(link).hasSize(60);
    assertThat(rig.read(link)).isEqualTo("content");
    assertThat(rig.info(link, true).size()).isEqualTo(7);
    TrunkSlotHeader header = header(link);
    assertThat(header.type()).isEqualTo(TrunkSlotHeader.LINK);
    assertThat(header.fileSize()).isEqualTo(60);
    assertThat(rig.binlog()).last().isEqualTo("L " + link + " " + source);
    assertThat(rig.link(link, Optional.empty(), "", "txt").status()).isEqualTo(Status.EINVAL);

    assertThat(rig.delete(source).status()).isZero();
    assertThat(rig.read(link)).isEqualTo("status 2");
    assertThat(rig.delete(link).status()).isZero();
  }

  @Test
  void packedFilesAreThereAfterARestartAndSoIsTheFreeSpace() {
    String name = rig.stored(StoreRig.plain(), "content");
    rig.close();
    rig = StoreRig.open(folder);

    assertThat(rig.read(name)).isEqualTo("content");
    assertThat(rig.stored(StoreRig.plain(), "plain now")).hasSize(44);
    rig.packing();
    String next = rig.stored(StoreRig.plain(), "another");

    assertThat(next).hasSize(60);
    assertThat(rig.read(name)).isEqualTo("content");
    assertThat(rig.read(next)).isEqualTo("another");
    long free = rig.store.trunkState().orElseThrow().freeBytes();
    assertThat(free).isLessThan(4 << 20).isGreaterThan(1 << 20);
  }

  @ParameterizedTest
  @EnumSource
  void everyLevelPacks(Durability level) {
    rig.close();
    StoreSettings settings =
        StoreRig.settings(folder, 1).withSafety(new StoreSettings.Safety(level, 0));
    rig = StoreRig.open(StoreRig.disk(), settings).packing();

    String name = rig.stored(StoreRig.plain(), "content");
    String link = rig.link(name, Optional.empty(), "", "txt").name();

    assertThat(name).hasSize(60);
    assertThat(rig.read(name)).isEqualTo("content");
    assertThat(rig.read(link)).isEqualTo("content");
    assertThat(rig.delete(name).status()).isZero();
    assertThat(rig.read(name)).isEqualTo("status 2");
  }

  @Test
  void aSlotThatHoldsSomethingIsLeftAloneAndAnotherOneTaken() throws IOException {
    String first = rig.stored(StoreRig.plain(), "first");
    TrunkSpan span = FileLook.placeOf(LogicalName.parse(first)).orElseThrow();
    String foreign = "F" + "\1".repeat(23);
    write(span, span.size(), foreign);

    String next = rig.stored(StoreRig.plain(), "next");

    assertThat(rig.read(next)).isEqualTo("next");
    assertThat(FileLook.placeOf(LogicalName.parse(next)).orElseThrow().offset())
        .isGreaterThan(span.offset() + span.size());
    assertThat(bytes(span, span.size(), 24)).isEqualTo(foreign);
  }

  // ---- what is on disk

  private Path trunkFile(TrunkSpan span) {
    return folder.resolve("p0/data").resolve(span.file().name());
  }

  private String bytes(TrunkSpan span, int from, int length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(trunkFile(span).toFile(), "r")) {
      byte[] bytes = new byte[length];
      file.seek(span.offset() + from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private void write(TrunkSpan span, int from, String text) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(trunkFile(span).toFile(), "rw")) {
      file.seek(span.offset() + from);
      file.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private TrunkSlotHeader header(String name) throws IOException {
    TrunkSpan span = FileLook.placeOf(LogicalName.parse(name)).orElseThrow();
    return TrunkSlotHeader.read(StoreRig.bytes(bytes(span, 0, TrunkSlotHeader.SIZE)));
  }

  private static int crc(String content) {
    CRC32 crc = new CRC32();
    crc.update(content.getBytes(StandardCharsets.ISO_8859_1));
    return (int) crc.getValue();
  }

  /// A name of the same form that nobody has: another second in it.
  private static String unknown(String name) {
    char[] chars = name.toCharArray();
    chars[20] = chars[20] == 'A' ? 'B' : 'A';
    return new String(chars);
  }
}
