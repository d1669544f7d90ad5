package io.larder.protocol.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.TrunkPlace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkFormatsTest {
  private static final String TRUNK_FILE = "trunk/store0/data/00/00/000001";

  @ParameterizedTest
  @CsvSource({
    "0, F, Ck0eAmsCniuIVWrBAAAALT5aQSAAAAAAQAAAAAAAAEA742.txt",
    "256, F, Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333.bin",
    "1280, F, Ck0eA2sCnjuIX16KAAAAErvFTfQAAAAAQAABQAAAAEA810.txt",
    "1536, F, Ck0eA2sCoH6IBo27AAAAyNSBo2YAAAAAQAABgAAAAEA336.txt",
    "2048, F, Ck0eAmsCnjiILlP-AAAAAAAAAAAAAAAAQAACAAAAAEA828.txt",
    "2304, L, Ck0eA2sCnj2IXl0lAAAAPHWOg3kAAAAAQAACQAAAAEA260.txt",
    "3072, F, Ck0eA2sCoH6IEfziAAAAyJ1eiogAAAAAQAADAAAAAEA693.txt",
    "3328, F, Ck0eA2sCoH6IIxhdAAAAyGKRw9MAAAAAQAADQAAAAEA534.txt",
  })
  void everySlotOfARealTrunkFileIsFoundByItsName(int offset, char type, String fileName) {
    LogicalName name = LogicalName.parse("M00/00/00/" + fileName);
    FileFacts facts = FileFacts.of(name).orElseThrow();
    ByteBuf slot = SampleFile.bytes(TRUNK_FILE).skipBytes(offset);
    String hex = ByteBufUtil.hexDump(slot, slot.readerIndex(), TrunkSlotHeader.SIZE);

    TrunkSlotHeader header = TrunkSlotHeader.read(slot);

    ByteBuf written = Unpooled.buffer();
    header.write(written);
    assertThat(ByteBufUtil.hexDump(written)).isEqualTo(hex);
    assertThat(facts.trunk().orElseThrow().offset()).isEqualTo(offset);
    assertThat(header.type()).isEqualTo(type);
    assertThat(header.holds(name, facts)).isTrue();
    assertThat(header.isFree()).isFalse();
    if (type == TrunkSlotHeader.FILE) {
      assertThat(crc32(slot, header.fileSize())).isEqualTo(facts.crc32());
    }
  }

  @Test
  void anOldNameOfASlotThatIsUsedAgainDoesNotFit() {
    LogicalName old =
        LogicalName.parse("M00/00/00/Ck0eA2sCni-IAkcBAAAAEVDGgscAAAAAQAABQAAAAEA8466303");
    FileFacts facts = FileFacts.of(old).orElseThrow();
    ByteBuf slot = SampleFile.bytes(TRUNK_FILE).skipBytes(1280);

    assertThat(TrunkSlotHeader.read(slot).holds(old, facts)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1792, 2560, 2816})
  void aDeletedSlotIsFree(int offset) {
    TrunkSlotHeader header = TrunkSlotHeader.read(SampleFile.bytes(TRUNK_FILE).skipBytes(offset));

    assertThat(header).isEqualTo(TrunkSlotHeader.FREE);
    assertThat(header.isFree()).isTrue();
  }

  @Test
  void typeAndSizesAloneDoNotOccupyASlot() {
    String noTail = TrunkSlotHeader.FREE.tail();

    assertThat(new TrunkSlotHeader('F', 256, 5, 0, 0, noTail).isFree()).isTrue();
    assertThat(new TrunkSlotHeader(0, 0, 0, 0, 1, noTail).isFree()).isFalse();
  }

  @Test
  void replayingARealTrunkBinlogGivesTheFreeBlocksThatItLeft() {
    Set<String> free = new TreeSet<>();

    String log = SampleFile.text("trunk-peer/base/data/trunk-binlog-before-compaction");
    for (String text : log.lines().toList()) {
      TrunkBinlogLine line = TrunkBinlogLine.parse(text);
      TrunkPlace place = line.place();
      String block = place.trunkFileId() + "," + place.offset() + "," + place.slotSize();
      assertThat(line.text()).isEqualTo(text + "\n");
      assertThat(line.added() ? free.add(block) : free.remove(block)).as(text).isTrue();
    }

    assertThat(free)
        .containsExactlyInAnyOrder("1,1792,256", "1,2560,256", "1,2816,256", "1,3584,67105280");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5 A 0 0 0 1 0",
        "5 A 0 0 0 1 0 256 9",
        "5 C 0 0 0 1 0 256",
        "5 A 0 0 0 1 x 256",
        "5 A 256 0 0 1 0 256",
        "5 A 0 0 0 1 0 4294967296",
      })
  void aTrunkLineOfAnotherFormIsRefused(String line) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> TrunkBinlogLine.parse(line))
        .withMessageStartingWith("trunk_");
  }

  private static int crc32(ByteBuf content, int length) {
    CRC32 crc = new CRC32();
    crc.update(content.nioBuffer(content.readerIndex(), length));
    return (int) crc.getValue();
  }
}
