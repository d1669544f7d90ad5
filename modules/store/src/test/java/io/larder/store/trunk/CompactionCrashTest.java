package io.larder.store.trunk;

import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.larder.platform.FaultyDisk;
import io.larder.platform.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Stops a compaction after every step, its own and the reference's, and lets either go on: the log tells the same free
/// space, in whatever stage it was.
class CompactionCrashTest {
  private static final int CUTS_MAX = 300;
  private static final TrunkSpan BEFORE = span(1, 256, 3840);
  private static final TrunkSpan AFTER = span(1, 512, 3584);
  private static final List<TrunkSpan> FREE = List.of(AFTER, span(2, 0, 1024));

  @TempDir Path base;

  private static String flag(int stage) {
    return "storage_join_time=1\nsync_old_done=1\nsync_src_server=\nsync_until_timestamp=0\n"
        + "last_ip_addr=\ncurrent_trunk_file_id=2\ntrunk_last_compress_time=0\n"
        + "trunk_binlog_compress_stage="
        + stage
        + "\n";
  }

  private static String lines(LogLines lines) {
    return new String(lines.bytes(), java.nio.charset.StandardCharsets.US_ASCII);
  }

  /// A log by which `BEFORE` and one more block are free, with a snapshot of its first line, if asked for.
  private static Path prepare(Path place, boolean snapshot) {
    Path data = place.resolve("data");
    String first = lines(LogRig.freed(span(1, 0, 4096)));
    FreeSpace.Taken taken = new FreeSpace.Taken(span(1, 0, 4096), span(1, 0, 256));
    LogRig.write(
        data.resolve("trunk/binlog"),
        first + lines(new LogLines(LogRig.NOW).taken(taken).freed(span(2, 0, 1024))));
    LogRig.write(data.resolve("trunk/10.0.0.1_23000.mark"), "binlog_offset=5\n");
    LogRig.write(data.resolve(".data_init_flag"), flag(9));
    if (snapshot) {
      LogRig.write(data.resolve("storage_trunk.dat"), first.length() + "\n" + first);
    }
    return data;
  }

  /// What comes to the log while it is compacted.
  private static LogLines meanwhile() {
    return new LogLines(LogRig.NOW).taken(new FreeSpace.Taken(BEFORE, BEFORE.front(256)));
  }

  // ---- ours, stopped

  /// A machine with a log.
  private static MemoryDisk machine(Path real) throws IOException {
    MemoryDisk memory = new MemoryDisk();
    memory.importTree(real, LogRig.MEMORY_BASE);
    return memory;
  }

  /// Compacts until the disk dies.
  ///
  /// @return whether it died
  private static boolean compact(MemoryDisk memory, int cut) {
    FaultyDisk disk = new FaultyDisk(memory);
    try {
      LogRig rig = LogRig.open(memory, disk);
      FreeSpace space = new FreeSpace(256);
      rig.replay().forEach(space::free);
      rig.log.add(new LogLines(LogRig.NOW).freed(span(3, 0, 256)).taken(span(3, 0, 256)), false);
      disk.dieAfter(cut);
      new Compaction(
              rig.log,
              LogRig.NOW,
              atThatMoment -> {
                atThatMoment.run();
                List<BlockList> blocks = List.of(space.copy(false));
                rig.log.add(meanwhile(), false);
                return blocks;
              })
          .run();
      rig.log.sync();
    } catch (IOException e) {
      assertThat(disk.isDead()).isTrue();
    }
    return disk.isDead();
  }

  /// The lines that came meanwhile were not synced: they are told, or they are not.
  private static void assertFree(List<TrunkSpan> free) {
    assertThat(free).isIn(FREE, List.of(BEFORE, span(2, 0, 1024)));
  }

  @ParameterizedTest
  @EnumSource
  void ourOwnIsFinishedOrUndoneByUs(CrashEnd end) throws IOException {
    for (boolean snapshot : List.of(false, true)) {
      Path place = base.resolve("ours" + snapshot);
      prepare(place, snapshot);
      boolean died = true;
      for (int cut = 0; died; cut++) {
        assertThat(cut).isLessThan(CUTS_MAX);
        MemoryDisk memory = machine(place);
        died = compact(memory, cut);
        end.end(memory, cut);

        LogRig again = LogRig.open(memory, memory);

        assertFree(again.replay());
        assertThat(again.flag.read().trunkBinlogCompressStage()).as("cut %s", cut).isEqualTo(9);
        assertSnapshotFits(again);
        assertThat(memory.files(LogRig.MEMORY_BASE).stream().map(Path::toString).toList())
            .as("cut %s", cut)
            .filteredOn(name -> name.endsWith(".tmp") || name.endsWith(".rollback"))
            .isSubsetOf("/larder/data/.data_init_flag.tmp");
      }
    }
  }

  /// A start by the snapshot finds what a start by the log finds.
  private static void assertSnapshotFits(LogRig rig) throws IOException {
    BlockIndex index = new BlockIndex();
    LogReplay replay = new LogReplay(List.of(index));
    OptionalLong from = Snapshot.load(rig.log.folder(), replay);
    if (from.isPresent()) {
      LineReader.read(
          rig.log.folder(), LogFolder.BINLOG, from.getAsLong(), rig.log.size(), replay::logLine);
      assertFree(Spans.free(FreeSpace.of(index, 256, block -> {})));
    }
  }

  /// Lines from before a compaction that were not durable then, and are asked to be while it is under way.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KILL")
  void whatIsSyncedMeanwhileIsKeptWhenTheCompactionIsUndone(CrashEnd end) throws IOException {
    Path place = base.resolve("meanwhile");
    prepare(place, false);
    MemoryDisk memory = machine(place);
    FaultyDisk disk = new FaultyDisk(memory);
    LogRig rig = LogRig.open(memory, disk);
    rig.log.add(meanwhile(), false);
    rig.flag.listen(flag -> {
      if (CompactionStage.of(flag) == CompactionStage.SAVED) {
        syncAndDie(rig, disk);
      }
    });

    assertThatIOException()
        .isThrownBy(() ->
            new Compaction(
                    rig.log,
                    LogRig.NOW,
                    atThatMoment -> {
                      atThatMoment.run();
                      return List.of(new BlockList(0));
                    })
                .run());
    end.end(memory, 1);

    assertThat(LogRig.open(memory, memory).replay()).isEqualTo(FREE);
  }

  private static void syncAndDie(LogRig rig, FaultyDisk disk) {
    try {
      rig.log.sync();
      disk.dieAfter(0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ourOwnIsFinishedOrUndoneByTheReference(CrashEnd end) throws IOException {
    Path before = base.resolve("before");
    prepare(before, true);
    boolean died = true;
    for (int cut = 0; died; cut++) {
      assertThat(cut).isLessThan(CUTS_MAX);
      MemoryDisk memory = machine(before);
      died = compact(memory, cut);
      end.end(memory, cut);
      Path place = base.resolve("after" + cut);
      memory.exportTree(LogRig.MEMORY_BASE, place);

      ReferenceCompaction reference = new ReferenceCompaction(place.resolve("data"));
      reference.start();

      assertThat(reference.stage()).isEqualTo(9);
      try (LogRig again = LogRig.open(place)) {
        assertFree(again.replay());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStopWhileAStopIsMadeGoodIsMadeGoodToo(CrashEnd end) throws IOException {
    for (int stage : new int[] {1, 2, 3, 4, 5, 6, 7, 8}) {
      Path place = base.resolve("stopped" + stage);
      stopReferenceAt(place, stage);
      boolean died = true;
      for (int cut = 0; died; cut++) {
        assertThat(cut).isLessThan(CUTS_MAX);
        MemoryDisk memory = machine(place);
        FaultyDisk disk = new FaultyDisk(memory);
        disk.dieAfter(cut);
        try {
          LogRig.open(memory, disk);
        } catch (IOException e) {
          assertThat(disk.isDead()).isTrue();
        }
        died = disk.isDead();
        end.end(memory, cut);

        LogRig last = LogRig.open(memory, memory);

        assertThat(last.replay()).as("stage %s cut %s", stage, cut).isEqualTo(FREE);
      }
    }
  }

  // ---- the reference's, stopped

  private static ReferenceCompaction prepareReference(Path place) throws IOException {
    return new ReferenceCompaction(prepare(place, true));
  }

  private static List<ReferenceCompaction.Step> forward(ReferenceCompaction reference) {
    String snapshot = lines(LogRig.freed(BEFORE, span(2, 0, 1024)));
    return reference.steps(snapshot, lines(meanwhile()));
  }

  /// Runs the reference until it has noted a stage.
  private static void stopReferenceAt(Path place, int stage) throws IOException {
    ReferenceCompaction reference = prepareReference(place);
    List<ReferenceCompaction.Step> steps = forward(reference);
    int until = stage < 7 ? stage : 3;
    for (int i = 0; reference.stage() != until; i++) {
      steps.get(i).run();
    }
    if (stage == 1) {
      LogRig.write(
          place.resolve("data/trunk/binlog"), reference.read("trunk/binlog") + lines(meanwhile()));
    } else if (stage == 2) {
      LogRig.write(place.resolve("data/trunk/binlog"), lines(meanwhile()));
    }
    if (stage >= 7) {
      List<ReferenceCompaction.Step> back = reference.stepsBack();
      for (int i = 0; reference.stage() != stage; i++) {
        back.get(i).run();
      }
    }
  }

  @Test
  void theReferencesIsFinishedOrUndoneByUs() throws IOException {
    int count = forward(prepareReference(base.resolve("count"))).size();
    for (int steps = 0; steps <= count; steps++) {
      Path place = base.resolve("steps" + steps);
      ReferenceCompaction reference = prepareReference(place);
      for (ReferenceCompaction.Step step : forward(reference).subList(0, steps)) {
        step.run();
      }

      try (LogRig ours = LogRig.open(place)) {
        assertFree(ours.replay());
        assertSnapshotFits(ours);
        assertThat(ours.flag.read().trunkBinlogCompressStage()).isEqualTo(9);
      }
      assertThat(LogRig.names(place.resolve("data")))
          .as("after %s steps", steps)
          .isSubsetOf("storage_trunk.dat", "trunk/10.0.0.1_23000.mark", "trunk/binlog");
    }
  }

  @Test
  void theReferencesWayBackIsFinishedByUs() throws IOException {
    for (int stage : new int[] {1, 2, 3, 4}) {
      for (int steps = 0; steps <= 4; steps++) {
        Path place = base.resolve("back" + stage + "-" + steps);
        stopReferenceAt(place, stage);
        for (ReferenceCompaction.Step step :
            new ReferenceCompaction(place.resolve("data")).stepsBack().subList(0, steps)) {
          step.run();
        }

        try (LogRig ours = LogRig.open(place)) {
          assertThat(ours.replay()).as("stage %s, %s steps", stage, steps).isEqualTo(FREE);
        }
      }
    }
  }

  @Test
  void aStageNotedBeforeItsFileIsThereLosesNothing() throws IOException {
    for (int stage : new int[] {4, 7}) {
      Path place = base.resolve("early" + stage);
      stopReferenceAt(place, 3);
      new ReferenceCompaction(place.resolve("data")).note(stage);

      try (LogRig ours = LogRig.open(place)) {
        assertThat(ours.replay()).as("stage %s", stage).isEqualTo(FREE);
      }
    }
  }
}
