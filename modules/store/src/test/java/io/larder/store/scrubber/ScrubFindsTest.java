package io.larder.store.scrubber;

import static io.larder.protocol.sample.SampleDataFolder.APPENDER;
import static io.larder.protocol.sample.SampleDataFolder.EMPTY;
import static io.larder.protocol.sample.SampleDataFolder.LARGE;
import static io.larder.protocol.sample.SampleDataFolder.METADATA;
import static io.larder.protocol.sample.SampleDataFolder.PLAIN;
import static io.larder.protocol.sample.SampleDataFolder.RENAMED;
import static io.larder.protocol.sample.SampleDataFolder.SLAVE;
import static io.larder.protocol.sample.SampleDataFolder.TRUNK_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FakeTicker;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.sample.SampleDataFolder;
import io.larder.store.OwnDataFolder;
import io.larder.store.scrub.ContentRule.Logged;
import io.larder.store.verify.Breakage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One bit flipped, or one place unreadable, in each kind of file: it is found, and nothing else.
class ScrubFindsTest {
  private static final String PACKED = "00/00/Ck0eA2sCnjuIX16KAAAAErvFTfQAAAAAQAABQAAAAEA810.txt";
  private static final int PACKED_AT = 1280;
  private static final String LINK_SLOT =
      "00/00/Ck0eA2sCnj2IXl0lAAAAPHWOg3kAAAAAQAACQAAAAEA260.txt";
  private static final int LINK_SLOT_AT = 2304;
  private static final String EMPTY_SLOT =
      "00/00/Ck0eAmsCnjiILlP-AAAAAAAAAAAAAAAAQAACAAAAAEA828.txt";
  private static final int EMPTY_SLOT_AT = 2048;

  @TempDir Path folder;

  @Test
  void healthyFilesOfBothProgramsRaiseNothing() {
    SampleDataFolder plain = SampleDataFolder.plain(folder.resolve("plain"));
    SampleDataFolder trunk = ScrubRig.trunkSample(folder.resolve("trunk"));
    Path own = folder.resolve("own");
    OwnDataFolder.writePacked(own);

    try (ScrubRig a = ScrubRig.of(plain);
        ScrubRig b = ScrubRig.of(trunk);
        ScrubRig c = ScrubRig.of(own, own.resolve("p0"), 0);
        ScrubRig d = ScrubRig.of(own, own.resolve("p1"), 1)) {
      assertThat(List.of(a.pass(), b.pass(), c.pass(), d.pass())).allMatch(List::isEmpty);
      assertThat(a.figures().files()).isEqualTo(6);
      assertThat(b.figures().files()).isGreaterThanOrEqualTo(13);
      assertThat(c.figures().files() + d.figures().files()).isGreaterThan(20);
      assertThat(a.figures().lastCompleted()).isPositive();
      assertThat(a.position().pass()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, RENAMED})
  void aFlippedBitInAPlainFileIsFound(String name) {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Breakage.flip(sample.file(name), 3);

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).containsExactly("crc " + name);
      Suspect suspect = rig.onDisk().suspects().getFirst();
      assertThat(suspect.logged()).isEqualTo(name.equals(PLAIN) ? Logged.FILE : Logged.RENAMED);
      assertThat(suspect.detail()).matches("[0-9a-f]{8}");
      assertThat(rig.scrubber.suspects()).containsExactly(suspect);
      assertThat(rig.figures().suspects()).isEqualTo(1);
    }
  }

  @Test
  void aFileOfAnotherSizeIsFound() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Breakage.append(sample.file(EMPTY), "x");
    Breakage.truncate(sample.file(PLAIN), 2);

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).containsExactlyInAnyOrder("size " + EMPTY, "size " + PLAIN);
      assertThat(rig.onDisk().suspects()).extracting(Suspect::detail).contains("1", "2");
    }
  }

  @Test
  void aFlippedBitInTheContentOfASlotIsFound() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    Breakage.flip(sample.file(TRUNK_FILE), PACKED_AT + TrunkSlotHeader.SIZE + 17);

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).containsExactly("crc " + PACKED);
    }
  }

  static IntStream headerBytes() {
    return IntStream.range(0, TrunkSlotHeader.SIZE);
  }

  @ParameterizedTest
  @MethodSource("headerBytes")
  void aFlippedBitInTheHeaderOfASlotIsFound(int at) {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    Path trunkFile = sample.file(TRUNK_FILE);
    Breakage.flip(trunkFile, PACKED_AT + at);
    Breakage.flip(trunkFile, LINK_SLOT_AT + at);
    Breakage.flip(trunkFile, EMPTY_SLOT_AT + at);

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass())
          .containsExactlyInAnyOrder(
              "header " + PACKED, "header " + LINK_SLOT, "header " + EMPTY_SLOT);
    }
  }

  @Test
  void aFlippedBitThatBreaksMetadataIsFound() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    Breakage.flip(sample.file(METADATA), 1); // the byte between name and value

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).containsExactly("metadata " + METADATA);
    }
  }

  // ---- what cannot be read

  private static Disk failing(String... names) {
    return HookedDisk.of(
        ScrubRig.disk(),
        (call, arguments) ->
            (call.equals("open") || call.equals("list")) && List.of(names).contains(arguments[1])
                ? -Errno.EIO
                : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {LARGE, APPENDER, SLAVE, METADATA})
  void whatCannotBeReadIsFoundWhateverItIs(String name) {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);

    try (ScrubRig rig = ScrubRig.of(failing(name), sample)) {
      assertThat(rig.pass()).containsExactly("unreadable " + name);
      assertThat(rig.onDisk().suspects().getFirst().detail()).isEqualTo("" + Errno.EIO);
    }
  }

  @Test
  void aDirectoryThatCannotBeListedIsFoundUntilItCan() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);

    FakeTicker ticker = new FakeTicker();
    try (ScrubRig rig = ScrubRig.of(failing("02/01"), sample, ticker)) {
      assertThat(rig.pass()).containsExactly("unreadable 02/01");
    }
    try (ScrubRig rig = ScrubRig.of(ScrubRig.disk(), sample, ticker)) {
      assertThat(rig.pass()).isEmpty();
    }
  }

  @Test
  void aTrunkFileThatCannotBeOpenedMakesAllItsFilesSuspect() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);

    try (ScrubRig rig = ScrubRig.of(failing(TRUNK_FILE), sample)) {
      assertThat(rig.pass()).hasSize(8).contains("unreadable " + PACKED);
    }
  }

  /// The window of the walk is larger than a slot, so every read of it meets the bad place.
  @Test
  void oneBadPlaceInATrunkFileHidesNoOther() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    Breakage.flip(sample.file(TRUNK_FILE), EMPTY_SLOT_AT + 20);
    Disk disk = HookedDisk.of(ScrubRig.disk(), new BadPlace(TRUNK_FILE, PACKED_AT + 30));

    try (ScrubRig rig = ScrubRig.of(disk, sample)) {
      assertThat(rig.pass())
          .containsExactlyInAnyOrder("unreadable " + PACKED, "header " + EMPTY_SLOT);
    }
  }

  /// Reads of a file that meet one byte of it answer `EIO`.
  private static final class BadPlace implements HookedDisk.Hook {
    private final String name;
    private final long at;
    private final Set<Object> handles = new HashSet<>();

    BadPlace(String name, long at) {
      this.name = name;
      this.at = at;
    }

    @Override
    public int before(String call, Object[] arguments) {
      boolean met =
          call.equals("read")
              && handles.contains(arguments[0])
              && (Long) arguments[1] <= at
              && (Long) arguments[1] + (Integer) arguments[4] > at;
      return met ? -Errno.EIO : 0;
    }

    @Override
    public void after(String call, Object[] arguments, Object answer) {
      if (call.equals("open") && arguments[1].equals(name)) {
        handles.add(answer);
      } else if (call.equals("close")) {
        handles.remove(arguments[0]);
      }
    }
  }
}
