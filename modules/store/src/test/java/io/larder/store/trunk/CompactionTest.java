package io.larder.store.trunk;

import static io.larder.store.trunk.Spans.file;
import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  @TempDir Path base;

  /// Free space whose changes are told to the log, as the trunk server does it.
  private static final class Told {
    private final LogRig rig;
    private final FreeSpace space = new FreeSpace(256);

    Told(LogRig rig) {
      this.rig = rig;
    }

    void free(TrunkSpan span) {
      space.free(span);
      rig.log.add(LogRig.freed(span), false);
    }

    void allocate(int bytes) {
      space.allocate(bytes).ifPresent(t -> rig.log.add(new LogLines(LogRig.NOW).taken(t), false));
    }

    void merge() {
      for (FreeSpace.Merged merged : space.merge(file(1))) {
        LogLines lines = new LogLines(LogRig.NOW);
        merged.parts().forEach(lines::taken);
        rig.log.add(lines.freed(merged.whole()), false);
      }
    }

    List<BlockList> capture(Runnable atThatMoment) {
      atThatMoment.run();
      return List.of(space.copy(false));
    }
  }

  private static Told someLines(LogRig rig) {
    Told told = new Told(rig);
    told.free(span(1, 0, 4096));
    told.allocate(256);
    told.allocate(512);
    told.free(span(1, 0, 256));
    told.free(span(2, 0, 1024));
    return told;
  }

  @Test
  void theLogIsWhatIsFreeAndNothingElseIsLeft() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      Told told = someLines(rig);
      LogRig.write(rig.file("trunk/10.0.0.1_23000.mark"), "binlog_offset=5\n");
      LogRig.write(rig.file("storage_trunk.dat"), "0\n");

      new Compaction(rig.log, LogRig.NOW, told::capture).run();

      assertThat(rig.lines())
          .containsExactly(
              LogRig.line('A', 1, 0, 256),
              LogRig.line('A', 1, 768, 3328),
              LogRig.line('A', 2, 0, 1024));
      assertThat(LogRig.names(rig.data)).containsExactly("trunk/binlog");
      assertThat(rig.flag.read().trunkBinlogCompressStage()).isEqualTo(9);
      assertThat(rig.flag.read().trunkLastCompressTime()).isEqualTo(LogRig.NOW);
      told.allocate(256);
      rig.log.sync();
      assertThat(rig.replay()).containsExactlyElementsOf(Spans.free(told.space));
    }
  }

  @Test
  void linesThatComeMeanwhileAreKept() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      Told told = someLines(rig);

      new Compaction(
              rig.log,
              LogRig.NOW,
              atThatMoment -> {
                List<BlockList> blocks = told.capture(atThatMoment);
                told.allocate(300); // after that moment, before the log is set aside
                return blocks;
              })
          .run();
      rig.log.sync();

      assertThat(rig.lines()).hasSize(5);
      assertThat(rig.replay()).containsExactlyElementsOf(Spans.free(told.space));
    }
  }

  @Test
  void nothingFreeLeavesAnEmptyLog() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      Told told = new Told(rig);
      told.free(span(1, 0, 256));
      told.allocate(256);

      new Compaction(rig.log, LogRig.NOW, told::capture).run();

      assertThat(rig.log.size()).isZero();
    }
  }

  @Test
  void theRecordedLogBecomesTheRecordedCompactedOne() throws IOException {
    LogRig.write(base.resolve("data/trunk/binlog"), SampleTrunk.text(SampleTrunk.LOG));
    try (LogRig rig = LogRig.open(base)) {
      Told told = new Told(rig);
      rig.replay().forEach(told.space::free);

      told.merge();
      new Compaction(rig.log, LogRig.NOW, told::capture).run();

      assertThat(rig.lines().stream().map(line -> line.substring(10)).toList())
          .isEqualTo(
              SampleTrunk.text(SampleTrunk.COMPACTED)
                  .lines()
                  .map(line -> line.substring(10))
                  .toList());
    }
  }

  @Test
  void everyFailureLeavesTheLogUsableOrBrokenAndNeverWrong() throws IOException {
    for (String call : FailingCall.CHANGING) {
      for (int nth = 0; nth < 12; nth++) {
        failAt(base.resolve(call + nth), call, nth);
      }
    }
  }

  /// Fails one call in the middle and goes on.
  private static void failAt(Path place, String call, int nth) throws IOException {
    FailingCall failing = new FailingCall(LogRig.disk(), call, nth);
    List<TrunkSpan> free;
    try (LogRig rig = LogRig.open(place, failing.disk())) {
      Told told = someLines(rig);
      LogRig.write(rig.file("storage_trunk.dat"), "0\n");
      rig.log.sync();
      failing.arm();
      try {
        new Compaction(rig.log, LogRig.NOW, told::capture).run();
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
      failing.disarm();
      if (!rig.log.isBroken()) {
        told.allocate(256);
        rig.log.sync();
        assertThat(rig.replay()).as("%s %s", call, nth).isEqualTo(Spans.free(told.space));
        new Compaction(rig.log, LogRig.NOW, told::capture).run();
        assertThat(rig.replay()).isEqualTo(Spans.free(told.space));
      }
      free = Spans.free(told.space);
    }
    try (LogRig again = LogRig.open(place)) {
      assertThat(again.replay()).as("%s %s, next start", call, nth).isEqualTo(free);
      assertThat(again.flag.read().trunkBinlogCompressStage()).isIn(0, 9);
    }
  }

  @Test
  void aCompactionThatFailsAtItsBeginningChangesNothing() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (LogRig rig = LogRig.open(base, disk)) {
      Told told = someLines(rig);
      rig.log.sync();
      List<String> before = rig.lines();
      disk.failNext(FaultyDisk.Call.RENAME, Errno.EIO);

      assertThatIOException()
          .isThrownBy(() -> new Compaction(rig.log, LogRig.NOW, told::capture).run());

      assertThat(rig.lines()).isEqualTo(before);
      assertThat(rig.flag.read().trunkBinlogCompressStage()).isZero();
      assertThat(rig.log.isBroken()).isFalse();
    }
  }
}
