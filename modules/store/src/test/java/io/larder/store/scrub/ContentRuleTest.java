package io.larder.store.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.SlaveName;
import io.larder.protocol.fileid.SlavePrefix;
import io.larder.protocol.fileid.Source;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.scrub.ContentRule.Answer;
import io.larder.store.scrub.ContentRule.Found;
import io.larder.store.scrub.ContentRule.Logged;
import io.larder.store.scrub.ContentRule.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One test for each row of the table of what the CRC field of a name is (S3 §2.1).
class ContentRuleTest {
  private static final int CRC = 0x1234_5678;
  private static final int SIZE = 4711;
  private static final NewName.Directory DIRECTORY = new NewName.Directory(0, 1, 2);
  private static final LogicalName PLAIN = newName(CRC, "jpg", 1).plain(SIZE);
  private static final LogicalName APPENDER = newName(CRC, "log", 2).appender();
  private static final TrunkPlace PLACE = new TrunkPlace(7, 512, 8192);
  private static final LogicalName TRUNK = newName(CRC, "txt", 3).trunk(SIZE, PLACE);
  private static final Found HERE = new Found.Regular(SIZE);

  private static NewName newName(int crc, String extension, int random) {
    return new NewName(
        DIRECTORY,
        Source.ofIpv4("10.0.0.2"),
        1_795_333_466,
        crc,
        Extension.of(extension),
        random * 0x1_2345_6789L);
  }

  private static LogicalName slave(LogicalName master, String prefix, String extension) {
    return SlaveName.of(master, SlavePrefix.of(prefix), Extension.of(extension));
  }

  private static Answer ask(LogicalName name, Found found, Logged logged, LogicalName... beside) {
    return ContentRule.of(
        name, found, List.of(beside).stream().map(LogicalName::fileName).toList(), logged);
  }

  private static Answer nothing(Reason reason) {
    return new Answer.Nothing(reason);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN", "FILE"})
  void aPlainFileIsComparedByItsName(Logged logged) {
    assertThat(ask(PLAIN, HERE, logged, PLAIN)).isEqualTo(new Answer.CompareCrc(SIZE, CRC));
  }

  @Test
  void aPlainFileOfAnotherSizeIsStillHeldAgainstItsName() {
    assertThat(ask(PLAIN, new Found.Regular(12), Logged.FILE))
        .isEqualTo(new Answer.CompareCrc(SIZE, CRC));
  }

  @Test
  void aTrunkFileIsComparedByItsSlot() {
    TrunkSlotHeader header =
        TrunkSlotHeader.of(TRUNK, FileFacts.of(TRUNK).orElseThrow(), TrunkSlotHeader.FILE);

    assertThat(ask(TRUNK, new Found.Slot(header), Logged.FILE))
        .isEqualTo(new Answer.CompareCrc(SIZE, CRC));
    assertThat(ContentRule.ofSlot(header, Logged.UNKNOWN))
        .isEqualTo(new Answer.CompareCrc(SIZE, CRC));
  }

  @Test
  void anEmptyFilePlainOrInATrunkFileHasTheCrcOfNothing() {
    LogicalName plain = newName(0, "txt", 4).plain(0);
    LogicalName trunk = newName(0, "txt", 5).trunk(0, PLACE);
    TrunkSlotHeader header =
        TrunkSlotHeader.of(trunk, FileFacts.of(trunk).orElseThrow(), TrunkSlotHeader.FILE);

    assertThat(ask(plain, new Found.Regular(0), Logged.FILE))
        .isEqualTo(new Answer.CompareCrc(0, 0));
    assertThat(ask(trunk, new Found.Slot(header), Logged.FILE))
        .isEqualTo(new Answer.CompareCrc(0, 0));
  }

  @Test
  void anAppenderIsLeftAlone() {
    assertThat(ask(APPENDER, HERE, Logged.FILE)).isEqualTo(nothing(Reason.APPENDER));
    assertThat(ask(newName(0, "log", 6).appender(), new Found.Regular(0), Logged.FILE))
        .isEqualTo(nothing(Reason.APPENDER));
  }

  @Test
  void aRegeneratedFileIsComparedUnlessItWasChangedMeanwhile() {
    assertThat(ask(PLAIN, HERE, Logged.RENAMED)).isEqualTo(new Answer.CompareCrc(SIZE, CRC));
    assertThat(ask(PLAIN, new Found.Regular(SIZE + 7), Logged.RENAMED))
        .isEqualTo(nothing(Reason.REGENERATED));
  }

  @Test
  void aSlaveIsLeftAlone() {
    LogicalName ofTrunk = slave(TRUNK, "_small", "bin");
    LogicalName ofPlain = slave(PLAIN, "_120x120", "jpg");

    assertThat(ofTrunk.text()).hasSizeGreaterThan(60);
    assertThat(ofPlain.text()).hasSizeBetween(45, 60);
    assertThat(ask(ofTrunk, HERE, Logged.FILE)).isEqualTo(nothing(Reason.SLAVE));
    assertThat(ask(ofPlain, HERE, Logged.FILE)).isEqualTo(nothing(Reason.SLAVE));
  }

  @Test
  void aSlaveThatLooksLikeNothingIsLeftAlone() {
    LogicalName shorter = slave(PLAIN, "s", "");
    LogicalName ofTrunk = slave(TRUNK, "s", "");

    assertThat(shorter.text()).hasSizeLessThan(44);
    assertThat(ofTrunk.text()).hasSizeBetween(45, 59);
    assertThat(ask(shorter, HERE, Logged.FILE)).isEqualTo(nothing(Reason.SLAVE));
    assertThat(ask(ofTrunk, HERE, Logged.FILE)).isEqualTo(nothing(Reason.SLAVE));
  }

  @Test
  void ofTwoThatLookPlainAndShareTheirFirst37CharactersNeitherIsCompared() {
    LogicalName slave = slave(PLAIN, "1", "gz");
    assertThat(slave.text()).hasSize(44);
    assertThat(FileFacts.of(slave).orElseThrow().kind()).isEqualTo(FileFacts.Kind.PLAIN);

    assertThat(ask(slave, new Found.Regular(9), Logged.FILE, PLAIN, slave))
        .isEqualTo(nothing(Reason.RELATIVE));
    assertThat(ask(PLAIN, HERE, Logged.FILE, PLAIN, slave)).isEqualTo(nothing(Reason.RELATIVE));
  }

  @Test
  void aMasterIsComparedAlthoughItHasSlavesAndMetadata() {
    LogicalName thumbnail = slave(PLAIN, "_120x120", "jpg");
    LogicalName metadata = LogicalName.parse(PLAIN.text() + "-m");

    assertThat(ask(PLAIN, HERE, Logged.FILE, PLAIN, thumbnail, metadata, APPENDER))
        .isEqualTo(new Answer.CompareCrc(SIZE, CRC));
  }

  @Test
  void aSlaveOfAnAppenderIsLeftAlone() {
    assertThat(ask(slave(APPENDER, "_x", "log"), HERE, Logged.FILE))
        .isEqualTo(nothing(Reason.SLAVE));
  }

  @Test
  void theFileBehindASlaveThatIsALinkIsCompared() {
    LogicalName data = newName(CRC, "jpg", 9).plain(SIZE);

    assertThat(ask(data, HERE, Logged.FILE)).isEqualTo(new Answer.CompareCrc(SIZE, CRC));
  }

  @ParameterizedTest
  @EnumSource
  void aSymbolicLinkIsLeftAloneWhateverTheLogSays(Logged logged) {
    assertThat(ask(PLAIN, new Found.SymbolicLink(), logged)).isEqualTo(nothing(Reason.LINK));
    assertThat(ask(slave(PLAIN, "_x", "jpg"), new Found.SymbolicLink(), logged))
        .isEqualTo(nothing(Reason.LINK));
  }

  @Test
  void aLinkInATrunkFileIsComparedBySizeAlone() {
    TrunkSlotHeader header =
        new TrunkSlotHeader(TrunkSlotHeader.LINK, 256, 60, CRC, 1_795_333_466, "123.txt");

    assertThat(ContentRule.ofSlot(header, Logged.LINK)).isEqualTo(new Answer.CompareSize(60));
    assertThat(ContentRule.ofSlot(header, Logged.UNKNOWN)).isEqualTo(new Answer.CompareSize(60));
  }

  @Test
  void aCopyOfALinkAsARegularFileIsLeftAloneWhenTheLogTellsIt() {
    TrunkSlotHeader header =
        TrunkSlotHeader.of(TRUNK, FileFacts.of(TRUNK).orElseThrow(), TrunkSlotHeader.FILE);

    assertThat(ask(PLAIN, HERE, Logged.LINK)).isEqualTo(nothing(Reason.LINK));
    assertThat(ask(TRUNK, new Found.Slot(header), Logged.LINK)).isEqualTo(nothing(Reason.LINK));
  }

  @Test
  void metadataIsLeftAlone() {
    LogicalName ofPlain = LogicalName.parse(PLAIN.text() + "-m");
    LogicalName ofTrunk = LogicalName.parse(TRUNK.text() + "-m");

    assertThat(ask(ofPlain, HERE, Logged.FILE)).isEqualTo(nothing(Reason.METADATA));
    assertThat(ask(ofTrunk, HERE, Logged.FILE)).isEqualTo(nothing(Reason.METADATA));
  }

  @Test
  void leftoversOfUploadsLookLikePlainFilesAndAreCompared() {
    LogicalName first = newName(0x9999, "jpg", 10).plain(SIZE);
    LogicalName secondOfASlave = newName(0, "jpg", 11).plain(SIZE);

    assertThat(ask(first, new Found.Regular(3), Logged.UNKNOWN))
        .isEqualTo(new Answer.CompareCrc(SIZE, 0x9999));
    assertThat(ask(secondOfASlave, HERE, Logged.UNKNOWN)).isEqualTo(new Answer.CompareCrc(SIZE, 0));
  }

  @Test
  void aForeignNameSaysNothing() {
    LogicalName foreign = LogicalName.parse("M00/00/00/holiday-pictures-of-2026-all.zip");
    LogicalName slotName = TRUNK;

    assertThat(ask(foreign, HERE, Logged.UNKNOWN)).isEqualTo(nothing(Reason.FOREIGN));
    assertThat(ask(slotName, HERE, Logged.UNKNOWN)).isEqualTo(nothing(Reason.FOREIGN));
    assertThat(ask(LogicalName.parse("M00/00/00/000001"), HERE, Logged.UNKNOWN))
        .isEqualTo(nothing(Reason.TRUNK_FILE));
  }

  @Test
  void relativesAreTheNeighboursWithTheSameCodedPart() {
    String plain = PLAIN.fileName();
    List<String> sorted =
        List.of(
                plain + "-m",
                APPENDER.fileName(),
                plain,
                slave(PLAIN, "_s", "jpg").fileName(),
                "000001")
            .stream()
            .sorted()
            .toList();

    assertThat(ContentRule.relatives(sorted, sorted.indexOf(plain)))
        .containsExactlyInAnyOrder(plain, plain + "-m", slave(PLAIN, "_s", "jpg").fileName());
    assertThat(ContentRule.relatives(sorted, sorted.indexOf("000001"))).containsExactly("000001");
  }
}
