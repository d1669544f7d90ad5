package io.larder.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.conformance.kill.KnownFile.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The checks of [KillIT] find what they are there for.
class KillChecksTest {
  /// A slot of 256 bytes at 512 in trunk file 1.
  private static final String PACKED =
      "M00/00/00/Ck0eA2sCnjuIX16KAAAAErvFTfQAAAAAQAAAgAAAAEA810.txt";

  private static final int SECOND = 1_800_000_000;

  @TempDir Path folder;

  private NodeFolder node = new NodeFolder(Path.of(""), List.of());

  @BeforeEach
  void makeTheFolder() throws IOException {
    Path storePath = folder.resolve("disk");
    node = new NodeFolder(folder.resolve("base"), List.of(storePath));
    Files.createDirectories(storePath.resolve("data/00/00"));
    Files.createDirectories(folder.resolve("base/data/trunk"));
    Files.createDirectories(folder.resolve("base/data/sync"));
    try (RandomAccessFile trunk =
        new RandomAccessFile(storePath.resolve("data/00/00/000001").toFile(), "rw")) {
      trunk.setLength(4096);
    }
  }

  @Test
  void aFreeBlockOverASlotInUseIsFound() throws IOException {
    slot(512, "content", "content");
    trunkLog("1 A 0 0 0 1 0 4096\n1 D 0 0 0 1 0 4096\n1 A 0 0 0 1 768 3328\n");
    assertThat(look(journal()).problems()).isEmpty();

    trunkLog("1 A 0 0 0 1 767 3329\n");

    assertThat(look(journal()).problems()).hasSize(1).allMatch(p -> p.contains("is free and"));
  }

  @Test
  void theSnapshotOfTheFreeSpaceIsReadToo() throws IOException {
    slot(512, "content", "content");
    String log = "1 A 0 0 0 1 768 3328\n";
    trunkLog(log);
    Files.writeString(node.trunk("storage_trunk.dat"), log.length() + "\n1 A 0 0 0 1 500 100\n");

    assertThat(look(journal()).problems()).hasSize(1);
  }

  @Test
  void anAcknowledgedFileWithoutItsSlotIsFound() throws IOException {
    Journal journal = journal();
    Birth birth = journal.announce(Kind.PLAIN, new byte[0], Optional.empty());
    journal.born(birth, PACKED);
    assertThat(look(journal).problems()).hasSize(1);

    slot(512, "content", "content");

    assertThat(look(journal).problems()).isEmpty();
  }

  @Test
  void aHalfWrittenSlotIsFoundUnlessItsSpaceIsNotedAsBeingWritten() throws IOException {
    slot(512, "content", "con\0\0\0\0");

    DeadFolder dead = look(journal());

    assertThat(dead.slots()).isZero();
    assertThat(dead.problems()).hasSize(1).allMatch(problem -> problem.contains("half-written"));

    lots("L 0 0 0 1 512 255");
    assertThat(look(journal()).problems()).hasSize(1);

    lots("L 0 0 0 1 256 512");
    assertThat(look(journal()).problems()).isEmpty();
    assertThat(Slots.in(node, SECOND).torn()).hasSize(1);
  }

  @Test
  void recordsAreReplayed() throws IOException {
    Files.writeString(
        node.binlog(),
        """
        1800000000 C M00/00/00/a
        1800000000 C M00/00/00/b
        1800000000 C M00/00/00/a-m
        1800000000 U M00/00/00/a-m
        1800000001 A M00/00/00/b 0 10
        1800000001 L M01/00/00/c M00/00/00/a
        1800000001 D M00/00/00/a
        1800000002 R M00/00/00/d M00/00/00/b
        """);

    LoggedNames logged = LoggedNames.read(node.binlog());

    assertThat(logged.live()).containsExactly("M00/00/00/a-m", "M00/00/00/d", "M01/00/00/c");
    assertThat(logged.records()).isEqualTo(8);
  }

  @Test
  void aTornRecordIsFound() throws IOException {
    Files.writeString(node.binlog(), "1800000000 C M00/00/00/a\n1800000000 C M00/0");

    assertThatThrownBy(() -> LoggedNames.read(node.binlog())).isInstanceOf(AssertionError.class);
  }

  @Test
  void aFileInDoubtIsAsBeforeOrAsAfter() {
    byte[] before = {1, 2};
    byte[] after = {1, 2, 3};

    assertThat(inDoubt(before, after).settles(Version.of(before))).isTrue();
    assertThat(inDoubt(before, after).settles(Version.of(after))).isTrue();
    assertThat(inDoubt(before, after).settles(Version.of(new byte[] {1, 2, 0}))).isFalse();
    assertThat(inDoubt(before, after).settles(Version.GONE)).isFalse();
  }

  private static KnownFile inDoubt(byte[] before, byte[] after) {
    KnownFile file = new KnownFile("name", Kind.APPENDER, Optional.empty(), Version.of(before));
    file.begins("append", Version.of(after));
    return file;
  }

  private static Journal journal() {
    return new Journal();
  }

  private DeadFolder look(Journal journal) throws IOException {
    return DeadFolder.look(node, List.of(journal), SECOND);
  }

  private void lots(String line) throws IOException {
    Path own = Files.createDirectories(folder.resolve("base/data/.larder"));
    Files.writeString(own.resolve("trunk-lots"), "larder-trunk-lots 1 1800000000\n" + line + "\n");
  }

  private void trunkLog(String lines) throws IOException {
    Files.writeString(node.trunk("trunk/binlog"), lines);
  }

  private void slot(int offset, String promised, String written) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(promised.getBytes(StandardCharsets.US_ASCII));
    byte[] slot =
        ByteBuffer.allocate(256)
            .put((byte) 'F')
            .putInt(256)
            .putInt(promised.length())
            .putInt((int) crc.getValue())
            .putInt(SECOND)
            .put("810.txt".getBytes(StandardCharsets.US_ASCII))
            .put(written.getBytes(StandardCharsets.US_ASCII))
            .array();
    try (RandomAccessFile trunk =
        new RandomAccessFile(folder.resolve("disk/data/00/00/000001").toFile(), "rw")) {
      trunk.seek(offset);
      trunk.write(slot);
    }
  }
}
