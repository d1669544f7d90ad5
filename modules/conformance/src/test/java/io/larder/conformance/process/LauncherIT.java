package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.conformance.rules.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher `larder`, and the layout of the Docker image that it runs in.
@EnabledOnOs(OS.LINUX)
class LauncherIT {
  private static final Path TOP = SourceTree.root();
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  /// What stands in folders that the launcher and Maven look for JDKs in.
  private static final List<String> JDK_FOLDERS =
      List.of("/usr/lib/jvm", "/opt", "/usr/java", "/usr/local/openjdk-25");

  private static final String NOT_THIS_JDK = "17.0.15";

  @TempDir Path folder;

  @Test
  void theLayoutOfTheImageServesFiles() throws IOException {
    Path image = folder.resolve("image");
    Shell.Outcome made =
        Shell.run(List.of(TOP.resolve("docker/layout.sh").toString(), image.toString()));
    assertThat(made.isGood()).as(made.output()).isTrue();
    Path link = Files.createSymbolicLink(folder.resolve("larder"), image.resolve("larder"));
    NodePorts ports = NodePorts.free();
    Map<String, String> environment =
        Map.of("LARDER_JAVA_HOME", JDK.toString(), "LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4");

    for (int start = 0;
        start < 2;
        start++) { // the first one makes the AOT cache, the second uses it
      List<String> line =
          Shell.line(
              List.of(link.toString()), ports.up(folder.resolve("data")).toArray(new String[0]));
      try (LarderProcess node =
              LarderProcess.launch(folder.resolve("node.log"), line, environment)
                  .awaitPort(ports.http());
          Web web = new Web(ports.url())) {
        String id = web.put("a.txt", new byte[] {1, 2, 3});
        assertThat(web.get(id).body()).containsExactly(1, 2, 3);
        assertThat(web.text("/").body()).contains("<html");
        assertThat(node.terminate()).isZero();
        assertThat(node.log()).doesNotContain("note: no AOT cache");
      }
      assertThat(image.resolve("larder.aot")).isNotEmptyFile();
    }
    assertThat(image.resolve("config")).isDirectoryContaining("glob:**storage.conf");
  }

  @Test
  void anOlderJavaIsPassedOver() throws IOException {
    Path old = jdk(NOT_THIS_JDK);
    Map<String, String> onlyOnPath = new HashMap<>();
    onlyOnPath.put("LARDER_JAVA_HOME", "");
    onlyOnPath.put("JAVA_HOME", old.toString());
    onlyOnPath.put("PATH", JDK.resolve("bin") + ":" + System.getenv("PATH"));
    Map<String, String> onlyInJavaHome = new HashMap<>(onlyOnPath);
    onlyInJavaHome.put("JAVA_HOME", JDK.toString());
    onlyInJavaHome.put("PATH", old.resolve("bin") + ":" + System.getenv("PATH"));

    for (Map<String, String> environment : List.of(onlyOnPath, onlyInJavaHome)) {
      Shell.Outcome version = Shell.run(List.of(layout() + "/larder", "--version"), environment);

      assertThat(version.output()).contains("larder", "25.");
      assertThat(version.exitCode()).isZero();
    }
  }

  @Test
  void withoutAFittingJdkItSaysWhatIsMissing() throws IOException {
    Path old = jdk(NOT_THIS_JDK);
    Map<String, String> environment =
        Map.of(
            "LARDER_JAVA_HOME",
            "",
            "JAVA_HOME",
            old.toString(),
            "HOME",
            folder.toString(),
            "PATH",
            old.resolve("bin") + ":/usr/bin:/bin");

    Shell.Outcome none = Shell.run(withoutJdks("", layout() + "/larder", "up"), environment);

    assertThat(none.exitCode()).as(none.output()).isEqualTo(69);
    assertThat(none.output())
        .contains("no JDK 25 found", "Remedy: install a JDK 25", "LARDER_JAVA_HOME")
        .doesNotContain("OLD JAVA WAS RUN");
  }

  /// Maven itself runs on any Java from 17; it must not need more to say what is missing.
  @Test
  void mavenNamesTheMissingJdkToo() throws IOException {
    Optional<Path> other = anotherJava();
    assumeTrue(other.isPresent(), "no Java but that of these tests is installed to run Maven on");
    Path place = Files.createDirectory(folder.resolve("java"));
    String keep = "mount --bind '" + other.orElseThrow() + "' '" + place + "' && ";
    Map<String, String> environment =
        Map.of("JAVA_HOME", place.toString(), "LARDER_JAVA_HOME", "", "MAVEN_OPTS", "");

    Shell.Outcome build =
        Shell.run(
            withoutJdks(keep, "mvn", "-o", "-q", "-B", "-N", "-f", TOP.toString(), "validate"),
            environment);

    assertThat(build.isGood()).as(build.output()).isFalse();
    assertThat(build.output()).contains("needs a JDK 25 - remedy: install one");
  }

  @Test
  void aCheckoutWithoutMavenSaysSo() throws IOException {
    Path checkout = checkout();
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool :
        List.of("bash", "env", "dirname", "readlink", "sed", "find", "mkdir", "printf", "cat")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }

    Shell.Outcome none =
        Shell.run(
            List.of(checkout.resolve("larder").toString(), "up"),
            Map.of("PATH", tools.toString(), "LARDER_JAVA_HOME", JDK.toString()));

    assertThat(none.exitCode()).as(none.output()).isEqualTo(69);
    assertThat(none.output()).contains("Maven (mvn) is not on the PATH", "Remedy: install Maven");
  }

  @Test
  void aBuildThatFailsShowsItsEnd() throws IOException {
    Path checkout = checkout();
    Path tools = maven("echo 'the compiler is unhappy'; exit 1");

    Shell.Outcome failed =
        Shell.run(List.of(checkout.resolve("larder").toString(), "up"), with(tools));

    assertThat(failed.exitCode()).as(failed.output()).isEqualTo(70);
    assertThat(failed.output())
        .contains("building the distribution", "the compiler is unhappy", "larder-build.log");
  }

  @Test
  void whatIsNewerThanTheDistributionIsBuiltAgain() throws IOException {
    Path checkout = checkout();
    Path dist = Files.createDirectories(checkout.resolve("modules/server/target/larder"));
    Files.createSymbolicLink(dist.resolve("lib"), TOP.resolve("modules/server/target/larder/lib"));
    Path tools = maven("exit 0");
    Map<String, String> environment = with(tools);
    List<String> version = List.of(checkout.resolve("larder").toString(), "--version");

    Shell.Outcome first = Shell.run(version, environment);
    Shell.Outcome second = Shell.run(version, environment);
    Files.setLastModifiedTime(
        checkout.resolve("pom.xml"),
        FileTime.fromMillis(Files.getLastModifiedTime(dist.resolve("built")).toMillis() + 60_000));
    Shell.Outcome third = Shell.run(version, environment);

    assertThat(first.output()).contains("building the distribution", "larder");
    assertThat(second.output()).doesNotContain("building").contains("larder");
    assertThat(third.output()).contains("building the distribution");
  }

  /// The distribution as an image has it, without its start being recorded.
  private Path layout() throws IOException {
    Path image = folder.resolve("image");
    if (!Files.exists(image)) {
      Files.createDirectory(image);
      Files.createSymbolicLink(
          image.resolve("lib"), TOP.resolve("modules/server/target/larder/lib"));
      Files.copy(TOP.resolve("larder"), image.resolve("larder"));
      Files.createFile(image.resolve("no-aot"));
    }
    return image;
  }

  /// The few files of a checkout that the launcher looks at, without a build.
  private Path checkout() throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("checkout"));
    for (String name : List.of("larder", "pom.xml")) {
      Files.copy(TOP.resolve(name), checkout.resolve(name));
    }
    Files.createDirectories(checkout.resolve("modules/server/src/main"));
    Files.createDirectories(checkout.resolve("webroot"));
    return checkout;
  }

  /// A folder with a Maven that does this.
  private Path maven(String script) throws IOException {
    return executable(Files.createDirectory(folder.resolve("tools")).resolve("mvn"), script)
        .getParent();
  }

  private static Map<String, String> with(Path tools) {
    return Map.of(
        "PATH", tools + ":/usr/bin:/bin", "LARDER_JAVA_HOME", JDK.toString(), "LARDER_AOT", "off");
  }

  /// A folder that looks like a JDK of a version.
  private Path jdk(String version) throws IOException {
    Path home = folder.resolve("jdk-" + version);
    if (!Files.exists(home)) {
      Files.createDirectories(home.resolve("bin"));
      Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
      executable(home.resolve("bin/java"), "echo OLD JAVA WAS RUN; exit 1");
    }
    return home;
  }

  private static Path executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// A command where the usual folders of JDKs are empty.
  private static List<String> withoutJdks(String first, String... command) {
    StringBuilder script = new StringBuilder(first);
    for (String each : JDK_FOLDERS) {
      if (Files.isDirectory(Path.of(each))) {
        script.append("mount -t tmpfs tmpfs ").append(each).append(" && ");
      }
    }
    script.append("exec \"$@\"");
    List<String> shell = Shell.line(MountNamespace.enter(), "sh", "-c", script.toString(), "sh");
    return Shell.line(shell, command);
  }

  /// A Java on this machine that Larder is not built with.
  private static Optional<Path> anotherJava() throws IOException {
    try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
      return homes
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> isOther(home.resolve("release")))
          .findFirst();
    }
  }

  private static boolean isOther(Path release) {
    try {
      String text = Files.readString(release);
      return text.contains("JAVA_VERSION=\"17") || text.contains("JAVA_VERSION=\"21");
    } catch (IOException e) {
      return false;
    }
  }
}
