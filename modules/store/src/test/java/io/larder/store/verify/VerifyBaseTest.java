package io.larder.store.verify;

import static io.larder.protocol.sample.SampleDataFolder.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.disk.StorePathMark;
import io.larder.protocol.sample.SampleDataFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The base path: identity, marks, the sync binlog, and what Larder keeps for itself.
class VerifyBaseTest {
  private static final String MARK =
      """
      binlog_index=%d
      binlog_offset=%d
      need_sync_old=1
      sync_old_done=1
      until_timestamp=0
      scan_row_count=18
      sync_row_count=17
      """;

  @TempDir Path folder;

  private SampleDataFolder sample;

  @BeforeEach
  void makeSample() {
    sample = SampleDataFolder.plain(folder);
  }

  private void replaceInFlag(String old, String text) {
    Path flag = sample.ofBase(".data_init_flag");
    Breakage.write(flag, Breakage.read(flag).replace(old, text));
  }

  // ---- identity and marks

  @Test
  void aMissingMarkIsFound() {
    Breakage.delete(sample.file(".fastdfs_vars"));

    assertThat(Checked.of(sample).lines()).containsExactly("mark-missing .fastdfs_vars");
  }

  @Test
  void aMarkThatTheIdentityDoesNotHaveIsFound() {
    replaceInFlag("store_path_mark0=", "former_mark=");

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("mark-missing .data_init_flag");
    assertThat(checked.what()).contains("marked as this storage's");
  }

  @Test
  void theMarkOfAnotherStorageIsFound() {
    StorePathMark other =
        StorePathMark.of(new StorePathMark.Owner("10.1.1.1", 23000, 3, 1_700_000_000));
    Breakage.write(sample.file(".fastdfs_vars"), other.text());

    Checked checked = Checked.of(Checked.disk(), o -> o, sample.store(), sample.base());

    assertThat(checked.lines()).contains("store-path-not-given .data_init_flag");
    assertThat(checked.found()).anyMatch(f -> f.check() == Check.MARK_OF_ANOTHER);
    assertThat(checked.summary().isClean()).isFalse();
  }

  @Test
  void filesThatCannotBeUnderstoodAreFound() {
    Breakage.write(sample.ofBase(".data_init_flag"), "storage_join_time=soon\n");
    Breakage.write(sample.ofBase("storage_stat.dat"), "total_upload_count=many\n");
    Breakage.write(sample.file(".fastdfs_vars"), "nothing\n");

    assertThat(Checked.of(sample).lines())
        .containsExactly(
            "mark-unreadable .fastdfs_vars",
            "identity-unreadable .data_init_flag",
            "counters-unreadable storage_stat.dat");
  }

  @Test
  void aMissingIdentityIsFound() {
    Breakage.delete(sample.ofBase(".data_init_flag"));

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("identity-missing .data_init_flag");
    assertThat(checked.what()).contains("store paths are marked already");
  }

  @Test
  void aProcessIdThatWasLeftIsTold() {
    Breakage.write(sample.ofBase("fdfs_storaged.pid"), "4194304");

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("process-id-left fdfs_storaged.pid");
    assertThat(checked.summary().isClean()).isTrue();
  }

  // ---- the sync binlog

  @Test
  void brokenLinesAreFoundWithTheirPlaces() {
    Breakage.append(sample.binlog(), "1795333540 l \n1795333540 X M00/" + PLAIN + "\n");

    assertThat(Checked.of(sample).lines())
        .containsExactly(
            "binlog-broken-line sync/binlog.000@1336", "binlog-broken-line sync/binlog.000@1350");
  }

  @Test
  void oneFlippedBitOfTheLogIsFound() {
    Breakage.flip(sample.binlog(), 1278 + 11);

    assertThat(Checked.of(sample).lines())
        .containsExactly("binlog-broken-line sync/binlog.000@1278", "file-without-record " + PLAIN);
  }

  @Test
  void aTornLastLineIsFound() {
    Breakage.append(sample.binlog(), "1795333540 C M00/00/00/Ck0eAms");

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("binlog-torn sync/binlog.000@1336");
    assertThat(checked.what()).isEqualTo("the last 30 bytes are no whole line");
  }

  @Test
  void compressedFilesOfTheLogAreReadLikeOthers() throws IOException {
    byte[] log = Files.readAllBytes(sample.binlog());
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(sample.binlog().resolveSibling("binlog.000.gz")))) {
      out.write(log);
    }
    Files.write(sample.binlog().resolveSibling("binlog.001"), new byte[0]);
    Files.delete(sample.binlog());
    Breakage.write(sample.ofBase("sync/binlog_index.dat"), "current_write=1\ncurrent_compress=1\n");
    Breakage.write(sample.ofBase("sync/10.77.30.3_23000.mark"), MARK.formatted(0, 58));

    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @Test
  void aDamagedCompressedFileIsFoundAndSilencesWhatItMayHaveHad() {
    Breakage.write(sample.ofBase("sync/10.77.30.3_23000.mark"), MARK.formatted(0, 58));
    Breakage.write(sample.binlog().resolveSibling("binlog.000.gz"), "not compressed");
    Breakage.write(sample.ofBase("sync/binlog.001"), "");
    Breakage.delete(sample.binlog());
    Breakage.write(sample.ofBase("sync/binlog_index.dat"), "current_write=1\ncurrent_compress=1\n");

    assertThat(Checked.of(sample).lines()).containsExactly("binlog-unreadable sync/binlog.000.gz");
  }

  @Test
  void aLogWithoutItsBeginningDoesNotCallFilesUnrecorded() {
    Breakage.rename(sample.binlog(), "binlog.001");
    Breakage.write(sample.binlog().resolveSibling("binlog.001"), "");

    assertThat(Checked.of(sample).lines())
        .containsExactly(
            "binlog-file-missing sync/binlog.000", "binlog-index sync/binlog_index.dat");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, true",
    "0, 58, true",
    "0, 1336, true",
    "0, 59, false",
    "0, 1400, false",
    "1, 0, false"
  })
  void marksMustLieBetweenTwoLines(int file, long offset, boolean right) {
    Breakage.write(sample.ofBase("sync/10.77.30.3_23000.mark"), MARK.formatted(file, offset));

    Checked checked = Checked.of(sample);

    assertThat(checked.lines().isEmpty()).isEqualTo(right);
    if (!right) {
      assertThat(checked.lines()).containsExactly("sync-mark-position sync/10.77.30.3_23000.mark");
    }
  }

  @Test
  void aMarkWithAMissingItemIsFound() {
    Breakage.write(
        sample.ofBase("sync/10.77.30.3_23000.mark"), MARK.formatted(0, 0).replace("scan", "skim"));

    assertThat(Checked.of(sample).lines())
        .containsExactly("sync-mark-unreadable sync/10.77.30.3_23000.mark");
  }

  @Test
  void recordsOfStorePathsThatWereNotGivenAreToldOnce() {
    for (int i = 0; i < 3; i++) {
      Breakage.append(
          sample.binlog(), "1795333540 C M01/00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0555.txt\n");
    }

    Checked checked = Checked.of(sample);

    assertThat(checked.lines()).containsExactly("records-elsewhere sync");
    assertThat(checked.what()).isEqualTo("3 records are of store path 1, which was not given");
    assertThat(checked.summary().isClean()).isTrue();
  }

  // ---- our own state

  @Test
  void whatLarderKeepsForItselfIsChecked() {
    Breakage.write(sample.ofBase(".larder/checkpoint"), "0 59\n");
    Breakage.write(sample.ofBase(".larder/path-modes"), "0 sideways\n");
    Breakage.write(sample.ofBase(".larder/trunk-lots"), "unknown form\n");

    assertThat(Checked.of(sample).lines())
        .containsExactly(
            "path-modes .larder/path-modes",
            "trunk-lots .larder/trunk-lots",
            "checkpoint .larder/checkpoint");
  }

  @Test
  void rightStateOfLarderRaisesNoFinding() {
    Breakage.write(sample.ofBase(".larder/checkpoint"), "0 58\nslots 0 0 116\n");
    Breakage.write(sample.ofBase(".larder/path-modes"), "0 drained\n");
    Breakage.write(sample.ofBase(".larder/trunk-lots"), "larder-trunk-lots 1 1795334900\n");

    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "somewhere\n",
        "0\n",
        "0 58\nslots 0 0 117\n",
        "0 58\n0 116\n",
        "0 58\nslots 0 0\n"
      })
  void aCheckpointThatIsNoPlaceIsFound(String text) {
    Breakage.write(sample.ofBase(".larder/checkpoint"), text);

    assertThat(Checked.of(sample).lines()).containsExactly("checkpoint .larder/checkpoint");
  }

  @Test
  void stagedFilesAreFound() {
    Breakage.write(sample.file(".larder/staging/1-7"), "half an upload");

    assertThat(Checked.of(sample).lines()).containsExactly("leftover .larder/staging/1-7");
  }

  // ---- how it is done

  @Test
  void onlySoManyFindingsOfAKindAreListedAndAllAreCounted() {
    for (int i = 0; i < 20; i++) {
      Breakage.write(sample.file("00/00/stranger-" + i), "x");
    }
    Breakage.append(sample.binlog(), "broken\n");

    Checked checked =
        Checked.of(
            sample,
            o ->
                new VerifyPlan.Options(
                    o.sizesOnly(), o.locks(), o.repair(), o.bytesPerSecond(), 5, o.scratch()));

    assertThat(checked.lines()).hasSize(6);
    assertThat(checked.summary().counts()).containsEntry(Check.STRANGER, 20L);
  }

  @Test
  void aCheckThatIsStoppedTellsThatItIsNotWhole() throws IOException {
    VerifyPlan plan =
        PlanFinder.find(
            Checked.disk(),
            List.of(sample.base(), sample.store()),
            VerifyPlan.Options.usual(folder));
    Verify.Listener silent =
        new Verify.Listener() {
          @Override
          public void found(Finding finding) {}

          @Override
          public void repairing(String text) {}
        };
    Verify verify = new Verify(plan, Checked.disk(), () -> 0, () -> 0, silent);
    verify.stop();

    Summary summary = verify.run();

    assertThat(summary.interrupted()).isTrue();
    assertThat(summary.files()).isZero();
  }

  @Test
  void aFolderThatIsNothingOfTheKindIsRefusedWithARemedy() throws IOException {
    Path nothing = Files.createDirectories(folder.resolve("nothing/data"));

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Checked.of(Checked.disk(), o -> o, nothing))
        .withMessageContaining("neither a base path nor a store path")
        .withMessageContaining("storage.conf");
  }

  @Test
  void theFolderOfUpAndTheDataFolderItselfAreUnderstood() throws IOException {
    Path up = folder.resolve("up");
    Files.createDirectories(up);
    SampleDataFolder inside = SampleDataFolder.plain(folder.resolve("again"));
    Files.move(inside.base(), up.resolve("storage"));

    assertThat(
            PlanFinder.find(Checked.disk(), List.of(up), VerifyPlan.Options.usual(folder)).base())
        .contains(up.resolve("storage"));
    assertThat(
            PlanFinder.find(
                    Checked.disk(),
                    List.of(sample.store().resolve("data")),
                    VerifyPlan.Options.usual(folder))
                .storePaths())
        .containsEntry(0, sample.store().toString());
  }

  @Test
  void theBasePathMayBeAStorePathToo() throws IOException {
    try (var files = Files.list(sample.file("."))) {
      for (Path file : files.toList()) {
        Files.move(file, sample.ofBase(String.valueOf(file.getFileName())));
      }
    }
    Files.delete(sample.ofBase(SampleDataFolder.LINK));
    Files.createSymbolicLink(
        sample.ofBase(SampleDataFolder.LINK), sample.ofBase(SampleDataFolder.LINKED));

    Checked checked = Checked.of(Checked.disk(), o -> o, sample.base());

    assertThat(checked.lines()).isEmpty();
    assertThat(checked.summary().files()).isEqualTo(6);
  }

  @Test
  void storePathsAreToldApartByTheirMarks() throws IOException {
    Path second = folder.resolve("second");
    Breakage.write(
        second.resolve("data/.fastdfs_vars"),
        StorePathMark.of(new StorePathMark.Owner("10.77.30.2", 23000, 1, 5)).text());

    VerifyPlan plan =
        PlanFinder.find(
            Checked.disk(),
            List.of(second, sample.store(), sample.base()),
            VerifyPlan.Options.usual(folder));

    assertThat(plan.storePaths())
        .containsEntry(0, sample.store().toString())
        .containsEntry(1, second.toString());
    assertThat(plan.base()).contains(sample.base());
  }

  @Test
  void aRunningStorageOfTheOtherImplementationIsRefused() {
    Breakage.write(sample.ofBase("fdfs_storaged.pid"), "4711");
    VerifyPlan plan =
        new VerifyPlan(
            Optional.of(sample.base()),
            new TreeMap<>(),
            OptionalInt.empty(),
            VerifyPlan.Options.usual(folder));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Folders.open(Checked.disk(), plan, number -> number == 4711))
        .withMessageContaining("process 4711")
        .withMessageContaining("--read-only");
  }
}
