package io.larder.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.sample.SampleDataFolder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `larder dump` on files that C storages wrote.
class DumpCommandTest {
  private static final String TRUNK_ID =
      "group1/M00/00/00/Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333.bin";

  @TempDir Path folder;

  private Path sample(String resource) throws IOException {
    Path file = folder.resolve(resource);
    Path above = file.getParent();
    try (InputStream in = getClass().getResourceAsStream("/sample-datadir/" + resource)) {
      if (in == null || above == null) {
        throw new IllegalArgumentException(resource);
      }
      Files.createDirectories(above);
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private void golden(String name, Object... words) {
    Cli run = Cli.run(words);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    Golden.check(name, folder, run.out());
  }

  // ---- binlog

  @Test
  void aBinlogIsShownRecordByRecord() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);

    golden("binlog.txt", "dump", "binlog", sample.base());
    golden("binlog.json", "dump", "binlog", "--json", sample.binlog());
  }

  @Test
  void brokenLinesAreShownWithTheReason() throws IOException {
    golden("binlog-broken.txt", "dump", "binlog", sample("plain-peer/base/data/sync/binlog.000"));
    golden(
        "binlog-broken-only.json",
        "dump",
        "binlog",
        "--json",
        "--broken",
        sample("broken-binlog/source-with-slave-link.binlog"));
  }

  @Test
  void aCompressedBinlogIsShownLikeAnother() throws IOException {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    String plain = Cli.run("dump", "binlog", sample.binlog()).out();
    Path zipped = sample.ofBase("sync/binlog.000.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(Files.readAllBytes(sample.binlog()));
    }
    Files.delete(sample.binlog());

    String shown = Cli.run("dump", "binlog", sample.base()).out();
    assertThat(shown.replace(".gz", "").replace(" ", "")).isEqualTo(plain.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "--op=L, 1",
    "--op=c, 1",
    "--op=CD, 14",
    "--name=317.log, 5",
    "--since=2026-11-22T07:45:30, 3",
    "--since=1795333530|--until=1795333532, 2",
    "--until=2026-11-22 07:44:26, 1",
    "--until=2026-11-22T08:44:26+01:00, 1",
    "--since=2026-11-23, 0",
    "--broken, 0",
    "--from=1278, 1",
    "--from=0:1278, 1",
    "--from=binlog.000:1336, 0",
  })
  void onlyWhatIsAskedForIsShown(String options, int count) {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    List<Object> words = new ArrayList<>(List.of("dump", "binlog", sample.base()));
    words.addAll(List.of(options.split("\\|", -1)));

    Cli run = Cli.run(words.toArray());

    assertThat(run.err()).isEmpty();
    assertThat(run.lines()).hasSize(count);
  }

  @Test
  void aPlaceInsideALineIsMovedToTheNext() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);

    assertThat(Cli.run("dump", "binlog", "--from", 1200, sample.binlog()).lines())
        .hasSize(2)
        .first()
        .isEqualTo("binlog.000:1200 lies inside a line; the next begins at 1278");
  }

  @Test
  void aTornLastLineIsShown() throws IOException {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Files.writeString(sample.binlog(), "17953", StandardOpenOption.APPEND);

    assertThat(Cli.run("dump", "binlog", sample.binlog()).lines())
        .last()
        .isEqualTo("binlog.000:1336    broken: the last line has no end [17953]");
  }

  // ---- trunk

  @Test
  void aTrunkFileIsShownSlotBySlot() {
    SampleDataFolder sample = SampleDataFolder.trunk(folder);
    Path trunk = sample.file(SampleDataFolder.TRUNK_FILE);

    golden("trunk.txt", "dump", "trunk", "--check", trunk);
    golden(
        "trunk-free.json",
        "dump",
        "trunk",
        "--json",
        "--free",
        sample.ofBase("trunk/binlog"),
        trunk);
  }

  @Test
  void contentThatDoesNotFitIsShownAndChangesTheExitCode() throws IOException {
    SampleDataFolder sample = SampleDataFolder.trunk(folder);
    Path trunk = sample.file(SampleDataFolder.TRUNK_FILE);
    try (var channel = FileChannel.open(trunk, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {'X'}), 30);
    }

    Cli run = Cli.run("dump", "trunk", "--check", trunk);

    assertThat(run.exitCode()).isEqualTo(65);
    assertThat(run.lines()).first().asString().contains("does NOT fit");
    assertThat(run.lines()).last().asString().endsWith("1 do not fit their CRC32");
  }

  @Test
  void theLogsOfTrunkFilesAreShownByWhatTheyLeaveFree() throws IOException {
    golden(
        "trunk-binlog.txt",
        "dump",
        "trunk",
        "--lines",
        sample("trunk-peer/base/data/trunk-binlog-before-compaction"));
    golden("trunk-snapshot.txt", "dump", "trunk", sample("trunk/base/data/storage_trunk.dat"));
    golden(
        "trunk-snapshot.json",
        "dump",
        "trunk",
        "--json",
        sample("trunk/base/data/storage_trunk.dat"));
  }

  @Test
  void blocksThatOverlapOrComeTwiceAreShown() throws IOException {
    Path log = folder.resolve("binlog");
    Files.writeString(
        log,
        "1 A 0 0 0 1 0 512\n1 A 0 0 0 1 256 512\n1 A 0 0 0 1 0 512\n1 D 0 0 0 9 0 64\nbroken\n");

    assertThat(Cli.run("dump", "trunk", log).lines())
        .containsExactly(
            "free  M00/00/00/000001  offset 0           512 bytes",
            "free  M00/00/00/000001  offset 256         512 bytes  OVERLAPS the block before it",
            "5 lines, 1 broken; 2 free blocks, 1024 bytes, the largest 512; 1 overlap; 1 freed twice,"
                + " 1 taken that were not free");
  }

  // ---- file ids

  @Test
  void fileIdsTellEverythingThatIsInThem() {
    golden(
        "fileid.txt",
        "dump",
        "fileid",
        TRUNK_ID,
        "M00/00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0109.txt",
        "/group1/M00/00/00/Ck0eAmsCnVuEJyJEAAAAAKaEx8Y317.log",
        "M00/00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0109_big.txt",
        TRUNK_ID + "-m",
        "00/00/oYYBAGsCnVqAa8LEAAAADg4Qul0109.txt");
    golden("fileid.json", "dump", "fileid", "--json", TRUNK_ID);
  }

  @Test
  void wrongFileIdsTellWhatIsWrong() {
    Cli run =
        Cli.run(
            "dump",
            "fileid",
            "group1/M00/00/00/+k0eAmsCnVqAa8LEAAAADg4Qul0109.txt",
            "M00/00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0109.tx",
            "group-1/M00/00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0109.txt",
            "nonsense");

    assertThat(run.exitCode()).isEqualTo(65);
    Golden.check("fileid-wrong.txt", folder, run.out());
  }

  @Test
  void fileIdsAreTakenFromStandardInput() {
    Cli run = Cli.runWithInput(TRUNK_ID + "\n\n" + TRUNK_ID + "\n", "dump", "fileid", "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(2);
    assertThat(new JsonObject(run.lines().getFirst()).getString("trunkFile"))
        .isEqualTo("00/00/000001");
  }

  // ---- marks and small files

  @Test
  void marksAreShownOneByOneOrOfAWholeFolder() throws IOException {
    for (String peer : new String[] {"10.77.30.3_23000", "10.77.30.4_23000"}) {
      sample("trunk/base/data/sync/" + peer + ".mark");
      sample("trunk/base/data/trunk/" + peer + ".mark");
    }

    golden("marks.txt", "dump", "mark", folder.resolve("trunk/base"));
    golden(
        "mark.json",
        "dump",
        "mark",
        "--json",
        folder.resolve("trunk/base/data/sync/10.77.30.3_23000.mark"));
  }

  @Test
  void smallFilesAreShownDecoded() throws IOException {
    SampleDataFolder sample = SampleDataFolder.trunk(folder);
    golden("vars-base.txt", "dump", "vars", sample.base());
    golden("vars-store.json", "dump", "vars", "--json", sample.store());

    Files.createDirectories(sample.ofBase(".larder/intents"));
    Files.writeString(sample.ofBase(".larder/checkpoint"), "0 58\nslots 0 0 116\n");
    Files.writeString(sample.ofBase(".larder/path-modes"), "0 drained\n");
    Files.writeString(
        sample.ofBase(".larder/trunk-lots"),
        "larder-trunk-lots 1 1795334900\nL 0 0 0 1 1792 256\nF 0 0 0 2 0 64\n");
    Files.write(sample.ofBase(".larder/intents/0.a"), new byte[0]);
    Files.writeString(
        sample.ofBase(".larder/scrub"),
        """
        larder-scrub 1
        pass 1795334900 0A/FF 12 3456 1 Ck0eAmsCnZ-AKei3AAAAC1FC64w697.txt
        last 1795300000 1795334000 100 20000 0
        """);
    Files.writeString(
        sample.ofBase(".larder/suspects"),
        """
        larder-suspects 1 3
        1795334000 1795334900 crc file 0badcafe M00/00/00/Ck0eAmsCnZ-AKei3AAAAC1FC64w697.txt
        """);
    golden("vars-own.txt", "dump", "vars", sample.base());
  }

  @Test
  void filesThatAreNotWholeSayWhatIsMissing() throws IOException {
    Path flag = folder.resolve(".data_init_flag");
    Files.writeString(flag, "storage_join_time=1795333399\nsync_old_done=1\n");

    assertThat(Cli.run("dump", "vars", flag).lines())
        .contains("  wrong = sync_src_server: missing");
  }

  // ---- the wrong file, no file, no reader

  @ParameterizedTest
  @CsvSource({
    "mark, sync/binlog.000, 'is not a mark file; it seems to be a sync binlog', larder dump binlog",
    "binlog, trunk/binlog, 'is not a sync binlog; it seems to be a trunk binlog', larder dump trunk",
    "binlog, storage_trunk.dat, 'it seems to be a snapshot of free trunk blocks', larder dump trunk",
    "trunk, storage_stat.dat, 'it seems to be the counters of a storage', larder dump vars",
    "vars, sync/binlog.000, 'it seems to be a sync binlog', larder dump binlog",
    "vars, trunk/binlog, 'it seems to be a trunk binlog', larder dump trunk",
    "mark, .data_init_flag, 'it seems to be the identity of a storage', larder dump vars",
  })
  void aFileThatIsAnotherIsToldWithTheRightCommand(
      String dump, String file, String said, String remedy) {
    SampleDataFolder sample = SampleDataFolder.trunk(folder);

    Cli run = Cli.run("dump", dump, sample.ofBase(file));

    assertThat(run.exitCode()).isEqualTo(65);
    assertThat(run.err()).contains(said, remedy, sample.ofBase(file).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"binlog", "trunk", "mark", "vars"})
  void aFileThatIsNotThereIsTold(String dump) {
    Cli run = Cli.run("dump", dump, folder.resolve("nowhere/nothing"));

    assertThat(run.exitCode()).isEqualTo(69);
    assertThat(run.err()).contains("nothing: no such file or directory", "Remedy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"binlog", "trunk", "mark", "vars"})
  void aFolderWithoutAnythingToShowIsTold(String dump) {
    Cli run = Cli.run("dump", dump, folder);

    assertThat(run.exitCode()).isEqualTo(65);
    assertThat(run.err()).contains(folder.toString(), "Remedy");
  }

  @Test
  void aReaderThatStopsReadingIsNoError() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);

    Cli run = Cli.runUnread("dump", "binlog", sample.binlog());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "binlog", "trunk", "fileid", "mark", "vars"})
  void everyDumpHasHelp(String dump) {
    Cli run = dump.isEmpty() ? Cli.run("dump", "--help") : Cli.run("dump", dump, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: larder dump " + dump);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--since=yesterday", "--from=here", "--from=1:x"})
  void wrongWordsSayWhatIsRight(String option) {
    Cli run = Cli.run("dump", "binlog", option, folder);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).containsAnyOf("2026-01-31", "FILE:OFFSET");
  }
}
