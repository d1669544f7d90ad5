package io.larder.server.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A binlog that grows while it is shown.
class BinlogFollowTest {
  @TempDir Path folder;

  private static String line(int number) {
    return String.format(
        Locale.ROOT, "1795333466 C M00/00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0%03d.txt\n", number);
  }

  private void append(String file, String text) {
    try {
      Files.writeString(
          folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> follow(Path path, Runnable... steps) throws IOException {
    Queue<Runnable> left = new ArrayDeque<>(List.of(steps));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.ISO_8859_1);
    BinlogFilter all = new BinlogFilter("", "", OptionalLong.empty(), OptionalLong.empty(), false);
    Disk disk = Disks.choose(Disks.Form.BEST).disk();
    new BinlogDump(disk, all, new DumpOutput(out, false))
        .dump(
            path,
            Optional.empty(),
            Optional.of(() -> {
              Runnable next = left.poll();
              if (next != null) {
                next.run();
              }
              return next != null;
            }));
    return bytes
        .toString(StandardCharsets.ISO_8859_1)
        .lines()
        .map(l -> l.replaceAll(" .*0(\\d\\d\\d).txt", " $1"))
        .toList();
  }

  @Test
  void whatIsAddedIsShownOnceAndWhole() throws IOException {
    append("binlog.000", line(1));
    String half = line(2).substring(0, 20);

    assertThat(
            follow(
                folder.resolve("binlog.000"),
                () -> append("binlog.000", half),
                () -> append("binlog.000", line(2).substring(20)),
                () -> {},
                () -> append("binlog.000", line(3))))
        .containsExactly("binlog.000:0 001", "binlog.000:58 002", "binlog.000:116 003");
  }

  @Test
  void theNextFileIsFollowedWhenItIsBegun() throws IOException {
    append("binlog.000", line(1));

    assertThat(
            follow(
                folder,
                () -> append("binlog.000", line(2)),
                () -> append("binlog.001", line(3)),
                () -> append("binlog.001", line(4))))
        .containsExactly(
            "binlog.000:0 001", "binlog.000:58 002", "binlog.001:0 003", "binlog.001:58 004");
  }
}
