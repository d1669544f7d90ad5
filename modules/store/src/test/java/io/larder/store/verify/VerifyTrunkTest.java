package io.larder.store.verify;

import static io.larder.protocol.sample.SampleDataFolder.APPENDER;
import static io.larder.protocol.sample.SampleDataFolder.LARGE;
import static io.larder.protocol.sample.SampleDataFolder.METADATA;
import static io.larder.protocol.sample.SampleDataFolder.SLAVE;
import static io.larder.protocol.sample.SampleDataFolder.TRUNK_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.sample.SampleDataFolder;
import io.larder.store.scrub.ContentRule.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Trunk files: what is right raises no finding, and each thing that is broken raises its own and no other.
class VerifyTrunkTest {
  private static final String FREE = "1795334820 A 0 0 0 1 ";

  @TempDir Path folder;

  private SampleDataFolder sample;

  @BeforeEach
  void makeSample() {
    sample = SampleDataFolder.trunk(folder);
  }

  private void reloadFromBinlog() {
    Breakage.delete(sample.ofBase("storage_trunk.dat"));
  }

  private static TrunkSlotHeader header(String content) {
    CRC32 crc = new CRC32();
    crc.update(content.getBytes(StandardCharsets.ISO_8859_1));
    return new TrunkSlotHeader(
        'F', 256, content.length(), (int) crc.getValue(), 1_795_334_000, "123.txt");
  }

  @Test
  void theDirectoryOfAnotherImplementationIsClean() {
    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).isEmpty();
    assertThat(checked.summary().byCrc()).isEqualTo(8);
    assertThat(checked.summary().bySize()).isEqualTo(1);
    assertThat(checked.summary().notCompared())
        .containsEntry(Reason.SLAVE, 1L)
        .containsEntry(Reason.APPENDER, 2L)
        .containsEntry(Reason.METADATA, 1L);
  }

  @Test
  void theBinlogAloneSaysTheSameAsTheSnapshot() {
    reloadFromBinlog();

    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @Test
  void slavesAppendersAndMetadataRaiseNoFindingWhateverTheirBits() {
    Breakage.flip(sample.file(SLAVE), 3);
    Breakage.flip(sample.file(APPENDER), 1);
    Breakage.flip(sample.file(METADATA), 0);

    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  // ---- slots

  @ParameterizedTest
  @ValueSource(ints = {24, 256 + 24 + 999, 1280 + 30, 3328 + 24 + 199})
  void oneFlippedBitInTheContentOfASlotIsFound(int offset) {
    Breakage.flip(sample.file(TRUNK_FILE), offset);
    int slot = offset < 256 ? 0 : offset < 1280 ? 256 : offset < 1536 ? 1280 : 3328;

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("crc-differs " + TRUNK_FILE + "@" + slot);
    assertThat(checked.what()).contains("M00/00/00/");
  }

  @Test
  void oneFlippedBitBehindTheContentOfASlotMeansNothing() {
    Breakage.flip(sample.file(TRUNK_FILE), 24 + 45);

    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, type 71",
    "4, slot size 257 instead of 256",
    "8, file size 44 instead of 45",
    "12, CRC32 3e5a4121 instead of 3e5a4120",
    "16, time 1795333674 instead of 1795333675",
    "18, end of the name 752.txt instead of 742.txt",
  })
  void oneFlippedBitInTheHeaderOfASlotIsFound(int at, String difference) {
    Breakage.flip(sample.file(TRUNK_FILE), at);

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).startsWith("slot-lost " + TRUNK_FILE + "@0");
    assertThat(checked.what())
        .contains("Ck0eAmsCniuIVWrBAAAALT5aQSAAAAAAQAAAAAAAAEA742.txt")
        .contains(difference);
    assertThat(checked.lines()).allMatch(line -> line.endsWith("@0"));
  }

  @Test
  void aSlotThatIsFreeAlthoughTheLogHasItsNameIsFound() {
    Breakage.slot(sample.file(TRUNK_FILE), 1280, TrunkSlotHeader.FREE, "");

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("slot-lost " + TRUNK_FILE + "@1280");
    assertThat(checked.what()).contains("but the slot is free");
  }

  @Test
  void aSlotWithoutARecordIsFound() {
    sample.replaceInLog(
        "1795333691 c M00/00/00/Ck0eA2sCnjuIX16KAAAAErvFTfQAAAAAQAABQAAAAEA810.txt\n", "");

    assertThat(Checked.of(sample).lines())
        .containsExactly("slot-without-record " + TRUNK_FILE + "@1280");
  }

  @Test
  void aLinkInASlotThatLeadsNowhereIsFound() {
    Breakage.flip(sample.file(TRUNK_FILE), 2304 + 24 + 20);

    assertThat(Checked.of(sample).lines())
        .containsExactly("link-leads-nowhere " + TRUNK_FILE + "@2304");
  }

  @Test
  void twoNamesOfOneSlotAreFound() {
    Breakage.append(
        sample.binlog(),
        "1795334500 C M00/00/00/Ck0eA2sCni-IAkcBAAAAEVDGgscAAAAAQAABQAAAAEA8466303\n");

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("slot-lost " + TRUNK_FILE + "@1280");
    assertThat(checked.what()).contains("8466303", "has others");
  }

  // ---- space

  @Test
  void aSlotInAFreeBlockIsFound() {
    Breakage.append(sample.ofBase("trunk/binlog"), FREE + "1536 256\n");

    assertThat(Checked.of(sample).lines())
        .containsExactly("slot-in-free-space " + TRUNK_FILE + "@1536");
  }

  @Test
  void aWrittenSlotThatNoNameHasAndThatIsFreeIsFound() {
    String content = "uploaded, never recorded";
    Breakage.slot(sample.file(TRUNK_FILE), 1792, header(content), content);

    assertThat(Checked.of(sample).lines())
        .containsExactly(
            "slot-without-record " + TRUNK_FILE + "@1792",
            "slot-in-free-space " + TRUNK_FILE + "@1792");
  }

  @Test
  void whatIsHalfWrittenInALotIsLeftToTheNextStart() {
    Breakage.slot(
        sample.file(TRUNK_FILE), 1792, header("what should stand here"), "something else        ");
    Breakage.write(
        sample.ofBase(".larder/trunk-lots"),
        "larder-trunk-lots 1 1795334900\nL 0 0 0 1 1792 256\n");

    assertThat(Checked.of(sample).lines())
        .first()
        .isEqualTo("slot-half-written " + TRUNK_FILE + "@1792");
  }

  @Test
  void anUploadThatWasCutOffIsNoDamage() {
    Breakage.slot(
        sample.file(TRUNK_FILE), 1792, header("what should stand here"), "something else        ");

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).first().isEqualTo("slot-without-record " + TRUNK_FILE + "@1792");
    assertThat(checked.what()).contains("their CRC32 does not fit");
    assertThat(checked.lines()).noneMatch(line -> line.startsWith("crc-differs"));
  }

  @Test
  void spaceThatIsNeitherFreeNorUsedIsTold() {
    reloadFromBinlog();
    Breakage.append(sample.ofBase("trunk/binlog"), "1795334900 D 0 0 0 1 1792 256\n");
    Breakage.append(sample.ofBase("trunk/binlog"), "1795334900 D 0 0 0 1 2560 512\n");

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("trunk-space-leaked " + TRUNK_FILE + "@1792");
    assertThat(checked.what()).isEqualTo("768 bytes in 2 gaps are neither free nor used");
    assertThat(checked.summary().isClean()).isTrue();
  }

  @Test
  void spaceThatIsReservedIsNoLeak() {
    reloadFromBinlog();
    Breakage.append(sample.ofBase("trunk/binlog"), "1795334900 D 0 0 0 1 1792 256\n");
    Breakage.write(
        sample.ofBase(".larder/trunk-lots"),
        "larder-trunk-lots 1 1795334900\nL 0 0 0 1 1792 256\n");

    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @Test
  void freeBlocksThatOverlapAreFound() {
    Breakage.append(sample.ofBase("trunk/binlog"), FREE + "2816 128\n");

    assertThat(Checked.of(sample).lines())
        .containsExactly("trunk-blocks-overlap " + TRUNK_FILE + "@2560");
  }

  @Test
  void aTrunkFileThatIsGoneIsFoundOnce() {
    Breakage.delete(sample.file(TRUNK_FILE));

    Checked checked = Checked.of(sample);

    assertThat(checked.lines())
        .containsExactlyInAnyOrder(
            "trunk-file-missing " + TRUNK_FILE, "metadata-without-file " + METADATA);
    assertThat(checked.found().getLast().what()).contains("the log has 8 files in it");
  }

  @Test
  void aTrunkFileThatNobodyKnowsIsTold() {
    Breakage.write(sample.file("00/01/000009"), "\0".repeat(4096));

    assertThat(Checked.of(sample).lines()).containsExactly("trunk-file-unknown 00/01/000009");
  }

  @Test
  void aTrunkFileThatIsCutIsFound() {
    Breakage.truncate(sample.file(TRUNK_FILE), 3072 + 100);

    assertThat(Checked.of(sample).lines())
        .contains("slot-lost " + TRUNK_FILE + "@3328")
        .allMatch(line -> line.contains(TRUNK_FILE));
  }

  // ---- its logs

  @Test
  void tornAndBrokenLinesOfTheTrunkBinlogAreFound() {
    reloadFromBinlog();
    Breakage.append(sample.ofBase("trunk/binlog"), "1795334900 X 0 0 0 1 1792 256\n1795");

    assertThat(Checked.of(sample).lines())
        .containsExactly(
            "trunk-binlog-broken-line trunk/binlog@95", "trunk-binlog-torn trunk/binlog@125");
  }

  @Test
  void aSnapshotThatDoesNotFitTheBinlogIsFound() {
    Breakage.write(sample.ofBase("storage_trunk.dat"), "5000\n" + FREE + "1792 256\n");

    assertThat(Checked.of(sample).lines()).first().isEqualTo("trunk-snapshot storage_trunk.dat");
  }

  @Test
  void aSnapshotOfTheOldFormIsRead() {
    Breakage.write(
        sample.ofBase("storage_trunk.dat"),
        "95\n0 0 0 1 1792 256\n0 0 0 1 2560 512\n0 0 0 1 3584 67105280\n");

    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @Test
  void marksInsideALineAreFound() {
    Breakage.write(sample.ofBase("trunk/10.77.30.3_23000.mark"), "binlog_offset=31\n");
    Breakage.write(sample.ofBase("trunk/10.77.30.4_23000.mark"), "binlog_offset=95\n");

    assertThat(Checked.of(sample).lines())
        .containsExactly("trunk-mark trunk/10.77.30.3_23000.mark");
  }

  @Test
  void aSecondMebibyteIsReadToo() {
    Breakage.flip(sample.file(LARGE), 1 << 20);

    assertThat(Checked.of(sample).lines()).containsExactly("crc-differs " + LARGE);
  }
}
