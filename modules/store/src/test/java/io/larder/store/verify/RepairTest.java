package io.larder.store.verify;

import static io.larder.protocol.sample.SampleDataFolder.EMPTY;
import static io.larder.protocol.sample.SampleDataFolder.LINKED;
import static io.larder.protocol.sample.SampleDataFolder.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.sample.SampleDataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is repaired is clean afterwards, everything is kept, and nothing else changes by a byte.
class RepairTest {
  private static final String KEPT = ".larder/repair-20270115-080000";
  private static final String NEW_NAME = "00/01/Ck0eAmsCnVqAa8LEAAAADg4Qul0555.txt";

  @TempDir Path folder;

  private SampleDataFolder sample;

  @BeforeEach
  void makeSample() {
    sample = SampleDataFolder.plain(folder);
  }

  private Checked repair() {
    return Checked.of(sample, VerifyPlan.Options::repairing);
  }

  /// Everything but our own folder, as it is now.
  private List<String> tree() throws IOException {
    List<String> lines = new ArrayList<>(Tree.lines(folder));
    lines.removeIf(line -> line.contains("/.larder"));
    return lines;
  }

  @Test
  void aTornLineIsCutAndKept() throws IOException {
    List<String> whole = tree();
    Breakage.append(sample.binlog(), "1795333540 C M00/00/00/Ck0eAms");

    Checked repaired = repair();

    assertThat(repaired.repairs())
        .singleElement()
        .asString()
        .startsWith("cut 30 torn bytes off ")
        .contains(KEPT + "/sync/binlog.000@1336");
    assertThat(repaired.summary().repaired()).isEqualTo(1);
    assertThat(repaired.summary().isClean()).isFalse();
    assertThat(sample.ofBase(KEPT + "/sync/binlog.000@1336"))
        .hasContent("1795333540 C M00/00/00/Ck0eAms");
    assertThat(tree()).isEqualTo(whole);
    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @Test
  void aTornLineOfTheTrunkBinlogIsCutToo() {
    SampleDataFolder trunk = SampleDataFolder.trunk(folder.resolve("trunk"));
    Breakage.append(trunk.ofBase("trunk/binlog"), "17953349");

    Checked repaired = Checked.of(trunk, VerifyPlan.Options::repairing);

    assertThat(repaired.lines()).containsExactly("trunk-binlog-torn trunk/binlog@95");
    assertThat(trunk.ofBase("trunk/binlog")).hasSize(95);
    assertThat(trunk.ofBase(KEPT + "/trunk/binlog@95")).hasContent("17953349");
    assertThat(Checked.of(trunk).lines()).isEmpty();
  }

  @Test
  void leftoversThatNobodyWasToldOfAreMovedAside() throws IOException {
    List<String> whole = tree();
    Breakage.write(sample.file(".cp3.tmp"), "half a replica");
    Breakage.write(sample.file(".larder/staging/0-1"), "half an upload");
    Breakage.write(sample.file(NEW_NAME), "an upload that was cut off");
    Breakage.write(sample.file(PLAIN + ".recovery.tmp"), "half a file");

    Checked repaired = repair();

    assertThat(repaired.summary().repaired()).isEqualTo(4);
    assertThat(sample.file(KEPT + "/.cp3.tmp")).hasContent("half a replica");
    assertThat(sample.file(KEPT + "/.larder/staging/0-1")).hasContent("half an upload");
    assertThat(sample.file(KEPT + "/" + NEW_NAME)).hasContent("an upload that was cut off");
    assertThat(sample.file(KEPT + "/" + PLAIN + ".recovery.tmp")).hasContent("half a file");
    assertThat(tree()).isEqualTo(whole);
    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @Test
  void aFileThatFitsItsSizeOrItsCrcStaysWhereItIs() throws IOException {
    Breakage.write(sample.file(NEW_NAME), "x".repeat(14));
    List<String> before = tree();

    Checked repaired = repair();

    assertThat(repaired.lines()).containsExactly("leftover-upload " + NEW_NAME);
    assertThat(repaired.what()).contains("it is not certain, so it stays");
    assertThat(tree()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00/01/Ck0eA2sCnVqAa8LEAAAADg4Qul0555.txt", // of another storage
        "00/01/Ck0eAmsCnVmAa8LEAAAADg4Qul0555.txt", // a second before the log begins
      })
  void aFileThatMayHaveBeenCopiedHereStaysWhereItIs(String name) throws IOException {
    Breakage.write(sample.file(name), "neither size nor CRC fits");
    List<String> before = tree();

    assertThat(repair().what()).contains("it is not certain, so it stays");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void nothingIsMovedWhenALineOfTheLogCannotBeRead() throws IOException {
    Breakage.write(sample.file(NEW_NAME), "an upload that was cut off");
    Breakage.append(sample.binlog(), "1795333540 l \n");
    List<String> before = tree();

    assertThat(repair().summary().repaired()).isZero();
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aFileThatTheLogKnowsIsNeverTouched() throws IOException {
    Breakage.write(sample.file(PLAIN), "neither size nor CRC fits");
    Breakage.append(sample.binlog(), "1795333540 d M00/" + EMPTY + "\n");
    Breakage.delete(sample.file(LINKED));
    List<String> before = tree();

    Checked repaired = repair();

    assertThat(repaired.found()).hasSize(4);
    assertThat(repaired.summary().repaired()).isZero();
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aMissingMarkIsWrittenWhenFilesOfTheLogAreThere() throws IOException {
    List<String> whole = tree();
    Breakage.delete(sample.file(".fastdfs_vars"));

    assertThat(repair().summary().repaired()).isEqualTo(1);
    assertThat(tree()).isEqualTo(whole);
    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @Test
  void anEmptyFolderIsNotMarked() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty/data/00/00")).getParent();
    assertThat(empty).isNotNull();
    Path store = folder.resolve("empty");

    Checked repaired =
        Checked.of(Checked.disk(), VerifyPlan.Options::repairing, sample.base(), store);

    assertThat(repaired.summary().repaired()).isZero();
    assertThat(repaired.repairs()).singleElement().asString().startsWith("not done: ");
    assertThat(store.resolve("data/.fastdfs_vars")).doesNotExist();
  }

  @Test
  void aMarkThatTheIdentityLostIsWrittenAndTheOldIdentityKept() throws IOException {
    List<String> whole = tree();
    Path flag = sample.ofBase(".data_init_flag");
    String old = Breakage.read(flag).replaceAll("store_path_mark0=.*\n", "");
    Breakage.write(flag, old);

    assertThat(repair().summary().repaired()).isEqualTo(1);
    assertThat(tree()).isEqualTo(whole);
    assertThat(sample.ofBase(KEPT + "/.data_init_flag")).hasContent(old);
    assertThat(Checked.of(sample).lines()).isEmpty();
  }

  @Test
  void withoutTheWordNothingIsRepaired() throws IOException {
    Breakage.append(sample.binlog(), "1795333540 C M00/00/00/Ck0eAms");
    Breakage.write(sample.file(".cp3.tmp"), "half a replica");
    String before = Tree.of(folder);

    Checked.of(sample);

    assertThat(Tree.of(folder)).isEqualTo(before);
  }

  @Test
  void anOrderThatCannotBeDoneIsToldAndTheOthersAreDone() throws IOException {
    Breakage.write(sample.file(".cp3.tmp"), "half a replica");
    Breakage.write(sample.file(KEPT + "/.cp3.tmp"), "another one of the same second");
    Breakage.write(sample.file(".cp4.tmp"), "half another");

    Checked repaired = repair();

    assertThat(repaired.repairs()).anyMatch(line -> line.startsWith("not done: move .cp3.tmp"));
    assertThat(repaired.summary().repaired()).isEqualTo(1);
    assertThat(sample.file(KEPT + "/.cp3.tmp")).hasContent("another one of the same second");
    assertThat(sample.file(".cp3.tmp")).hasContent("half a replica");
  }
}
