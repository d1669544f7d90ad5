package io.larder.conformance.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The sources of the whole project as the tidy rules read them.
public final class SourceTree {
  private SourceTree() {}

  /// The top folder of the checkout, found upwards from the folder the test runs in.
  public static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null) {
      if (Files.isDirectory(at.resolve("modules")) && Files.isRegularFile(at.resolve("pom.xml"))) {
        return at;
      }
      at = at.getParent();
    }
    throw new IllegalStateException("no checkout above " + Path.of("").toAbsolutePath());
  }

  /// Every Java file of the given part (`main` or `test`) of all modules.
  static List<Path> javaFiles(String part) {
    try (Stream<Path> all = Files.walk(root().resolve("modules"))) {
      String inside = "/src/" + part + "/java/";
      return all.filter(p -> p.toString().endsWith(".java"))
          .filter(p -> p.toString().contains(inside))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String shown(Path file) {
    return root().relativize(file).toString();
  }
}
