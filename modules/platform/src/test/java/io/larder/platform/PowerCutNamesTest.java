package io.larder.platform;

import static io.larder.platform.PowerCut.EVERYTHING_KEPT;
import static io.larder.platform.PowerCut.NOTHING_UNSYNCED_KEPT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a power cut does to names.
class PowerCutNamesTest {
  private final MemoryRig rig = new MemoryRig();

  // ---- what each sync saves

  @Test
  void aSyncOfAFileDoesNotSaveItsName() {
    int file = rig.file("a");
    rig.write(file, 0, "content");
    rig.sync(file);

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.names()).isEmpty();
  }

  @Test
  void aSyncOfADirectorySavesNamesButNoContent() {
    rig.write(rig.file("a"), 0, "content");
    rig.syncDirectory(".");

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.content("a")).isEmpty();
  }

  @Test
  void aSyncOfADirectorysHandleIsTheSame() {
    rig.file("a");
    rig.sync(rig.base);

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.names()).containsExactly("a");
  }

  @Test
  void aDirectorysOwnNameIsSavedByItsParentOnly() {
    rig.directory("d");
    rig.directory("e");
    rig.sync(rig.file("d/a"));
    rig.sync(rig.file("e/a"));
    rig.syncDirectory("d");
    rig.cut(new ScriptedCut().losing(0));
    assertThat(rig.names()).as("the name of the first was lost").containsExactly("e");

    rig.file("e/b");
    rig.syncDirectory(".");
    rig.syncDirectory("e");
    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.files()).containsExactly("e/a", "e/b");
  }

  @Test
  void aSyncOfOneDirectoryLeavesAnotherAlone() {
    rig.directory("d");
    rig.directory("e");
    rig.syncFileSystem();
    rig.file("d/a");
    rig.file("e/a");
    rig.syncDirectory("d");

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.files()).containsExactly("d/a");
  }

  @Test
  void aSyncOfTheFileSystemSavesEverything() {
    rig.directory("d");
    rig.write(rig.file("d/a"), 0, "content");
    rig.disk.symbolicLink("d/a", rig.base, "link");
    rig.durable("old", "x");
    rig.unlink("old");
    rig.disk.setTime(rig.file("d/a"), 1_000);

    rig.syncFileSystem();
    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.files()).containsExactly("d/a", "link");
    assertThat(rig.content("link")).isEqualTo("content");
    assertThat(rig.status("d/a").timeSeconds()).isEqualTo(1_000);
  }

  // ---- what may be left of unsynced changes

  @Test
  void anySubsetOfNewNamesMayBeThere() {
    rig.file("a");
    rig.file("b");
    rig.disk.symbolicLink("x", rig.base, "c");
    rig.directory("d");

    rig.cut(new ScriptedCut().losing(0, 2));

    assertThat(rig.names()).containsExactly("b", "d");
  }

  @Test
  void aRemovalMayBeUndone() {
    rig.durable("a", "content");
    rig.unlink("a");
    rig.cut(NOTHING_UNSYNCED_KEPT);
    assertThat(rig.content("a")).isEqualTo("content");

    rig.unlink("a");
    rig.syncDirectory(".");
    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.names()).isEmpty();
  }

  @Test
  void whatWasWrittenAfterARemovalThatIsUndoneMayBeThereToo() {
    int file = rig.durable("a", "old");
    rig.unlink("a");
    rig.write(file, 0, "new");

    rig.cut(new ScriptedCut().losing(0));

    assertThat(rig.content("a")).isEqualTo("new");
  }

  @Test
  void filesThatAreOpenButRemovedOrUnnamedAreGone() {
    int removed = rig.durable("a", "content");
    rig.unlink("a");
    rig.syncFileSystem();
    rig.write(removed, 0, "still");
    rig.sync(removed);
    int unnamed = rig.unnamed();
    rig.write(unnamed, 0, "content");
    rig.sync(unnamed);
    assertThat(rig.disk.status(removed, new FileStatus())).isZero();

    rig.cut(EVERYTHING_KEPT);

    assertThat(rig.names()).isEmpty();
  }

  @Test
  void anUnnamedFileIsThereOnceContentAndNameAreSynced() {
    int file = rig.unnamed();
    rig.write(file, 0, "content");
    rig.sync(file);
    assertThat(rig.disk.linkUnnamed(file, rig.base, "a")).isZero();
    rig.syncDirectory(".");

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.content("a")).isEqualTo("content");
  }

  @Test
  void aSecondNameMayBeThereWithoutTheFirst() {
    rig.sync(rig.file("a"));
    rig.link("a", "b");

    rig.cut(new ScriptedCut().losing(0));

    assertThat(rig.names()).containsExactly("b");
  }

  @Test
  void afterACutAFileStillHasAllItsNames() {
    long free = rig.disk.space(rig.base).orElseThrow().freeBytes();
    rig.durable("a", "content");
    rig.link("a", "b");
    rig.syncFileSystem();
    rig.cut(NOTHING_UNSYNCED_KEPT);

    rig.unlink("a");
    assertThat(rig.content("b")).isEqualTo("content");
    assertThat(rig.disk.space(rig.base).orElseThrow().freeBytes()).isLessThan(free);
    rig.unlink("b");

    assertThat(rig.disk.space(rig.base).orElseThrow().freeBytes()).isEqualTo(free);
  }

  @Test
  void removingTheFirstOfTwoNamesMayLoseBothUntilTheSecondIsSynced() {
    rig.durable("staged", "content");
    rig.link("staged", "a");
    rig.unlink("staged");
    rig.cut(new ScriptedCut().losing(0));
    assertThat(rig.names()).isEmpty();

    rig.durable("staged", "content");
    rig.link("staged", "a");
    rig.syncDirectory(".");
    rig.unlink("staged");
    rig.cut(EVERYTHING_KEPT);

    assertThat(rig.content("a")).isEqualTo("content");
  }

  @Test
  void whatRestsOnALostChangeIsLostToo() {
    rig.durable("a", "old");
    rig.unlink("a");
    rig.write(rig.file("a"), 0, "new");

    rig.cut(new ScriptedCut().losing(0));

    assertThat(rig.content("a")).as("the old name was still taken").isEqualTo("old");
  }

  @Test
  void whatIsInALostDirectoryIsLostHoweverWellItWasSynced() {
    rig.directory("d");
    int file = rig.file("d/a");
    rig.write(file, 0, "content");
    rig.sync(file);
    rig.syncDirectory("d");

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.files()).isEmpty();
  }

  // ---- renames

  @Test
  void aRenameIsDoneOrNotAndTheReplacedFileComesBack() {
    rig.durable("a", "old");
    rig.durable("a.tmp", "new");
    rig.rename("a.tmp", "a");
    rig.cut(NOTHING_UNSYNCED_KEPT);
    assertThat(rig.names()).containsExactly("a", "a.tmp");
    assertThat(rig.content("a")).isEqualTo("old");
    assertThat(rig.content("a.tmp")).isEqualTo("new");

    rig.rename("a.tmp", "a");
    rig.cut(EVERYTHING_KEPT);

    assertThat(rig.names()).containsExactly("a");
    assertThat(rig.content("a")).isEqualTo("new");
  }

  @Test
  void aRenamedFileHasNeverTwoNamesNorNone() {
    for (long seed = 0; seed < 200; seed++) {
      MemoryRig fresh = new MemoryRig();
      fresh.directory("d");
      fresh.durable("a", "content");
      fresh.rename("a", "b");
      fresh.rename("b", "d/c");
      fresh.rename("d/c", "e");

      fresh.cut(PowerCut.seeded(seed));

      assertThat(fresh.files()).hasSize(1);
    }
  }

  @Test
  void aRenameOfALostNameIsLost() {
    rig.write(rig.file("a.tmp"), 0, "new");
    rig.rename("a.tmp", "a");

    rig.cut(new ScriptedCut().losing(0));

    assertThat(rig.names()).isEmpty();
  }

  @Test
  void aRenameThatMayNotReplaceIsLostWhenTheNameIsStillTaken() {
    rig.durable("a", "old");
    rig.durable("b", "new");
    rig.unlink("a");
    assertThat(rig.disk.renameToNew(rig.base, "b", "a")).isZero();

    rig.cut(new ScriptedCut().losing(0));

    assertThat(rig.content("a")).isEqualTo("old");
    assertThat(rig.content("b")).isEqualTo("new");
  }

  @Test
  void aSyncOfEitherDirectorySavesBothSidesOfARename() {
    for (String synced : new String[] {"from", "to"}) {
      MemoryRig fresh = new MemoryRig();
      fresh.directory("from");
      fresh.directory("to");
      fresh.syncFileSystem();
      fresh.file("from/a");
      fresh.file("from/other");
      fresh.file("to/other");
      fresh.rename("from/a", "to/b");
      fresh.syncDirectory(synced);

      fresh.cut(NOTHING_UNSYNCED_KEPT);

      assertThat(fresh.files())
          .containsExactly(
              synced.equals("from") ? "from/other" : "to/b",
              synced.equals("from") ? "to/b" : "to/other");
    }
  }

  @Test
  void aMovedDirectoryNeverGetsBelowItself() {
    for (long seed = 0; seed < 200; seed++) {
      MemoryRig fresh = new MemoryRig();
      fresh.directory("a");
      fresh.directory("b");
      fresh.durable("a/x", "x");
      fresh.durable("b/y", "y");
      fresh.rename("a", "b/a");
      fresh.rename("b/a", "c");
      fresh.rename("b", "c/b");

      fresh.cut(PowerCut.seeded(seed));

      assertThat(fresh.files()).as("seed %s", seed).hasSize(2);
    }
  }

  @Test
  void aMovedDirectoryIsSavedWithWhatItsMoveRestsOn() {
    rig.directory("a");
    rig.directory("b");
    rig.durable("a/x", "x");
    rig.durable("b/y", "y");
    rig.rename("a", "b/a");
    rig.rename("b/a", "c");
    rig.rename("b", "c/b");
    rig.syncDirectory("c");

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.files()).containsExactly("c/b/y", "c/x");
  }

  @Test
  void aDirectoryThatStillHoldsSomethingIsNotReplaced() {
    rig.directory("a");
    rig.directory("b");
    rig.durable("b/y", "y");
    rig.unlink("b/y");
    rig.rename("a", "b");

    rig.cut(new ScriptedCut().losing(0));

    assertThat(rig.files()).containsExactly("b/y");
    assertThat(rig.names()).containsExactly("a", "b");
  }
}
