package io.larder.store.scrubber;

import static io.larder.protocol.sample.SampleDataFolder.PLAIN;
import static io.larder.protocol.sample.SampleDataFolder.TRUNK_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.sample.SampleDataFolder;
import io.larder.store.verify.Breakage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are deleted, replaced or whose slot is used again while they are looked at raise nothing.
class ScrubRaceTest {
  private static final String PACKED = "00/00/Ck0eA2sCnjuIX16KAAAAErvFTfQAAAAAQAABQAAAAEA810.txt";
  private static final int PACKED_AT = 1280;
  private static final String GONE = "00/00/Ck0eA2sCni-IAkcBAAAAEVDGgscAAAAAQAABQAAAAEA8466303";

  @TempDir Path folder;

  /// Does something when a file is opened for the nth time, after the call; reads are told by name of the file.
  private static final class OnOpen implements HookedDisk.Hook {
    private final String name;
    private final Map<Integer, Runnable> actions = new HashMap<>();
    private final List<String> opened = new ArrayList<>();

    OnOpen(String name) {
      this.name = name;
    }

    OnOpen then(int time, Runnable action) {
      actions.put(time, action);
      return this;
    }

    @Override
    public int before(String call, Object[] arguments) {
      return 0;
    }

    @Override
    public void after(String call, Object[] arguments, Object answer) {
      if (call.equals("open") && arguments[1].equals(name)) {
        opened.add(name);
        actions.getOrDefault(opened.size(), () -> {}).run();
      }
    }

    Disk disk() {
      return HookedDisk.of(ScrubRig.disk(), this);
    }
  }

  @Test
  void aFileThatIsDeletedBetweenTwoLooksRaisesNothing() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Breakage.flip(sample.file(PLAIN), 3);
    OnOpen hook =
        new OnOpen(PLAIN)
            .then(
                1,
                () -> {
                  Breakage.append(sample.binlog(), "1795333600 D M00/" + PLAIN + "\n");
                  Breakage.delete(sample.file(PLAIN));
                });

    try (ScrubRig rig = ScrubRig.of(hook.disk(), sample)) {
      assertThat(rig.pass()).isEmpty();
      assertThat(hook.opened).hasSize(1);
    }
  }

  /// The record comes first, so a file that is still there may have been deleted by name.
  @Test
  void aFileWhoseDeletionIsRecordedRaisesNothing() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Breakage.flip(sample.file(PLAIN), 3);
    OnOpen hook =
        new OnOpen(PLAIN)
            .then(2, () -> Breakage.append(sample.binlog(), "1795333600 D M00/" + PLAIN + "\n"));

    try (ScrubRig rig = ScrubRig.of(hook.disk(), sample)) {
      assertThat(rig.pass()).isEmpty();
      assertThat(hook.opened).hasSize(2);
    }
  }

  @Test
  void aFileThatIsReplacedBetweenTwoLooksRaisesNothing() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    String right = Breakage.read(sample.file(PLAIN));
    Breakage.flip(sample.file(PLAIN), 3);
    OnOpen hook =
        new OnOpen(PLAIN)
            .then(2, () -> Breakage.write(sample.file(PLAIN), right)); // in place, as no node does

    try (ScrubRig rig = ScrubRig.of(hook.disk(), sample)) {
      assertThat(rig.pass()).isEmpty();
      assertThat(hook.opened).hasSize(2);
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadIsLeftForTheNextPass() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    OnOpen hook =
        new OnOpen(PLAIN).then(1, () -> Breakage.append(sample.file(PLAIN), "more of it"));

    try (ScrubRig rig = ScrubRig.of(hook.disk(), sample)) {
      assertThat(rig.pass()).isEmpty();
      assertThat(rig.pass()).containsExactly("size " + PLAIN);
    }
  }

  // ---- slots

  private static void zero(SampleDataFolder sample) {
    Breakage.slot(sample.file(TRUNK_FILE), PACKED_AT, TrunkSlotHeader.FREE, "\0".repeat(256 - 24));
  }

  private static void recordDeletion(SampleDataFolder sample) {
    Breakage.append(sample.binlog(), "1795333601 D M00/" + PACKED + "\n");
  }

  /// The names are sorted when the trunk file is met first; what comes after is in no name's favour.
  @Test
  void aSlotThatIsFreedWhileItsTrunkFileIsReadRaisesNothing() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    OnOpen hook =
        new OnOpen(TRUNK_FILE)
            .then(
                1,
                () -> {
                  recordDeletion(sample);
                  zero(sample);
                });

    try (ScrubRig rig = ScrubRig.of(hook.disk(), sample)) {
      assertThat(rig.pass()).isEmpty();
      assertThat(hook.opened).hasSize(2);
    }
  }

  /// The slot was damaged at the first look, and its zeroed header is met by the second: only the log tells why.
  @Test
  void aSlotThatIsFreedJustBeforeTheSecondLookRaisesNothing() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    Breakage.flip(sample.file(TRUNK_FILE), PACKED_AT + 20);
    OnOpen hook =
        new OnOpen(TRUNK_FILE)
            .then(
                2,
                () -> {
                  recordDeletion(sample);
                  zero(sample);
                });

    try (ScrubRig rig = ScrubRig.of(hook.disk(), sample)) {
      assertThat(rig.pass()).isEmpty();
    }
  }

  /// Another file of the sample lay there once; now it does again, in the middle of the walk.
  @Test
  void aSlotThatIsUsedAgainRaisesNothing() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    LogicalName again = LogicalName.parse("M00/" + GONE);
    TrunkSlotHeader header =
        TrunkSlotHeader.of(again, FileFacts.of(again).orElseThrow(), TrunkSlotHeader.FILE);
    OnOpen hook =
        new OnOpen(TRUNK_FILE)
            .then(
                1,
                () -> {
                  recordDeletion(sample);
                  zero(sample);
                  Breakage.slot(sample.file(TRUNK_FILE), PACKED_AT, header, "not what it was\0\0");
                })
            .then(2, () -> Breakage.append(sample.binlog(), "1795333602 D M00/" + GONE + "\n"));

    try (ScrubRig rig = ScrubRig.of(hook.disk(), sample)) {
      assertThat(rig.pass()).isEmpty();
    }
  }

  @Test
  void aSlotThatWasUsedAgainAndIsDamagedIsFoundByItsNewName() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    LogicalName again = LogicalName.parse("M00/" + GONE);
    TrunkSlotHeader header =
        TrunkSlotHeader.of(again, FileFacts.of(again).orElseThrow(), TrunkSlotHeader.FILE);
    OnOpen hook =
        new OnOpen(TRUNK_FILE)
            .then(
                1,
                () -> {
                  recordDeletion(sample);
                  Breakage.slot(sample.file(TRUNK_FILE), PACKED_AT, header, "damaged content..");
                  Breakage.append(sample.binlog(), "1795333602 C M00/" + GONE + "\n");
                });

    try (ScrubRig rig = ScrubRig.of(hook.disk(), sample)) {
      rig.pass();
      assertThat(rig.pass()).containsExactly("crc " + GONE);
    }
  }
}
