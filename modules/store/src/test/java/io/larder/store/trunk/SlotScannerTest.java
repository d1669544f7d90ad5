package io.larder.store.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotScannerTest {
  private static final int SIZE = 1 << 20;

  @TempDir Path folder;

  private final Disk disk = LogRig.disk();

  private interface Look {
    Object at(SlotScanner scanner) throws IOException;
  }

  private Object look(byte[] content, Look look) throws IOException {
    Files.write(folder.resolve("file"), content);
    int base = disk.openDirectory(folder);
    int handle = disk.open(base, "file", OpenFlags.READ, 0);
    try {
      return look.at(new SlotScanner(disk, handle, SIZE));
    } finally {
      disk.close(handle);
      disk.close(base);
    }
  }

  private static byte[] with(byte[] content, int offset, TrunkSlotHeader header) {
    ByteBuf bytes = Unpooled.buffer();
    header.write(bytes);
    bytes.readBytes(content, offset, TrunkSlotHeader.SIZE);
    return content;
  }

  @ParameterizedTest
  @CsvSource({
    "70, 256, 100, 1800000000, 123.txt, true",
    "76, 256, 60, 1800000000, 1234567, true",
    "70, 24, 0, 0, .tar.gz, true",
    "70, 25, 1, -1, 12345.c, true",
    "70, 1048576, 1048552, 1, 123.txt, true",
    "70, 256, 232, 1, 1.a.b-_, true",
    "70, 256, 100, 1800000000, 123~src, true",
    "70, 256, 100, 1800000000, 1a3~src, false",
    "0, 256, 100, 1800000000, 123.txt, false",
    "71, 256, 100, 1800000000, 123.txt, false",
    "70, 23, 0, 1800000000, 123.txt, false",
    "70, 1048577, 0, 1800000000, 123.txt, false",
    "70, -256, 0, 1800000000, 123.txt, false",
    "70, 256, 233, 1800000000, 123.txt, false",
    "70, 256, -1, 1800000000, 123.txt, false",
    "70, 256, 100, 1800000000, abc.txt, false",
    "70, 256, 100, 1800000000, 12345ab, false",
    "70, 256, 100, 1800000000, 123.t/t, false",
    "70, 256, 100, 1800000000, 12 .txt, false",
  })
  void whatCouldBeAFileIsTakenForOne(
      int type, int slot, int file, int time, String tail, boolean plausible) throws IOException {
    TrunkSlotHeader header = new TrunkSlotHeader(type, slot, file, 5, time, tail);
    byte[] content = with(new byte[SIZE], 0, header);

    assertThat(look(content, scanner -> scanner.slotAt(0))).isEqualTo(plausible ? slot : 0);
    assertThat(look(content, scanner -> scanner.next(0, SIZE))).isEqualTo(plausible ? 0 : -1);
  }

  @Test
  void slotsAreFoundAtAnyByteAndAcrossPieces() throws IOException {
    byte[] content = new byte[SIZE];
    int[] places = {1, 300, 256 * 1024 - 12, 512 * 1024 - 23, SIZE - 256};
    for (int place : places) {
      with(content, place, new TrunkSlotHeader('F', 256, 10, 1, 1_800_000_000, "123.txt"));
    }

    List<Integer> found = new ArrayList<>();
    look(
        content,
        scanner -> {
          int at = scanner.next(0, SIZE);
          while (at >= 0) {
            found.add(at);
            at = scanner.next(at + 1, SIZE);
          }
          return found;
        });

    assertThat(found).containsExactly(1, 300, 256 * 1024 - 12, 512 * 1024 - 23, SIZE - 256);
    assertThat(look(content, scanner -> scanner.next(2, 300))).isEqualTo(-1);
    assertThat(look(content, scanner -> scanner.next(2, 301))).isEqualTo(300);
  }

  @Test
  void behindTheEndOfTheFileThereIsNothing() throws IOException {
    byte[] content = with(new byte[100], 76, SpaceRig.header(Spans.span(1, 76, 256)));

    assertThat(look(content, scanner -> scanner.slotAt(76))).isEqualTo(256);
    assertThat(look(content, scanner -> scanner.slotAt(77))).isEqualTo(0);
    assertThat(look(content, scanner -> scanner.slotAt(5000))).isEqualTo(0);
    assertThat(look(content, scanner -> scanner.next(77, 5000))).isEqualTo(-1);
    assertThat(look(content, scanner -> scanner.isFree(77))).isEqualTo(true);
    assertThat(look(content, SlotScanner::fileSize)).isEqualTo(100L);
  }

  @Test
  void aPlaceIsFreeByTheRuleOfTheReference() throws IOException {
    byte[] content = new byte[1024];
    with(content, 0, new TrunkSlotHeader('F', 256, 5, 0, 0, TrunkSlotHeader.FREE.tail()));
    with(content, 256, new TrunkSlotHeader(0, 0, 0, 0, 1, TrunkSlotHeader.FREE.tail()));

    assertThat(look(content, scanner -> scanner.isFree(0))).isEqualTo(true);
    assertThat(look(content, scanner -> scanner.isFree(256))).isEqualTo(false);
    assertThat(look(content, scanner -> scanner.isFree(512))).isEqualTo(true);
  }

  @Test
  void theSlotsOfARecordedTrunkFileAreFound() throws IOException {
    List<Integer> found = new ArrayList<>();
    look(
        SampleTrunk.bytes(SampleTrunk.TRUNK_FILE),
        scanner -> {
          for (int at = scanner.next(0, 3584); at >= 0; at = scanner.next(at + 1, 3584)) {
            found.add(at);
          }
          return found;
        });

    assertThat(found).containsExactly(0, 256, 1280, 1536, 2048, 2304, 3072, 3328);
  }
}
