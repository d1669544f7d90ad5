package io.larder.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The contract on files of this machine, looked at by the JDK.
abstract class RealDiskContract extends DiskContract {
  @TempDir Path folder;

  @Override
  Path folder() {
    return folder;
  }

  @Override
  String content(String name) {
    try {
      return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
