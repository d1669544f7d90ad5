package io.larder.store.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.DiskException;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.LogicalName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotWalkTest {
  private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.US_ASCII);

  private final TrunkImage trunk = new TrunkImage(4096);

  @Test
  void slotsAreFoundByTheirHeadersAlone() throws DiskException {
    trunk.slot(0, 256, CONTENT);
    trunk.slot(256, 512, CONTENT);

    assertThat(trunk.walk()).containsExactly("slot 0+256", "slot 256+512", "gap 768+3328");
  }

  @Test
  void freeBlocksAndNamesExplainWhatIsThere() throws DiskException {
    trunk.claim(trunk.slot(0, 256, CONTENT)).free(256, 256);
    trunk.claim(trunk.slot(512, 256, CONTENT)).free(768, 3328);

    assertThat(trunk.walk())
        .containsExactly(
            "slot 0+256 1 named", "free 256+256", "slot 512+256 1 named", "free 768+3328");
  }

  @Test
  void spaceThatNothingSpeaksOfIsAGap() throws DiskException {
    trunk.slot(512, 256, CONTENT);
    trunk.free(1024, 1024);

    assertThat(trunk.walk())
        .containsExactly(
            "gap 0+512", "slot 512+256", "gap 768+256", "free 1024+1024", "gap 2048+2048");
  }

  @Test
  void slotsOfOddOffsetsAreFoundBehindAGap() throws DiskException {
    trunk.slot(1001, 100, CONTENT);

    assertThat(trunk.walk()).containsExactly("gap 0+1001", "slot 1001+100", "gap 1101+2995");
  }

  @Test
  void aSlotWithABrokenHeaderIsToldWhereItsNameSaysItIs() throws DiskException {
    LogicalName lost = trunk.slot(0, 256, CONTENT);
    trunk.claim(lost).claim(trunk.slot(256, 256, CONTENT)).free(512, 3584);
    trunk.bytes()[0] = 'G';

    assertThat(trunk.walk())
        .containsExactly("slot 0+256 1 named", "slot 256+256 1 named", "free 512+3584");
  }

  @Test
  void aWrongSizeInAHeaderDoesNotHideTheNextSlot() throws DiskException {
    LogicalName first = trunk.slot(0, 256, CONTENT);
    trunk.claim(first).claim(trunk.slot(256, 256, CONTENT)).free(512, 3584);
    trunk.bytes()[3] = 4;

    assertThat(trunk.walk())
        .containsExactly("slot 0+256 1 named", "slot 256+256 1 named", "free 512+3584");
  }

  @Test
  void aSlotThatNoNameHasDoesNotHideANameInsideIt() throws DiskException {
    trunk.slot(0, 1024, CONTENT);
    trunk.claim(trunk.slot(256, 256, CONTENT)).free(512, 3584);

    assertThat(trunk.walk())
        .containsExactly(
            "slot 0+1024", "SLOTS 0+1024 256+256", "slot 256+256 1 named", "free 512+3584");
  }

  @Test
  void aUsedSlotAtTheBeginningOfAFreeBlockIsAConflict() throws DiskException {
    trunk.slot(256, 256, CONTENT);
    trunk.free(0, 256).free(256, 3840);

    assertThat(trunk.walk())
        .containsExactly(
            "free 0+256", "slot 256+256", "SLOT_AND_FREE 256+256 256+3840", "free 512+3584");
  }

  @Test
  void aNameInTheMiddleOfAFreeBlockIsAConflict() throws DiskException {
    trunk.claim(trunk.slot(1024, 256, CONTENT)).free(0, 4096);

    assertThat(trunk.walk())
        .containsExactly(
            "free 0+1024",
            "slot 1024+256 1 named",
            "SLOT_AND_FREE 1024+256 1024+3072",
            "free 1280+2816");
  }

  @Test
  void aSlotThatReachesIntoAFreeBlockIsAConflict() throws DiskException {
    trunk.claim(trunk.slot(0, 512, CONTENT)).free(256, 512).free(768, 3328);

    assertThat(trunk.walk())
        .containsExactly(
            "slot 0+512 1 named", "SLOT_AND_FREE 0+512 256+512", "free 512+256", "free 768+3328");
  }

  @Test
  void freeBlocksThatOverlapAreAConflict() throws DiskException {
    trunk.free(0, 1024).free(512, 256).free(768, 3328);

    assertThat(trunk.walk())
        .containsExactly(
            "free 0+1024",
            "FREE_BLOCKS 0+1024 512+256",
            "FREE_BLOCKS 0+1024 768+3328",
            "free 1024+3072");
  }

  @Test
  void twoNamesOfOneSlotAreToldTogether() throws DiskException {
    LogicalName old = trunk.slot(0, 256, "old".getBytes(StandardCharsets.US_ASCII));
    trunk.claim(old).claim(trunk.slot(0, 256, CONTENT)).free(256, 3840);

    assertThat(trunk.walk()).containsExactly("slot 0+256 2 named", "free 256+3840");
  }

  @Test
  void contentThatLooksLikeASlotIsNotTakenForOne() throws DiskException {
    TrunkImage inner = new TrunkImage(400);
    inner.slot(10, 200, CONTENT);
    trunk.claim(trunk.slot(0, 1024, inner.bytes())).free(1024, 3072);

    assertThat(trunk.walk()).containsExactly("slot 0+1024 1 named", "free 1024+3072");
  }

  @Test
  void whatIsSaidBeyondTheEndOfTheFileIsTold() throws DiskException {
    TrunkImage cut = new TrunkImage(300);
    LogicalName there = cut.slot(0, 256, CONTENT);
    LogicalName behind = new TrunkImage(1024).slot(512, 256, CONTENT);
    cut.claim(there).claim(behind).free(768, 256);

    assertThat(cut.walk())
        .containsExactly(
            "slot 0+256 1 named", "gap 256+44", "slot 512+256 1 named", "free 768+256");
  }

  @Test
  void anEmptyFileHasNothing() throws DiskException {
    assertThat(new TrunkImage(0).walk()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 255 * 1024, 256 * 1024 - 10, 256 * 1024, 600_000})
  void slotsAreFoundWhereverTheWindowEnds(int offset) throws DiskException {
    TrunkImage large = new TrunkImage(700_000);
    large.slot(offset, 64, CONTENT);

    assertThat(large.walk()).contains("slot " + offset + "+64");
  }

  @Test
  void theCrcOfContentIsReadAcrossWindows() throws DiskException {
    byte[] content = new byte[600_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 7);
    }
    TrunkImage large = new TrunkImage(700_000);
    large.slot(1000, 650_000, content);

    try (TrunkImage.Opened opened = large.open()) {
      TrunkSlotHeader header = opened.window().header(1000);
      assertThat(opened.window().crc32(1024, header.fileSize())).isEqualTo(header.crc32());
      assertThat(opened.window().isSlot(header, 1000)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 13, 17, 20})
  void aHeaderThatNoUploadWritesIsNoSlot(int byteAt) throws DiskException {
    trunk.slot(0, 256, CONTENT);
    ByteBuf bytes = Unpooled.wrappedBuffer(trunk.bytes());
    switch (byteAt) {
      case 0 -> bytes.setByte(0, 'X'); // type
      case 1 -> bytes.setInt(1, 30); // slot smaller than its content
      case 2 -> bytes.setInt(1, -1);
      case 5 -> bytes.setInt(5, 100_000); // content beyond the end
      case 13 -> bytes.setInt(13, 0); // no time
      case 17 -> bytes.setByte(17, '\n'); // not the end of a name
      default -> bytes.setByte(20, '/');
    }

    assertThat(trunk.walk()).containsExactly("gap 0+4096");
  }
}
