package io.larder.store.verify;

import static io.larder.protocol.sample.SampleDataFolder.EMPTY;
import static io.larder.protocol.sample.SampleDataFolder.LINK;
import static io.larder.protocol.sample.SampleDataFolder.LINKED;
import static io.larder.protocol.sample.SampleDataFolder.PLAIN;
import static io.larder.protocol.sample.SampleDataFolder.RENAMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.sample.SampleDataFolder;
import io.larder.store.scrub.ContentRule.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of their own: what is right raises no finding, and each thing that is broken raises its own and no other.
class VerifyFilesTest {
  private static final String NEW_NAME = "00/01/Ck0eAmsCnVqAa8LEAAAADg4Qul0555.txt";

  @TempDir Path folder;

  private SampleDataFolder sample;

  @BeforeEach
  void makeSample() {
    sample = SampleDataFolder.plain(folder);
  }

  @Test
  void theDirectoryOfAnotherImplementationIsClean() {
    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).isEmpty();
    assertThat(checked.summary().isClean()).isTrue();
    assertThat(checked.summary().files()).isEqualTo(6);
    assertThat(checked.summary().byCrc()).isEqualTo(5);
    assertThat(checked.summary().notCompared()).containsOnlyKeys(Reason.LINK);
  }

  @Test
  void checkingChangesNothing() throws IOException {
    String before = Tree.of(folder);

    Checked.of(sample);

    assertThat(Tree.of(folder)).isEqualTo(before);
  }

  // ---- content

  @Test
  void oneFlippedBitOfAPlainFileIsFound() {
    Breakage.flip(sample.file(PLAIN), 5);

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("crc-differs " + PLAIN);
    assertThat(checked.what()).contains("the name says 5142eb8c");
    assertThat(checked.summary().isClean()).isFalse();
  }

  @Test
  void oneFlippedBitOfARenamedAppenderIsFound() {
    Breakage.flip(sample.file(RENAMED), 0);

    assertThat(Checked.of(sample).lines()).containsExactly("crc-differs " + RENAMED);
  }

  @Test
  void aQuickPassDoesNotReadContent() {
    Breakage.flip(sample.file(PLAIN), 5);

    Checked checked = Checked.of(sample, VerifyPlan.Options::bySizes);

    assertThat(checked.lines()).isEmpty();
    assertThat(checked.summary().bySize()).isEqualTo(5);
  }

  @Test
  void aFileOfAnotherSizeIsFound() {
    Breakage.append(sample.file(EMPTY), "x");

    assertThat(Checked.of(sample).lines()).containsExactly("size-differs " + EMPTY);
    assertThat(Checked.of(sample, VerifyPlan.Options::bySizes).lines())
        .containsExactly("size-differs " + EMPTY);
  }

  @Test
  void aRenamedAppenderThatWasChangedMeanwhileIsNoFinding() {
    Breakage.append(sample.file(RENAMED), "more");

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).isEmpty();
    assertThat(checked.summary().notCompared()).containsKey(Reason.REGENERATED);
  }

  @Test
  void slavesOfEveryLengthRaiseNoFinding() {
    String stem = PLAIN.substring(0, PLAIN.length() - 4);
    for (String end : new String[] {"_big.txt", "s", "1.gz", "-120x120.jpeg"}) {
      Breakage.write(sample.file(stem + end), "a slave of " + end);
      Breakage.append(sample.binlog(), "1795333536 C M00/" + stem + end + "\n");
    }

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).isEmpty();
    assertThat(checked.summary().notCompared())
        .containsEntry(Reason.SLAVE, 3L)
        .containsEntry(Reason.RELATIVE, 2L);
  }

  @Test
  void anAppenderRaisesNoFindingWhateverItsContent() {
    String appender = "00/02/Ck0eAmsCnVuEJyJEAAAAAKaEx8Y317.log";
    Breakage.write(sample.file(appender), "this is not its first content");
    Breakage.append(sample.binlog(), "1795333536 C M00/" + appender + "\n");

    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @Test
  void aCopyOfALinkRaisesNoFindingWhenTheLogTellsIt() throws IOException {
    Files.delete(sample.file(LINK));
    Files.copy(sample.file(PLAIN), sample.file(LINK));

    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  // ---- links and metadata

  @Test
  void aLinkThatLeadsNowhereIsFound() {
    Breakage.delete(sample.file(LINKED));

    assertThat(Checked.of(sample).lines())
        .containsExactly("record-without-file " + LINKED, "link-leads-nowhere " + LINK);
  }

  @Test
  void aLinkThatLeadsOutIsFound() throws IOException {
    Files.delete(sample.file(LINK));
    Files.createSymbolicLink(sample.file(LINK), Path.of("/etc/passwd"));

    assertThat(Checked.of(sample).lines()).containsExactly("link-leads-out " + LINK);
  }

  @Test
  void aLinkOfACopyElsewhereIsToldAsSuch() throws IOException {
    Files.delete(sample.file(LINK));
    Files.createSymbolicLink(sample.file(LINK), Path.of("/srv/old/data/" + LINKED));

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("link-leads-out " + LINK);
    assertThat(checked.what()).contains("the file itself is here");
  }

  @Test
  void metadataMustHaveAFileAndItsForm() {
    Breakage.write(sample.file(PLAIN + "-m"), "a\u00021\u0001b\u00022");
    Breakage.append(sample.binlog(), "1795333536 C M00/" + PLAIN + "-m\n");
    assertThat(Checked.of(sample).lines()).isEmpty();

    Breakage.flip(sample.file(PLAIN + "-m"), 1);
    assertThat(Checked.of(sample).lines()).containsExactly("metadata-form " + PLAIN + "-m");

    Breakage.write(sample.file(PLAIN + "-m"), "");
    assertThat(Checked.of(sample).lines()).containsExactly("metadata-form " + PLAIN + "-m");
  }

  @Test
  void metadataWithoutItsFileIsFound() {
    Breakage.write(sample.file(NEW_NAME + "-m"), "a\u00021");
    Breakage.append(sample.binlog(), "1795333536 C M00/" + NEW_NAME + "-m\n");

    assertThat(Checked.of(sample).lines())
        .containsExactly("metadata-without-file " + NEW_NAME + "-m");
  }

  // ---- names

  @Test
  void strangersAreFound() throws IOException {
    Breakage.write(sample.file("00/00/notes.txt"), "x");
    Breakage.write(sample.file("holiday.zip"), "x");
    Breakage.write(sample.file("01/readme"), "x");
    Files.createDirectories(sample.file("02/02/Ck0eAmsCnVqAa8LEAAAADg4Qul0109.txt"));

    assertThat(Checked.of(sample).lines())
        .containsExactlyInAnyOrder(
            "stranger holiday.zip",
            "stranger 01/readme",
            "stranger 00/00/notes.txt",
            "stranger 02/02/Ck0eAmsCnVqAa8LEAAAADg4Qul0109.txt");
  }

  @Test
  void aFileWithTheNameOfASlotIsFound() {
    String name = "00/00/Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333.bin";
    Breakage.write(sample.file(name), "x");

    assertThat(Checked.of(sample).lines()).containsExactly("slot-name-as-file " + name);
  }

  @Test
  void leftoversOfReplicasAndRecoveriesAreFound() {
    Breakage.write(sample.file(".cp17.tmp"), "half a replica");
    Breakage.write(sample.file(PLAIN + ".recovery.tmp"), "half a file");

    assertThat(Checked.of(sample).lines())
        .containsExactly("leftover .cp17.tmp", "leftover " + PLAIN + ".recovery.tmp");
  }

  @Test
  void anUnfinishedRecoveryIsTold() {
    Breakage.write(sample.file(".recovery.flag"), "saved_storage_status=7\nfetch_binlog_done=1\n");
    Breakage.write(sample.file(".recovery.mark.0"), "binlog_offset=0\n");
    Breakage.write(sample.file(".binlog.recovery.0"), "");

    assertThat(Checked.of(sample).lines()).containsExactly("recovery-unfinished .recovery.flag");
  }

  @Test
  void directoriesThatAreMissingAreFound() throws IOException {
    Files.delete(sample.file("03/03"));
    Files.delete(sample.file("02/01"));

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("directories-missing .");
    assertThat(checked.what()).contains("2 of 4 x 4", "02/01");
  }

  @Test
  void directoriesThatAreBeingMadeMayBeMissing() throws IOException {
    Files.delete(sample.file("03/03"));
    Breakage.write(sample.file(".larder/making-directories"), "4");

    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  // ---- files and the log

  @Test
  void aFileThatIsGoneIsFoundWithThePlaceOfItsRecord() {
    Breakage.delete(sample.file(PLAIN));

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("record-without-file " + PLAIN);
    assertThat(checked.what()).contains("in file 0 at 1278");
  }

  @Test
  void aWholeDirectoryThatIsGoneIsFound() throws IOException {
    Breakage.append(sample.binlog(), "1795333536 C M00/" + NEW_NAME + "\n");
    Files.delete(sample.file("00/01"));

    assertThat(Checked.of(sample).lines())
        .containsExactly("directories-missing .", "record-without-file " + NEW_NAME);
  }

  @Test
  void aFileWithoutARecordIsFound() {
    sample.replaceInLog("1795333535 C M00/" + PLAIN + "\n", "");

    assertThat(Checked.of(sample).lines()).containsExactly("file-without-record " + PLAIN);
  }

  @Test
  void aFileThatTheLogDeletedIsFound() {
    Breakage.append(sample.binlog(), "1795333540 d M00/" + PLAIN + "\n");

    assertThat(Checked.of(sample).lines()).containsExactly("file-deleted-by-record " + PLAIN);
  }

  @Test
  void whatAnUploadLeftThatWasCutOffIsFound() {
    Breakage.write(sample.file(NEW_NAME), "short");

    assertThat(Checked.of(sample).lines()).containsExactly("leftover-upload " + NEW_NAME);
  }

  @Test
  void withoutABasePathOnlyTheFilesAreChecked() {
    Breakage.delete(sample.file(EMPTY));
    Breakage.flip(sample.file(PLAIN), 5);

    Checked checked = Checked.of(Checked.disk(), o -> o, sample.store());

    assertThat(checked.lines()).containsExactly("crc-differs " + PLAIN);
  }
}
