package io.larder.store.trunk;

import static io.larder.store.trunk.LogRig.line;
import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.platform.MemoryDisk;
import io.larder.platform.PowerCut;
import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrunkLogTest {
  @TempDir Path base;

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  // ---- own lines

  @Test
  void linesAreThoseOfTheReference() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      FreeSpace.Taken taken = new FreeSpace.Taken(span(1, 0, 4096), span(1, 0, 256));

      rig.log.add(new LogLines(LogRig.NOW).freed(span(1, 0, 4096)).taken(taken), false);
      rig.log.sync();

      assertThat(rig.lines())
          .containsExactly(line('A', 1, 0, 4096), line('D', 1, 0, 4096), line('A', 1, 256, 3840));
      assertThat(rig.log.size()).isEqualTo(Files.size(rig.file("trunk/binlog")));
      assertThat(rig.log.backlog()).isZero();
    }
  }

  @Test
  void whatIsQueuedIsWrittenAtTheEnd() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      rig.log.add(LogRig.freed(span(1, 0, 256)), false);
      assertThat(rig.lines()).isEmpty();
    }

    assertThat(LogRig.lines(base.resolve("data/trunk/binlog"))).hasSize(1);
  }

  @Test
  void preparationComesBeforeLinesForALotAndBeforeNoOthers() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      long[] sizes = {-1, -1};
      rig.log.prepareBy(synced -> {
        sizes[0] = Files.size(rig.file("trunk/binlog"));
        sizes[1] = synced;
      });

      rig.log.add(LogRig.freed(span(1, 0, 256)), false);
      rig.log.sync();
      assertThat(sizes[0]).isEqualTo(-1);

      long before = rig.log.size();
      rig.log.add(LogRig.freed(span(1, 512, 256)), true);
      rig.log.writeSoon();
      assertThat(rig.log.size()).as("lines for a lot wait for its maker").isEqualTo(before);
      rig.log.sync();

      assertThat(sizes).containsExactly(before, before);
      assertThat(rig.lines()).hasSize(2);
    }
  }

  @Test
  void linesWhosePreparationFailsStayQueuedInOrder() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      rig.log.prepareBy(synced -> {
        throw new IOException("no list");
      });
      rig.log.add(LogRig.freed(span(1, 0, 256)), true);

      assertThatIOException().isThrownBy(() -> rig.log.sync()).withMessage("no list");
      rig.log.add(LogRig.freed(span(1, 512, 256)), false);
      rig.log.writeSoon();
      assertThat(rig.lines()).isEmpty();

      rig.log.prepareBy(synced -> {});
      rig.log.sync();
      assertThat(rig.lines()).containsExactly(line('A', 1, 0, 256), line('A', 1, 512, 256));
    }
  }

  @Test
  void aWriteThatFailsLeavesNothingAndIsTriedAgain() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (LogRig rig = LogRig.open(base, disk)) {
      rig.log.add(LogRig.freed(span(1, 0, 256)), false);
      disk.failNext(FaultyDisk.Call.APPEND, Errno.ENOSPC);

      assertThatIOException().isThrownBy(() -> rig.log.sync());
      assertThat(rig.lines()).isEmpty();
      assertThat(rig.log.isBroken()).isFalse();
      rig.log.add(LogRig.freed(span(1, 512, 256)), false);
      rig.log.sync();

      assertThat(rig.lines()).containsExactly(line('A', 1, 0, 256), line('A', 1, 512, 256));
    }
  }

  @Test
  void halfOfAnAppendIsCutAway() throws IOException {
    FailingCall disk = new FailingCall(LogRig.disk(), "append", 0);
    try (LogRig rig = LogRig.open(base, disk.disk())) {
      rig.log.add(LogRig.freed(span(1, 0, 256), span(1, 512, 256)), false);
      disk.arm();

      assertThatIOException().isThrownBy(() -> rig.log.sync()).withMessageContaining("no space");
      assertThat(rig.lines()).isEmpty();
      rig.log.sync();

      assertThat(rig.lines()).containsExactly(line('A', 1, 0, 256), line('A', 1, 512, 256));
    }
  }

  @Test
  void halfOfAnAppendThatCannotBeCutIsCutBeforeTheNext() throws IOException {
    FaultyDisk faulty = new FaultyDisk(LogRig.disk());
    FailingCall disk = new FailingCall(faulty, "append", 0);
    try (LogRig rig = LogRig.open(base, disk.disk())) {
      rig.log.add(LogRig.freed(span(1, 0, 256), span(1, 512, 256)), false);
      disk.arm();
      faulty.failNext(FaultyDisk.Call.TRUNCATE, Errno.EIO);

      assertThatIOException().isThrownBy(() -> rig.log.sync());
      assertThat(Files.size(rig.file("trunk/binlog"))).isPositive();
      rig.log.sync();

      assertThat(rig.lines()).containsExactly(line('A', 1, 0, 256), line('A', 1, 512, 256));
    }
  }

  @Test
  void afterAFailedSyncNoLineIsTakenBeforeTheNextStart() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (LogRig rig = LogRig.open(base, disk)) {
      rig.log.add(LogRig.freed(span(1, 0, 256)), false);
      disk.failNext(FaultyDisk.Call.SYNC, Errno.EIO);

      assertThatIOException().isThrownBy(() -> rig.log.sync());
      rig.log.add(LogRig.freed(span(1, 512, 256)), false);

      assertThat(rig.log.isBroken()).isTrue();
      assertThatIOException().isThrownBy(() -> rig.log.sync());
      rig.log.writeSoon();
      assertThat(rig.lines()).containsExactly(line('A', 1, 0, 256));
    }
    try (LogRig rig = LogRig.open(base)) {
      rig.log.add(LogRig.freed(span(1, 1024, 256)), false);
      rig.log.sync();
      assertThat(rig.lines()).containsExactly(line('A', 1, 0, 256), line('A', 1, 1024, 256));
    }
  }

  @Test
  void manyWhoAskAreServedByFewerSyncs() throws Exception {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (LogRig rig = LogRig.open(base, disk);
        ExecutorService many = Executors.newFixedThreadPool(8)) {
      List<Future<?>> asked =
          java.util.stream.IntStream.range(0, 200)
              .<Future<?>>mapToObj(i ->
                  many.submit(() -> {
                    rig.log.add(LogRig.freed(span(1, i * 256, 256)), false);
                    rig.log.sync();
                    return rig.log.synced();
                  }))
              .toList();
      for (Future<?> one : asked) {
        one.get();
      }

      assertThat(rig.lines()).hasSize(200).doesNotHaveDuplicates();
      assertThat(rig.log.synced()).isEqualTo(rig.log.end());
    }
  }

  // ---- start

  @Test
  void aTornLastLineIsCut() throws IOException {
    LogRig.write(base.resolve("data/trunk/binlog"), line('A', 1, 0, 256) + "\n1800000000 A 0 0");

    try (LogRig rig = LogRig.open(base)) {
      assertThat(rig.lines()).containsExactly(line('A', 1, 0, 256));
      rig.log.add(LogRig.freed(span(1, 512, 256)), false);
      rig.log.sync();
      assertThat(rig.lines()).containsExactly(line('A', 1, 0, 256), line('A', 1, 512, 256));
    }
  }

  @Test
  void aLongTailWithoutALineIsCut() throws IOException {
    LogRig.write(
        base.resolve("data/trunk/binlog"), line('A', 1, 0, 256) + "\n" + "\0".repeat(200_000));

    try (LogRig rig = LogRig.open(base)) {
      assertThat(rig.lines()).containsExactly(line('A', 1, 0, 256));
    }
  }

  @Test
  void aLogWithoutAnyLineIsEmptied() throws IOException {
    LogRig.write(base.resolve("data/trunk/binlog"), "no line at all");

    try (LogRig rig = LogRig.open(base)) {
      assertThat(rig.log.size()).isZero();
    }
  }

  @Test
  void aStageThatIsNoneKeepsTheLogClosed() throws IOException {
    LogRig.write(
        base.resolve("data/.data_init_flag"),
        "storage_join_time=1\nsync_old_done=1\nsync_src_server=\ntrunk_binlog_compress_stage=10\n");

    assertThatIOException()
        .isThrownBy(() -> LogRig.open(base))
        .withMessageContaining("trunk_binlog_compress_stage: 10");
  }

  // ---- a peer's log

  @Test
  void linesOfTheTrunkServerAreKeptAsTheyAre() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      rig.log.append(bytes("1 A 0 0 0 1 0 256\nanything\n"));

      assertThat(rig.lines()).containsExactly("1 A 0 0 0 1 0 256", "anything");
      assertThat(rig.log.size()).isEqualTo(27);
    }
  }

  @Test
  void linesOfTheTrunkServerAreDurableAndSoIsANewBeginning() throws IOException {
    MemoryDisk memory = new MemoryDisk();
    LogRig rig = LogRig.open(memory, memory);
    rig.log.append(bytes("1 A 0 0 0 1 0 256\n"));
    memory.powerCut(PowerCut.NOTHING_UNSYNCED_KEPT);

    LogRig again = LogRig.open(memory, memory);
    assertThat(again.replay()).containsExactly(span(1, 0, 256));
    again.log.truncate(1);
    again.log.append(bytes("2 A 0 0 0 2 0 256\n"));
    memory.powerCut(PowerCut.NOTHING_UNSYNCED_KEPT);

    LogRig last = LogRig.open(memory, memory);
    assertThat(last.replay()).containsExactly(span(2, 0, 256));
    assertThat(memory.files(last.file("trunk"))).hasSize(2);
  }

  @Test
  void linesWithoutAnEndAreRefused() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      for (String lines : List.of("", "1 A 0 0 0 1 0 256")) {
        assertThatExceptionOfType(MalformedException.class)
            .isThrownBy(() -> rig.log.append(bytes(lines)));
      }
      assertThat(rig.log.size()).isZero();
    }
  }

  @Test
  void ofLinesThatCannotBeWrittenNothingIsThere() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (LogRig rig = LogRig.open(base, disk)) {
      disk.failNext(FaultyDisk.Call.APPEND, Errno.ENOSPC);

      assertThatIOException().isThrownBy(() -> rig.log.append(bytes("1 A 0 0 0 1 0 256\n")));
      rig.log.append(bytes("2 A 0 0 0 1 0 256\n"));

      assertThat(rig.lines()).containsExactly("2 A 0 0 0 1 0 256");
    }
  }

  @Test
  void aLogBegunAnewKeepsTheOldOneUnderItsTime() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      rig.log.append(bytes("1 A 0 0 0 1 0 256\n"));
      LogRig.write(rig.file("storage_trunk.dat"), "18\n");
      LogRig.write(rig.file(".larder/trunk-lots"), "larder-trunk-lots 1\n");

      rig.log.truncate(2);
      rig.log.truncate(2); // in the same second: the name is taken
      rig.log.append(bytes("2 A 0 0 0 1 0 256\n"));

      assertThat(rig.lines()).containsExactly("2 A 0 0 0 1 0 256");
      List<String> names = LogRig.names(rig.data);
      assertThat(names).hasSize(3).noneMatch(name -> name.startsWith("storage_trunk"));
      assertThat(names.get(1)).matches("trunk/binlog\\.20\\d{12}");
      assertThat(LogRig.lines(rig.file(names.get(1)))).containsExactly("1 A 0 0 0 1 0 256");
      assertThat(rig.file(".larder/trunk-lots")).doesNotExist();
    }
  }

  @Test
  void onlySoManyOldLogsAreKept() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      for (int i = 0; i < 5; i++) {
        rig.log.append(bytes(i + " A 0 0 0 1 0 256\n"));
        rig.log.truncate(2);
        rig.time.advance(Duration.ofSeconds(5));
      }

      List<String> names = LogRig.names(rig.data);
      assertThat(names).hasSize(3);
      assertThat(LogRig.lines(rig.file(names.get(1)))).containsExactly("3 A 0 0 0 1 0 256");
      assertThat(LogRig.lines(rig.file(names.get(2)))).containsExactly("4 A 0 0 0 1 0 256");
    }
  }

  @Test
  void withoutBackupsTheLogIsEmptied() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      rig.log.append(bytes("1 A 0 0 0 1 0 256\n"));

      rig.log.truncate(0);

      assertThat(rig.log.size()).isZero();
      assertThat(LogRig.names(rig.data)).containsExactly("trunk/binlog");
      rig.log.append(bytes("2 A 0 0 0 1 0 256\n"));
      assertThat(rig.lines()).containsExactly("2 A 0 0 0 1 0 256");
    }
  }

  @Test
  void theSnapshotGoesBeforeTheLogItBelongsTo() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (LogRig rig = LogRig.open(base, disk)) {
      rig.log.append(bytes("1 A 0 0 0 1 0 256\n"));
      LogRig.write(rig.file("storage_trunk.dat"), "0\n");
      disk.failNext(FaultyDisk.Call.UNLINK, Errno.EIO);

      assertThatIOException().isThrownBy(() -> rig.log.truncate(0));

      assertThat(rig.lines()).hasSize(1);
    }
  }

  @Test
  void marksAndSnapshotAreForgotten() throws IOException {
    try (LogRig rig = LogRig.open(base)) {
      LogRig.write(rig.file("trunk/10.0.0.1_23000.mark"), "binlog_offset=5\n");
      LogRig.write(rig.file("trunk/100001.mark"), "binlog_offset=5\n");
      LogRig.write(rig.file("storage_trunk.dat"), "0\n");

      rig.log.forgetMarks();
      rig.log.forgetMarks();

      assertThat(LogRig.names(rig.data)).containsExactly("trunk/binlog");
    }
  }
}
