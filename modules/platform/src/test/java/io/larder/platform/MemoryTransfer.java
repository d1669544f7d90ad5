package io.larder.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Copies between a [MemoryDisk] and this machine: folders, files with their times, symbolic links as they are.
final class MemoryTransfer {
  private final MemoryFixtures fixtures;

  MemoryTransfer(MemoryFixtures fixtures) {
    this.fixtures = fixtures;
  }

  void in(Path real, Path into) {
    try {
      if (Files.isSymbolicLink(real)) {
        fixtures.putLink(into, PathNames.bytesOf(Files.readSymbolicLink(real).toString()));
      } else if (Files.isDirectory(real)) {
        fixtures.makeDirectories(into);
        for (Path below : entries(real)) {
          in(below, into.resolve(below.getFileName()));
        }
      } else {
        long time = Files.getLastModifiedTime(real).to(TimeUnit.SECONDS);
        fixtures.put(into, Files.readAllBytes(real), time);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  void out(Path from, Path real) {
    out(fixtures.node(from), from, real);
  }

  private void out(MemoryNode node, Path from, Path real) {
    try {
      switch (node) {
        case MemoryLink link ->
            Files.createSymbolicLink(real, Path.of(MemoryFixtures.textOf(link.target())));
        case MemoryFile file -> {
          Files.write(real, fixtures.content(from));
          Files.setLastModifiedTime(real, FileTime.from(file.time, TimeUnit.SECONDS));
        }
        case MemoryDirectory directory -> {
          Files.createDirectories(real);
          directory
              .entries()
              .forEach((name, below) -> {
                String text = MemoryFixtures.textOf(name);
                out(below, from.resolve(text), real.resolve(text));
              });
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
