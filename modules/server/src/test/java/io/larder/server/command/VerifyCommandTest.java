package io.larder.server.command;

import static io.larder.protocol.sample.SampleDataFolder.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import io.larder.platform.LockFile;
import io.larder.protocol.sample.SampleDataFolder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  @TempDir Path folder;

  private SampleDataFolder sample;

  @BeforeEach
  void makeSample() {
    sample = SampleDataFolder.plain(folder);
  }

  private Cli verify(Object... more) {
    Object[] words = new Object[more.length + 3];
    words[0] = "verify";
    words[1] = sample.base();
    words[2] = sample.store();
    System.arraycopy(more, 0, words, 3, more.length);
    return Cli.run(words);
  }

  private void breakPlain() throws IOException {
    Files.writeString(sample.file(PLAIN), "HELLO WORLD");
  }

  @Test
  void aCleanDirectoryEndsWithZeroAndItsSums() {
    Cli run = verify();

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(3);
    assertThat(run.lines().get(1))
        .isEqualTo("compared by size and CRC32: 5, by size alone: 0, not at all: 1 link");
    assertThat(run.lines().get(2)).isEqualTo("0 errors, 0 warnings, 0 notes");
  }

  @Test
  void aFindingIsOneLineWithTheRemedyAndEndsWithOne() throws IOException {
    breakPlain();

    Cli run = verify();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lines().getFirst())
        .startsWith("error crc-differs " + sample.file(PLAIN) + ": CRC32 of the content is ")
        .contains(". Remedy: ");
    assertThat(run.lines().getLast()).isEqualTo("1 errors, 0 warnings, 0 notes");
  }

  @Test
  void notesAloneEndWithZero() throws IOException {
    Files.writeString(sample.ofBase("fdfs_storaged.pid"), "4194304");

    Cli run = verify();

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines().getFirst()).startsWith("note process-id-left ");
  }

  @Test
  void programsGetOneObjectPerLine() throws IOException {
    breakPlain();
    Files.writeString(sample.file(".cp1.tmp"), "x");

    List<JsonObject> rows =
        verify("--json", "--repair").lines().stream().map(JsonObject::new).toList();

    assertThat(rows).hasSize(4);
    assertThat(rows.get(0).getString("check")).isEqualTo("leftover");
    assertThat(rows.get(1).fieldNames())
        .containsExactly("severity", "check", "path", "what", "remedy");
    assertThat(rows.get(2).getString("repair")).startsWith("move ");
    JsonObject summary = rows.get(3);
    assertThat(summary.getBoolean("summary")).isTrue();
    assertThat(summary.getJsonObject("findings"))
        .isEqualTo(new JsonObject().put("crc-differs", 1).put("leftover", 1));
    assertThat(summary.getLong("repaired")).isEqualTo(1);
    assertThat(summary.getLong("files")).isEqualTo(6);
  }

  @Test
  void theFoldersMayBeNamedByTheConf() throws IOException {
    Path conf = folder.resolve("storage.conf");
    Files.writeString(
        conf,
        """
        group_name = group1
        base_path = %s
        store_path_count = 1
        store_path0 = %s
        subdir_count_per_path = 8
        tracker_server = 10.0.0.1:22122
        """
            .formatted(sample.base(), sample.store()));

    Cli run = Cli.run("verify", conf);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lines().getFirst())
        .startsWith("warning directories-missing ")
        .contains("48 of 8 x 8 are missing, the first is 00/04");
  }

  @Test
  void whatCannotBeCheckedSaysWhyByItsExitCode() throws IOException {
    assertThat(Cli.run("verify", folder.resolve("nowhere")).exitCode())
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(Cli.run("verify").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(verify("--repair", "--read-only").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(verify("--scratch", folder.resolve("nowhere")).exitCode())
        .isEqualTo(ExitCode.UNAVAILABLE);

    Path conf = folder.resolve("broken.conf");
    Files.writeString(conf, "base_path\n");
    assertThat(Cli.run("verify", conf).exitCode()).isEqualTo(ExitCode.CONFIG);
  }

  @Test
  void aFolderThatIsHeldIsRefusedAndSaysByWhom() throws IOException {
    Files.createDirectories(sample.ofBase(".larder"));
    Disk disk = Disks.choose(Disks.Form.BEST).disk();
    int data = disk.openDirectory(sample.ofBase("."));
    try (LockFile _ =
        LockFile.take(disk, data, ".larder/base.lock", sample.ofBase(".larder/base.lock"))) {
      Cli run = verify();

      assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains("base.lock is held by a running node (process ", "Remedy", "--read-only");
      assertThat(verify("--no-lock").exitCode()).isZero();
    }
    disk.close(data);
    assertThat(verify().exitCode()).isZero();
  }

  @Test
  void aQuickPassAndALimitAreUnderstood() throws IOException {
    breakPlain();
    for (int i = 0; i < 5; i++) {
      Files.writeString(sample.file("00/00/stranger" + i), "x");
    }

    Cli run = verify("--sizes-only", "--limit", "2", "--throttle", "100");

    assertThat(run.lines().stream().filter(line -> line.startsWith("warning stranger ")))
        .hasSize(2);
    assertThat(run.lines()).contains("3 more of stranger are not listed (--limit)");
    assertThat(run.lines()).noneMatch(line -> line.contains("crc-differs"));
  }

  @Test
  void itHasHelp() {
    Cli run = Cli.run("verify", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: larder verify", "--repair", "--read-only", "--throttle");
    assertThat(Cli.run("--help").out()).contains("  dump ", "  verify ");
  }
}
