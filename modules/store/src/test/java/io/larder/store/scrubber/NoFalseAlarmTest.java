package io.larder.store.scrubber;

import static io.larder.protocol.sample.SampleDataFolder.APPENDER;
import static io.larder.protocol.sample.SampleDataFolder.LINK;
import static io.larder.protocol.sample.SampleDataFolder.PLAIN;
import static io.larder.protocol.sample.SampleDataFolder.RENAMED;
import static io.larder.protocol.sample.SampleDataFolder.SLAVE;
import static io.larder.protocol.sample.SampleDataFolder.TRUNK_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.Source;
import io.larder.protocol.sample.SampleDataFolder;
import io.larder.store.verify.Breakage;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names that say nothing of their content raise nothing, whatever the content is (S3 §2.1).
class NoFalseAlarmTest {
  private static final long BIG = (1L << 32) + 1;
  private static final int CRC_OF_ZEROS = 0x41D912FF; // of so many of them
  private static final int FREE_PLACE = 4096;

  @TempDir Path folder;

  @Test
  void appendersAndSlavesMayHaveAnyContent() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    Breakage.flip(sample.file(APPENDER), 0);
    Breakage.append(sample.file(APPENDER), "more");
    Breakage.flip(sample.file(SLAVE), 0);

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).isEmpty();
    }
  }

  @Test
  void aLinkMayLeadNowhereAndACopyOfOneIsKnownByTheLog() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Breakage.delete(sample.file(LINK));
    Breakage.write(sample.file(LINK), "a copy of what it leads to");

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).isEmpty();
    }
  }

  @Test
  void anAppenderThatWasChangedWhileItGotItsNameIsKnownByTheLog() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Breakage.append(sample.file(RENAMED), "more");

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).isEmpty();
    }
  }

  /// Its master is gone and only in the log.
  @Test
  void aSlaveThatLooksPlainIsKnownByItsMaster() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    String slave = PLAIN.substring(0, PLAIN.length() - 7) + "8_s.txt";
    Breakage.write(sample.file(slave), "smaller");
    Breakage.delete(sample.file(PLAIN));
    Breakage.append(sample.binlog(), "1795333600 D M00/" + PLAIN + "\n");
    Breakage.append(sample.binlog(), "1795333601 C M00/" + slave + "\n");

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).isEmpty();
    }
  }

  /// From 4 GiB on the size stands in the name without random bits.
  @Test
  void largeFilesAreComparedLikeOthers() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    String right = big(CRC_OF_ZEROS).trueName();
    String wrong = big(1).trueName();
    Breakage.write(sample.file(right), "");
    Breakage.truncate(sample.file(right), BIG);
    Breakage.write(sample.file(wrong), "");
    Breakage.truncate(sample.file(wrong), BIG - 1);

    try (ScrubRig rig = ScrubRig.of(HookedDisk.of(ScrubRig.disk(), new Zeros(right)), sample)) {
      assertThat(rig.pass()).containsExactly("size " + wrong);
      assertThat(rig.figures().bytes()).isGreaterThan(BIG);
    }
  }

  private static LogicalName big(int crc) {
    return new NewName(
            new NewName.Directory(0, 1, 1),
            Source.ofStorageId(7),
            1_795_333_600,
            crc,
            Extension.of("iso"),
            0)
        .plain(BIG);
  }

  /// Gives the zeros of a large file that is a hole, without filling the memory of the machine with them.
  private record Zeros(String name, Set<Object> handles) implements HookedDisk.Hook {
    Zeros(String name) {
      this(name, new HashSet<>());
    }

    @Override
    public int before(String call, Object[] arguments) {
      if (!call.equals("read") || !handles.contains(arguments[0])) {
        return 0;
      }
      int length = (int) Math.min((Integer) arguments[4], BIG - (Long) arguments[1]);
      ((ByteBuf) arguments[2]).setZero((Integer) arguments[3], length);
      return length;
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

  private static void junk(SampleDataFolder sample) {
    TrunkSlotHeader header =
        new TrunkSlotHeader(TrunkSlotHeader.FILE, 256, 20, 12345, 1_795_333_600, "123.txt");
    Breakage.slot(sample.file(TRUNK_FILE), FREE_PLACE, header, "of a file of old times");
  }

  @Test
  void aSlotThatNoNameLeadsToHarmsNobody() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    junk(sample);

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).isEmpty();
    }
  }

  @Test
  void withALogThatIsNotCompleteItIsToldByItsPlace() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    junk(sample);
    Breakage.append(sample.binlog(), "1795333602 C \n");

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).containsExactly("crc " + TRUNK_FILE + "@" + FREE_PLACE);
    }
  }

  @Test
  void namesOfNoUseArePassedOver() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Breakage.write(sample.file("00/00/notes of mine.txt"), "x");
    Breakage.write(sample.file("01/01/x"), "x");
    Breakage.write(
        sample.file("00/00/Ck0eA2sCoH6IBo27AAAAyNSBo2YAAAAAQAABgAAAAEA336.txt"), "not in a slot");

    try (ScrubRig rig = ScrubRig.of(sample)) {
      assertThat(rig.pass()).isEmpty();
      assertThat(rig.figures().files()).isEqualTo(6);
    }
  }
}
