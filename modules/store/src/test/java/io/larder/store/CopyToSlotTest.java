package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.platform.FaultyDisk.Call;
import io.larder.protocol.Status;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.store.trunk.TrunkSpan;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Copies of packed files, whose slots another storage has chosen.
class CopyToSlotTest {
  private static final String OURS = "what lies there";
  private static final String THEIRS = "what is to go there";

  /// The first files of two storages that know nothing of each other: both in slot 0 of trunk file 1.
  private String ours;

  private String theirs;

  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk(StoreRig.disk());
  private StoreRig rig;

  @BeforeEach
  void open() throws IOException {
    ours = firstOf("a", OURS);
    theirs = firstOf("b", THEIRS);
    rig = open("own", Durability.NONE, Duration.ofHours(1)).quiet();
  }

  private String firstOf(String storage, String content) throws IOException {
    Path place = Files.createDirectories(folder.resolve(storage));
    try (StoreRig other = StoreRig.open(place).packing()) {
      return other.stored(StoreRig.plain(), content);
    }
  }

  private StoreRig open(String own, Durability level, Duration checkpoints) throws IOException {
    Duration hour = Duration.ofHours(1);
    return StoreRig.open(
        disk,
        StoreRig.settings(Files.createDirectories(folder.resolve(own)), 1)
            .withIntervals(new StoreSettings.Intervals(hour, hour, checkpoints, hour))
            .withSafety(new StoreSettings.Safety(level, 0)));
  }

  @AfterEach
  void close() {
    disk.heal();
    rig.close();
  }

  @ParameterizedTest
  @EnumSource
  void aCopyGoesToTheSlotOfItsName(Durability level) throws IOException {
    rig.close();
    rig = open("own", level, Duration.ofHours(1));

    assertThat(copy(theirs, THEIRS).name()).isEqualTo("new");

    assertThat(rig.read(theirs)).isEqualTo(THEIRS);
    assertThat(rig.binlog()).containsExactly("c " + theirs);
    assertThat(aside()).isEmpty();
    assertThat(copy(theirs, THEIRS).name()).as("sent again").isEqualTo("was there");
    assertThat(rig.read(theirs)).isEqualTo(THEIRS);
  }

  @Test
  void aCopyThatIsSentAgainRepairsItsContentAndKeepsWhatWasThere() throws IOException {
    copy(theirs, THEIRS);
    try (RandomAccessFile trunk = new RandomAccessFile(trunkFile().toFile(), "rw")) {
      trunk.seek(TrunkSlotHeader.SIZE);
      trunk.write('X');
    }
    assertThat(rig.read(theirs)).startsWith("X");

    copy(theirs, THEIRS);

    assertThat(rig.read(theirs)).isEqualTo(THEIRS);
    assertThat(aside()).hasSize(1);
  }

  @Test
  void damagedContentIsRefusedAndHarmsNothing() throws IOException {
    copy(theirs, THEIRS);

    assertThat(copy(theirs, THEIRS.replace('w', 'W')).message()).contains("CRC32");

    assertThat(rig.read(theirs)).isEqualTo(THEIRS);
    assertThat(rig.binlog()).containsExactly("c " + theirs);
    assertThat(copy(ours, OURS.replace('w', 'W')).status()).isEqualTo(Status.EINVAL);
    assertThat(rig.read(theirs)).isEqualTo(THEIRS);
  }

  /// The header of what was there may not stay before bytes that are not its own.
  @ParameterizedTest
  @EnumSource
  void whereverThePowerFailsNothingIsLostAndNothingIsMixed(Durability level) {
    RandomGenerator random = new SplittableRandom(20_261_126);
    for (CrashRig.End end : CrashRig.End.values()) {
      boolean died = true;
      for (int cut = 0; died; cut++) {
        CrashRig crash = new CrashRig(level, false);
        Asked.Outcome answer;
        try (StoreRig before = crash.open()) {
          before.copy(ours, TrunkSlotHeader.FILE, OURS);
          crash.settle();
          crash.disk.dieAfter(cut);
          answer = before.copy(theirs, TrunkSlotHeader.FILE, THEIRS);
          died = crash.disk.isDead();
        }
        crash.end(end, random);
        try (StoreRig after = crash.open()) {
          String told = level + " " + end + " after call " + cut;
          if (!after.read(ours).equals(OURS)) {
            assertThat(after.read(ours)).as(told).isEqualTo("status 2");
            assertThat(crash.aside()).as(told).anyMatch(CopyToSlotTest::isOurs);
          }
          boolean promised = level != Durability.NONE || !end.losesPower();
          if (promised) {
            assertThat(after.read(theirs)).as(told).isIn(THEIRS, "status 2");
          }
          if (promised && answer.status() == 0) {
            assertThat(after.read(theirs)).as(told).isEqualTo(THEIRS);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherFileInTheSlotIsSetAsideFirst(Durability level) throws IOException {
    copy(ours, OURS);
    rig.close();
    rig = open("own", level, Duration.ofHours(1));

    assertThat(copy(theirs, THEIRS).name()).isEqualTo("new");

    assertThat(rig.read(theirs)).isEqualTo(THEIRS);
    assertThat(rig.read(ours)).isEqualTo("status 2");
    assertThat(aside()).singleElement().satisfies(CopyToSlotTest::holdsOurs);
  }

  @ParameterizedTest
  @EnumSource(names = {"MAKE_DIRECTORY", "OPEN", "SYNC", "RENAME", "SYNC_DIRECTORY"})
  void whatCannotBeSetAsideIsNotWrittenOver(Call call) throws IOException {
    copy(ours, OURS);
    disk.failAlways(call, Errno.EIO);

    assertThat(copy(theirs, THEIRS).status()).isEqualTo(Errno.EIO);

    disk.heal();
    assertThat(rig.read(ours)).isEqualTo(OURS);
    assertThat(rig.read(theirs)).isEqualTo("status 2");
    assertThat(rig.binlog()).containsExactly("c " + ours);
  }

  @Test
  void whereverItIsCutOffBothAreThereOrOneIsSetAside() throws IOException {
    boolean died = true;
    int cut = 0;
    for (; died; cut++) {
      rig.close();
      rig = open("cut" + cut, Durability.NONE, Duration.ofHours(1)).quiet();
      copy(ours, OURS);
      disk.dieAfter(cut);
      copy(theirs, THEIRS);
      died = disk.isDead();
      rig.close();
      disk.heal();
      disk.bury();
      rig = open("cut" + cut, Durability.NONE, Duration.ofHours(1));
      assertThat(rig.read(theirs)).isIn(THEIRS, "status 2");
      if (!rig.read(ours).equals(OURS)) {
        assertThat(aside()).singleElement().satisfies(CopyToSlotTest::holdsOurs);
      }
    }
    assertThat(cut).as("cuts").isGreaterThan(8);
    assertThat(rig.read(theirs)).isEqualTo(THEIRS);
  }

  @Test
  void aLinkIsCopiedAsALink() throws IOException {
    String source;
    String link;
    try (StoreRig other = StoreRig.open(folder.resolve("b")).packing()) {
      source = other.stored(StoreRig.plain(), "source");
      link = other.link(source, Optional.empty(), "", "txt").name();
    }
    copy(source, "source");

    assertThat(rig.copy(link, TrunkSlotHeader.LINK, source).status()).isZero();

    assertThat(rig.read(link)).isEqualTo("source");
    assertThat(rig.binlog()).containsExactly("c " + source, "l " + link + " " + source);
  }

  /// Its slot would else be zeroed when the deletion of what was there before is durable.
  @Test
  void aCopyStaysThatGoesToTheSlotOfADeletedFile() throws IOException {
    rig.close();
    rig = open("own", Durability.NONE, Duration.ofMillis(5)).packing();
    rig.stored(StoreRig.plain(), "a file of its own".repeat(10_000));
    disk.hang(data(), Call.SYNC_FILE_SYSTEM);
    int before = disk.calls(Call.SYNC_FILE_SYSTEM);
    rig.stored(StoreRig.plain(), "another".repeat(10_000));
    Awaitility.await().until(() -> disk.calls(Call.SYNC_FILE_SYSTEM) > before);
    copy(ours, OURS);
    rig.delete(ours);

    assertThat(copy(theirs, THEIRS).status()).isZero();

    assertThat(rig.store.trunk().freed().all(0)).noneMatch(slotOf(theirs)::overlaps);
    int syncs = disk.calls(Call.SYNC_FILE_SYSTEM);
    disk.resume(data());
    Awaitility.await().until(() -> disk.calls(Call.SYNC_FILE_SYSTEM) > syncs);
    assertThat(rig.read(theirs)).isEqualTo(THEIRS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one byte more than its name says"})
  void contentOfAnotherSizeIsRefused(String content) throws IOException {
    assertThat(copy(theirs, content).status()).isEqualTo(Status.EINVAL);
    assertThat(rig.files()).isEmpty();
  }

  @Test
  void aNameOfAFileOfItsOwnIsRefused() throws IOException {
    String plain = rig.stored(StoreRig.plain(), "plain");

    assertThat(copy(plain, "plain").status()).isEqualTo(Status.EINVAL);
  }

  private Asked.Outcome copy(String name, String content) {
    return rig.copy(name, TrunkSlotHeader.FILE, content);
  }

  private static void holdsOurs(Path kept) throws IOException {
    assertThat(isOurs(Files.readAllBytes(kept))).isTrue();
  }

  private static boolean isOurs(byte[] bytes) {
    return bytes.length == 256
        && bytes[0] == TrunkSlotHeader.FILE
        && new String(bytes, TrunkSlotHeader.SIZE, OURS.length(), StandardCharsets.US_ASCII)
            .equals(OURS);
  }

  private static TrunkSpan slotOf(String name) {
    return FileLook.placeOf(StoreRig.name(name)).orElseThrow();
  }

  private Path data() {
    return rig.folder.resolve("p0/data");
  }

  private Path trunkFile() {
    return data().resolve(slotOf(theirs).file().name());
  }

  private List<Path> aside() throws IOException {
    Path aside = data().resolve(".larder/aside");
    if (Files.notExists(aside)) {
      return List.of();
    }
    try (var entries = Files.list(aside)) {
      return entries.toList();
    }
  }
}
