package io.larder.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// What the compiler does not check: sizes, package paragraphs, marks of unfinished work.
class TidyTest {
  private static final int FILE_LINES_MAX = 400;
  private static final int METHOD_LINES_MAX = 50;

  @Test
  void thereAreSourcesToLookAt() {
    assertThat(SourceTree.javaFiles("main")).hasSizeGreaterThan(100);
    assertThat(SourceTree.javaFiles("test")).hasSizeGreaterThan(50);
  }

  @Test
  void noFileIsOverItsSize() {
    List<String> over = new ArrayList<>();
    for (Path file : allJava()) {
      long lines = SourceTree.read(file).lines().count();
      if (lines > FILE_LINES_MAX) {
        over.add(SourceTree.shown(file) + ": " + lines + " lines");
      }
    }

    assertThat(over).as("files over %s lines", FILE_LINES_MAX).isEmpty();
  }

  @Test
  void noMethodOfMainCodeIsOverItsSize() throws IOException {
    List<String> over = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  d -> {},
                  List.of(),
                  null,
                  files.getJavaFileObjectsFromPaths(SourceTree.javaFiles("main")));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        unit.accept(new LongMethods(unit, positions, over), null);
      }
    }

    assertThat(over).as("methods over %s lines", METHOD_LINES_MAX).isEmpty();
  }

  @Test
  void everyPackageSaysWhatLivesThereAndIsNullMarked() {
    Set<Path> packages =
        SourceTree.javaFiles("main").stream().map(Path::getParent).collect(Collectors.toSet());
    List<String> without = new ArrayList<>();
    for (Path folder : packages) {
      Path info = folder.resolve("package-info.java");
      String text = Files.exists(info) ? SourceTree.read(info) : "";
      boolean paragraph =
          text.lines().filter(l -> l.startsWith("/// ")).mapToInt(String::length).sum() > 60;
      if (!text.contains("@NullMarked") || !paragraph) {
        without.add(SourceTree.shown(folder));
      }
    }

    assertThat(without).as("packages without @NullMarked and a paragraph").isEmpty();
  }

  @Test
  void nothingIsMarkedUnfinishedOrSwitchedOff() {
    List<String> marks = new ArrayList<>();
    for (Path file : allJava()) {
      if (file.endsWith("TidyTest.java")) {
        continue;
      }
      String text = SourceTree.read(file);
      for (String mark : List.of("TODO", "FIXME", "XXX ", "@Disabled", "printStackTrace(")) {
        if (text.contains(mark)) {
          marks.add(SourceTree.shown(file) + ": " + mark);
        }
      }
    }

    assertThat(marks).isEmpty();
  }

  private static List<Path> allJava() {
    return Stream.concat(
            SourceTree.javaFiles("main").stream(), SourceTree.javaFiles("test").stream())
        .toList();
  }

  private static final class LongMethods extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> over;

    LongMethods(CompilationUnitTree unit, SourcePositions positions, List<String> over) {
      this.unit = unit;
      this.positions = positions;
      this.over = over;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      LineMap lines = unit.getLineMap();
      long from = positions.getStartPosition(unit, method);
      long to = positions.getEndPosition(unit, method);
      if (from >= 0 && to >= 0) {
        long length = lines.getLineNumber(to) - lines.getLineNumber(from) + 1;
        if (length > METHOD_LINES_MAX) {
          Path file = Path.of(unit.getSourceFile().toUri());
          over.add(SourceTree.shown(file) + " " + method.getName() + ": " + length + " lines");
        }
      }
      return super.visitMethod(method, null);
    }
  }
}
