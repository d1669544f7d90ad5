package io.larder.store.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.platform.DiskException;
import io.larder.platform.Disks;
import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinlogFilesTest {
  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk(Disks.choose(Disks.Form.BEST).disk());
  private int directory;

  @BeforeEach
  void open() {
    directory = disk.openDirectory(folder);
  }

  @Test
  void linesAreAppendedAndTheIndexIsMade() throws IOException {
    try (Binlog binlog = Binlog.open(disk, directory, Optional.empty())) {
      assertThat(binlog.append(lines("one\n"))).isZero();
      assertThat(binlog.append(lines("two\nthree\n"))).isZero();
      assertThat(binlog.fileSize()).isEqualTo(14);
    }

    assertThat(folder.resolve("binlog.000")).hasContent("one\ntwo\nthree\n");
    assertThat(folder.resolve("binlog_index.dat"))
        .hasContent("current_write=0\ncurrent_compress=0\n");
  }

  @Test
  void aFullFileIsFollowedByTheNext() throws IOException {
    Files.writeString(folder.resolve("binlog_index.dat"), "current_write=0\n");
    Files.writeString(folder.resolve("binlog.001"), "left over from an earlier life\n");
    try (Binlog binlog = Binlog.open(disk, directory, Optional.empty(), 8)) {
      binlog.append(lines("12345678\n"));
      binlog.append(lines("next\n"));
      assertThat(binlog.fileNumber()).isEqualTo(1);
    }
    try (Binlog binlog = Binlog.open(disk, directory, Optional.empty(), 1000)) {
      binlog.append(lines("more\n"));
    }

    assertThat(folder.resolve("binlog.000")).hasContent("12345678\n");
    assertThat(folder.resolve("binlog.001")).hasContent("next\nmore\n");
    assertThat(folder.resolve("binlog_index.dat"))
        .hasContent("current_write=1\ncurrent_compress=0\n");
  }

  @Test
  void aFileThatCannotBeFollowedGrowsOn() throws IOException {
    try (Binlog binlog = Binlog.open(disk, directory, Optional.empty(), 8)) {
      disk.failNext(FaultyDisk.Call.OPEN, Errno.ENOSPC);
      assertThat(binlog.append(lines("12345678\n"))).isZero();
      assertThat(binlog.append(lines("next\n"))).isZero();
    }

    assertThat(folder.resolve("binlog.000")).content().startsWith("12345678\nnext\n");
  }

  @Test
  void anUnreadableIndexIsReplacedByWhatTheFilesSay() throws IOException {
    Files.writeString(folder.resolve("binlog_index.dat"), "");
    Files.writeString(folder.resolve("binlog.000"), "old\n");
    Files.writeString(folder.resolve("binlog.002"), "current\n");

    try (Binlog binlog = Binlog.open(disk, directory, Optional.empty())) {
      assertThat(binlog.fileNumber()).isEqualTo(2);
    }
    assertThat(folder.resolve("binlog_index.dat"))
        .hasContent("current_write=2\ncurrent_compress=0\n");
  }

  @Test
  void theIndexOfBeforeVersionSixIsTakenOver() throws IOException {
    Files.writeString(folder.resolve("binlog.index"), "3");

    try (Binlog binlog = Binlog.open(disk, directory, Optional.empty())) {
      assertThat(binlog.fileNumber()).isEqualTo(3);
    }
  }

  @Test
  void aFailedAppendLeavesNothing() throws IOException {
    try (Binlog binlog = Binlog.open(disk, directory, Optional.empty())) {
      binlog.append(lines("one\n"));
      disk.failNext(FaultyDisk.Call.APPEND, Errno.ENOSPC);

      assertThat(binlog.append(lines("lost\n"))).isEqualTo(-Errno.ENOSPC);
      assertThat(binlog.isBroken()).isFalse();
      assertThat(binlog.append(lines("two\n"))).isZero();
    }

    assertThat(folder.resolve("binlog.000")).hasContent("one\ntwo\n");
  }

  @Test
  void aTornLastLineIsCut() throws IOException {
    Files.writeString(folder.resolve("binlog.000"), "one\ntwo\nthr");

    try (Binlog binlog = Binlog.open(disk, directory, Optional.empty())) {
      assertThat(binlog.fileSize()).isEqualTo(8);
      assertThat(binlog.recent()).isEqualTo(BinlogPosition.START);
    }
    assertThat(folder.resolve("binlog.000")).hasContent("one\ntwo\n");
  }

  @Test
  void whatFollowsAGapIsCutEvenWhenItIsWhole() throws IOException {
    String zeros = "\0".repeat(1000);
    Files.writeString(folder.resolve("binlog.000"), "one\ntwo\nth" + zeros + "\nfive\n");

    try (Binlog binlog = Binlog.open(disk, directory, Optional.of(new BinlogPosition(0, 4)))) {
      assertThat(binlog.fileSize()).isEqualTo(8);
    }
    assertThat(folder.resolve("binlog.000")).hasContent("one\ntwo\n");
  }

  @Test
  void damageOfManyMegabytesIsCut() throws IOException {
    String good = "x".repeat(99).concat("\n").repeat(10_000);
    Files.writeString(folder.resolve("binlog.000"), good + "\0".repeat(5_000_000));

    try (Binlog binlog = Binlog.open(disk, directory, Optional.of(new BinlogPosition(0, 100)))) {
      assertThat(binlog.fileSize()).isEqualTo(good.length());
    }
  }

  @Test
  void withoutACheckpointTheLastLinesOfALongFileAreRecent() throws IOException {
    Files.writeString(
        folder.resolve("binlog.000"), "x".repeat(99).concat("\n").repeat(1000) + "last\n");

    try (Binlog binlog = Binlog.open(disk, directory, Optional.empty())) {
      assertThat(binlog.recent().offset()).isBetween(34_000L, 35_000L);
      assertThat(binlog.recent().offset() % 100).isZero();
      assertThat(binlog.fileSize()).isEqualTo(100_005);
    }
  }

  @Test
  void aCheckpointInAnEarlierFileCounts() throws IOException {
    Files.writeString(folder.resolve("binlog.000"), "one\n");
    Files.writeString(folder.resolve("binlog.001"), "two\n");
    Files.writeString(folder.resolve("binlog_index.dat"), "current_write=1\ncurrent_compress=0\n");
    BinlogPosition checkpoint = new BinlogPosition(0, 4);

    try (Binlog binlog = Binlog.open(disk, directory, Optional.of(checkpoint))) {
      assertThat(binlog.recent()).isEqualTo(checkpoint);
    }
  }

  @Test
  void whatIsNoBinlogIsLeftAlone() throws IOException {
    Files.write(folder.resolve("binlog.000"), new byte[100_000]);

    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> Binlog.open(disk, directory, Optional.empty()));
    assertThat(folder.resolve("binlog.000")).hasSize(100_000);
  }

  private static ByteBuf lines(String text) {
    return Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
