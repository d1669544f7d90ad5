package io.larder.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the files of the pages come from. Reading blocks: a worker thread's call.
sealed interface PageFiles {
  /// The bytes of a file.
  ///
  /// @param name relative name of plain segments, already checked by [WebRoot]
  Optional<byte[]> read(String name) throws IOException;

  /// Whether a file read once can be kept.
  boolean neverChanges();

  /// The copy inside the jar.
  record OnClassPath() implements PageFiles {
    @Override
    public Optional<byte[]> read(String name) throws IOException {
      try (InputStream in = OnClassPath.class.getResourceAsStream("/webroot/" + name)) {
        return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
      }
    }

    @Override
    public boolean neverChanges() {
      return true;
    }
  }

  /// A folder, for those who work on the pages.
  ///
  /// @param root the folder
  record InFolder(Path root) implements PageFiles {
    @Override
    public Optional<byte[]> read(String name) throws IOException {
      Path file = root.resolve(name).normalize();
      boolean inside = file.startsWith(root.normalize()) && Files.isRegularFile(file);
      return inside ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    @Override
    public boolean neverChanges() {
      return false;
    }
  }
}
