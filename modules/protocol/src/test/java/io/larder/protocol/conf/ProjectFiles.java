package io.larder.protocol.conf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of the repository outside this module, which tests hold against the code.
final class ProjectFiles {
  private ProjectFiles() {}

  static String read(String name) {
    Path root = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    while (!Files.exists(root.resolve(name)) && root.getParent() != null) {
      root = root.getParent();
    }
    try {
      return Files.readString(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
