package io.larder.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Expected output, one file per command, kept with the tests. `-Dlarder.golden=DIR` writes what is printed there, to be
/// looked at and kept when the output is meant to change.
final class Golden {
  private Golden() {}

  /// Compares an output with the file of a name.
  ///
  /// @param folder the test's own folder, which stands as `FOLDER` in the file
  static void check(String name, Path folder, String output) {
    String shown = output.replace(folder.toString(), "FOLDER");
    String directory = System.getProperty("larder.golden", "");
    if (!directory.isEmpty()) {
      write(Path.of(directory).resolve(name), shown);
    }
    assertThat(shown).isEqualTo(read(name));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
