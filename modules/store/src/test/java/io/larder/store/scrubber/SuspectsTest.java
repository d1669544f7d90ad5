package io.larder.store.scrubber;

import static io.larder.protocol.sample.SampleDataFolder.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.platform.MemoryDisk;
import io.larder.protocol.MalformedException;
import io.larder.protocol.sample.SampleDataFolder;
import io.larder.store.scrub.ContentRule.Logged;
import io.larder.store.verify.Breakage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The list of suspects: each file once, bounded, and no longer than there is something wrong.
class SuspectsTest {
  @TempDir Path folder;

  private static Suspect suspect(String name, long seen) {
    return new Suspect(name, Fault.CRC, "0badcafe", Logged.FILE, seen, seen);
  }

  private static SuspectFile file(MemoryDisk disk) {
    disk.makeDirectories(Path.of("/data/.larder"));
    return new SuspectFile(disk, disk.openDirectory(Path.of("/data")));
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    SuspectFile file = file(new MemoryDisk());
    assertThat(file.read()).isEqualTo(SuspectFile.Content.NONE);
    List<Suspect> all =
        List.of(
            suspect("M00/00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0109.txt", 5),
            new Suspect("M01/0A/FF/000001@256", Fault.UNREADABLE, "5", Logged.UNKNOWN, 6, 7),
            new Suspect("M00/00/00/x with blanks", Fault.HEADER, "-", Logged.LINK, 8, 8));

    file.write(new SuspectFile.Content(all, 3));

    assertThat(file.read()).isEqualTo(new SuspectFile.Content(all, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "larder-suspects 1\n",
        "larder-suspects 2 0\n",
        "larder-suspects 1 0\nx\n",
        "larder-suspects 1 0\n1 2 odd file - M00/00/00/x\n",
        "larder-suspects 1 0\n1 z crc file - M00/00/00/x\n"
      })
  void anotherFormIsRefused(String text) {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> SuspectFile.parse(text));
  }

  @Test
  void moreThanTheLimitAreCountedOnly() throws Exception {
    SuspectFile file = file(new MemoryDisk());
    Suspects suspects = Suspects.load(file, 2);
    for (int i = 0; i < 5; i++) {
      suspects.found(suspect("M00/00/00/" + i, 1));
    }
    suspects.found(suspect("M00/00/00/1", 2));
    suspects.save();

    assertThat(suspects.count()).isEqualTo(5);
    assertThat(file.read().suspects()).hasSize(2);
    assertThat(file.read().more()).isEqualTo(3);
    assertThat(Suspects.load(file, 2).count()).isEqualTo(5);
  }

  @Test
  void aListThatCannotBeWrittenIsWrittenLater() throws Exception {
    MemoryDisk memory = new MemoryDisk();
    memory.makeDirectories(Path.of("/data/.larder"));
    FaultyDisk disk = new FaultyDisk(memory);
    SuspectFile file = new SuspectFile(disk, disk.openDirectory(Path.of("/data")));
    Suspects suspects = Suspects.load(file, 2);
    suspects.found(suspect("M00/00/00/1", 1));
    disk.failNext(FaultyDisk.Call.RENAME, Errno.EIO);

    assertThatExceptionOfType(DiskException.class).isThrownBy(suspects::save);
    suspects.save();

    assertThat(file.read().suspects()).hasSize(1);
  }

  @Test
  void aFileIsListedOnceWithTheFirstAndTheLastTime() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Breakage.flip(sample.file(PLAIN), 3);
    try (ScrubRig rig = ScrubRig.of(sample)) {
      rig.pass();
      Suspect first = rig.onDisk().suspects().getFirst();
      rig.pass();

      assertThat(rig.onDisk().suspects())
          .singleElement()
          .satisfies(again -> {
            assertThat(again.firstSeen()).isEqualTo(first.firstSeen());
            assertThat(again.lastSeen()).isGreaterThan(first.lastSeen());
          });
    }
  }

  @Test
  void aFileThatIsRightAgainOrGoneLeavesTheList() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Breakage.flip(sample.file(PLAIN), 3);
    Breakage.flip(sample.file(SampleDataFolder.RENAMED), 3);
    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).hasSize(2);

      Breakage.flip(sample.file(PLAIN), 3);
      Breakage.delete(sample.file(SampleDataFolder.RENAMED));

      assertThat(rig.pass()).isEmpty();
      assertThat(rig.figures().suspects()).isZero();
    }
  }
}
