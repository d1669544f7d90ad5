package io.larder.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents say of each other and of the tests is so.
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?://)([^)#\\s]+)[^)]*\\)");

  /// A test or a suite named in a text.
  private static final Pattern TEST =
      Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT|Properties|Simulation|Contract))`");

  private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\\n(.*?)```");

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> dead = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : found(LINK, document)) {
        Path target = document.resolveSibling(link).normalize();
        if (!Files.exists(target)) {
          dead.add(SourceTree.shown(document) + ": " + link);
        }
      }
    }

    assertThat(dead).isEmpty();
  }

  @Test
  void everyTestThatIsNamedIsThere() {
    Set<String> tests =
        SourceTree.javaFiles("test").stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      for (String test : found(TEST, document)) {
        if (!tests.contains(test)) {
          missing.add(SourceTree.shown(document) + ": " + test);
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void bothLanguagesOfTheFirstPageHaveTheSameCommands() {
    assertThat(commands("README.zh-CN.md")).isNotEmpty().isEqualTo(commands("README.md"));
  }

  private static List<String> commands(String document) {
    return found(COMMANDS, SourceTree.root().resolve(document)).stream()
        .flatMap(String::lines)
        .map(line -> line.replaceFirst("\\s+#.*", ""))
        .toList();
  }

  private static List<Path> documents() {
    Path top = SourceTree.root();
    try (Stream<Path> ofTop = Files.list(top);
        Stream<Path> ofDocs = Files.walk(top.resolve("docs"))) {
      return Stream.concat(ofTop, ofDocs).filter(path -> path.toString().endsWith(".md")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> found(Pattern pattern, Path document) {
    return pattern
        .matcher(SourceTree.read(document))
        .results()
        .map((MatchResult each) -> each.group(1))
        .toList();
  }
}
