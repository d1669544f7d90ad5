package io.larder.store.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.platform.DiskException;
import io.larder.platform.MemoryDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LineFileTest {
  private static final Path FOLDER = Path.of("/sync");

  private final MemoryDisk disk = new MemoryDisk();

  private List<String> read(String name, byte[] content, long from) throws IOException {
    disk.put(FOLDER.resolve(name), content);
    List<String> lines = new ArrayList<>();
    try (LineFile file = LineFile.open(disk, disk.openDirectory(FOLDER), name, from)) {
      while (file.next()) {
        String text = file.bytes().toString(StandardCharsets.ISO_8859_1).replace("\n", "");
        String shown = text.length() > 40 ? text.length() + " bytes" : text;
        lines.add(file.offset() + " " + file.length() + (file.isWhole() ? " " : " torn ") + shown);
      }
    }
    return lines;
  }

  private List<String> read(String text) throws IOException {
    return read("log", text.getBytes(StandardCharsets.ISO_8859_1), 0);
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return bytes.toByteArray();
  }

  @Test
  void linesComeWithTheirPlaces() throws IOException {
    assertThat(read("one\n\nthree\n")).containsExactly("0 4 one", "4 1 ", "5 6 three");
  }

  @Test
  void aLastLineWithoutEndIsToldAsSuch() throws IOException {
    assertThat(read("one\ntw")).containsExactly("0 4 one", "4 2 torn tw");
    assertThat(read("")).isEmpty();
  }

  @Test
  void aReaderMayBeginAnywhere() throws IOException {
    byte[] text = "one\ntwo\n".getBytes(StandardCharsets.US_ASCII);

    assertThat(read("log", text, 4)).containsExactly("4 4 two");
    assertThat(read("log", text, 100)).isEmpty();
  }

  @Test
  void aLineLongerThanAnyLogHasIsCutAndTheNextIsFound() throws IOException {
    String garbage = "x".repeat(300_000);

    assertThat(read("one\n" + garbage + "\ntwo\n"))
        .containsExactly("0 4 one", "4 300001 65536 bytes", "300005 4 two");
    assertThat(read(garbage)).containsExactly("0 300000 torn 65536 bytes");
    assertThat(read("x".repeat(LineFile.LINE_BYTES_MAX) + "\ntwo\n"))
        .containsExactly("0 65537 65536 bytes", "65537 4 two");
  }

  @Test
  void manyLinesAreReadThroughOneWindow() throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      String line = "line " + i;
      expected.add(text.length() + " " + (line.length() + 1) + " " + line);
      text.append(line).append('\n');
    }

    assertThat(read(text.toString())).isEqualTo(expected);
    assertThat(read("log.gz", zipped(text.toString()), 0)).isEqualTo(expected);
  }

  @Test
  void compressedFilesAreReadFromAPlaceInTheirText() throws IOException {
    assertThat(read("binlog.000.gz", zipped("one\ntwo\n"), 4)).containsExactly("4 4 two");
  }

  @Test
  void aDamagedCompressedFileIsNamed() throws IOException {
    byte[] damaged = zipped("some text that is long enough to be cut\n".repeat(100));
    byte[] cut = Arrays.copyOf(damaged, damaged.length / 2);

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> read("a.gz", cut, 0));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read("b.gz", "no gzip".getBytes(StandardCharsets.US_ASCII), 0))
        .withMessageContaining("b.gz");
    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> LineFile.open(disk, disk.openDirectory(FOLDER), "missing", 0));
  }

  @Test
  void theFilesOfAFolderAreFoundInBothForms() throws IOException {
    for (String name :
        List.of(
            "binlog.000.gz",
            "binlog.001",
            "binlog.001.gz",
            "binlog.1000",
            "binlog.index",
            "binlog_index.dat",
            "binlog.12",
            "10.0.0.1_23000.mark")) {
      disk.put(FOLDER.resolve(name), new byte[0]);
    }
    int root = disk.openDirectory(Path.of("/"));

    assertThat(BinlogFiles.of(disk, root, "sync"))
        .containsOnly(
            Map.entry(0, "binlog.000.gz"),
            Map.entry(1, "binlog.001"),
            Map.entry(1000, "binlog.1000"));
    assertThat(BinlogFiles.of(disk, root, "nowhere")).isEmpty();
  }
}
