package io.larder.store.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.platform.FaultyDisk;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.OwnDataFolder;
import io.larder.store.scrub.ContentRule.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What our own store writes: clean when it ended in order, explained when it was killed, held while it runs.
class VerifyOwnStoreTest {
  /// What a kill may leave: changes that were noted and never acknowledged, and files that were never recorded.
  private static final Set<Check> AFTER_A_KILL =
      Set.of(
          Check.INTENTS_OPEN,
          Check.LEFTOVER,
          Check.FILE_WITHOUT_RECORD,
          Check.FILE_DELETED_BY_RECORD,
          Check.METADATA_WITHOUT_FILE);

  /// Besides: slots that were written and never recorded.
  private static final Set<Check> AFTER_A_KILL_OF_A_PACKING_STORE =
      Set.of(Check.SLOT_WITHOUT_RECORD, Check.SLOT_HALF_WRITTEN);

  @TempDir Path folder;

  private Checked check() {
    return Checked.of(Checked.disk(), o -> o, folder, folder.resolve("p0"), folder.resolve("p1"));
  }

  @Test
  void aStoreThatEndedInOrderIsClean() {
    OwnDataFolder.write(folder);

    Checked checked = check();

    assertThat(checked.lines()).isEmpty();
    assertThat(checked.summary().byCrc()).isGreaterThan(14);
    assertThat(checked.summary().notCompared())
        .containsKeys(Reason.APPENDER, Reason.SLAVE, Reason.LINK, Reason.METADATA);
  }

  @Test
  void aFlippedBitInASecondStorePathIsFound() {
    OwnDataFolder.write(folder);
    String found =
        check().lines().isEmpty() ? firstFile(folder.resolve("p1/data")) : "not clean before";
    Breakage.flip(folder.resolve("p1/data").resolve(found), 0);

    assertThat(check().lines()).containsExactly("crc-differs " + found);
  }

  @Test
  void aStoreWithPackedFilesThatEndedInOrderIsClean() {
    OwnDataFolder.writePacked(folder);

    Checked checked = check();

    assertThat(checked.lines()).isEmpty();
    assertThat(checked.summary().byCrc()).isGreaterThan(14);
  }

  @Test
  void aStoreWhoseUploadsAreLinksIsClean() {
    OwnDataFolder.writeLinking(folder);

    Checked checked = check();

    assertThat(checked.lines()).isEmpty();
    assertThat(checked.summary().byCrc()).isGreaterThan(14);
  }

  @Test
  void aFlippedBitInAPackedFileIsFound() {
    LogicalName name = LogicalName.parse(OwnDataFolder.writePacked(folder).getFirst());
    TrunkPlace place = FileFacts.of(name).flatMap(FileFacts::trunk).orElseThrow();
    String trunkFile =
        name.trueName().substring(0, 6) + DataLayout.trunkFileName(place.trunkFileId());
    Breakage.flip(
        folder.resolve("p0/data").resolve(trunkFile), place.offset() + TrunkSlotHeader.SIZE);

    assertThat(check().lines()).containsExactly("crc-differs " + trunkFile + "@" + place.offset());
  }

  private static String firstFile(Path data) {
    try (var files = Files.walk(data)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".txt"))
          .filter(file -> Files.isRegularFile(file))
          .map(file -> data.relativize(file).toString())
          .filter(name -> !name.startsWith(".") && name.length() == 40)
          .sorted()
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFolderThatANodeHoldsIsRefusedAndACopyOfItIsNot() throws Exception {
    OwnDataFolder.write(folder);
    try (AutoCloseable _ = OwnDataFolder.open(folder)) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(this::check)
          .withMessageContaining("base.lock is held by a running node")
          .withMessageContaining("process " + ProcessHandle.current().pid())
          .withMessageContaining("--read-only");
      assertThat(
              Checked.of(
                      Checked.disk(),
                      VerifyPlan.Options::unlocked,
                      folder,
                      folder.resolve("p0"),
                      folder.resolve("p1"))
                  .summary()
                  .isClean())
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 9, 14, 20, 27, 35, 44, 54, 60, 66, 72, 78})
  void whatAKillLeavesIsExplained(int changes) {
    FaultyDisk disk = new FaultyDisk(Checked.disk());
    OwnDataFolder.writeAndKill(folder, disk, () -> disk.dieAfter(changes));
    assertThat(disk.isDead()).isTrue();
    disk.bury();

    Checked checked = check();

    assertThat(checked.found()).allMatch(finding -> AFTER_A_KILL.contains(finding.check()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 6, 10, 15, 21, 28, 36, 45, 52, 58, 64})
  void whatAKillOfAPackingStoreLeavesIsExplained(int changes) {
    FaultyDisk disk = new FaultyDisk(Checked.disk());
    OwnDataFolder.writePackedAndKill(folder, disk, () -> disk.dieAfter(changes));
    assertThat(disk.isDead()).isTrue();
    disk.bury();

    Checked checked = check();

    assertThat(checked.found())
        .allMatch(finding ->
            AFTER_A_KILL.contains(finding.check())
                || AFTER_A_KILL_OF_A_PACKING_STORE.contains(finding.check()));
  }
}
