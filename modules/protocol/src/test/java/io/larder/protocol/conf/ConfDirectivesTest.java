package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfDirectivesTest {
  private static ConfFile read(String text) {
    return ConfFile.read(ConfTexts.of("t.conf", text), "t.conf");
  }

  private static List<String> values(ConfFile file, String key) {
    return file.items("", key).stream().map(ConfItem::value).toList();
  }

  private static List<String> warnings(ConfFile file) {
    return file.warnings().stream().map(ConfProblem::toString).toList();
  }

  @Test
  void aChoiceByLocalAddressTakesOneBranch() {
    ConfFile file =
        read(
            """
            #@if %{LOCAL_IP} in [172.16.0.1, 10.0.0.0/22]
            port = 1
            #@else
            port = 2
            #@endif
            #@if %{LOCAL_IP} in [10.0.4.0/22]
            other = 1
            #@else
            other = 2
            #@endif
            """);

    assertThat(values(file, "port")).containsExactly("1");
    assertThat(values(file, "other")).containsExactly("2");
    assertThat(file.items("", "other").getFirst().at().line()).isEqualTo(9);
  }

  @Test
  void aChoiceByHostNameIsExact() {
    ConfFile file =
        read(
            "#@if %{LOCAL_HOST} in [store1]\na=1\n#@endif\n#@if %{LOCAL_HOST} in [Store1]\nb=1\n#@endif\n");

    assertThat(values(file, "a")).containsExactly("1");
    assertThat(values(file, "b")).isEmpty();
  }

  @Test
  void aChoiceBySetVariableSeesTheLinesBeforeIt() {
    ConfFile file =
        read(
            """
            #@set SITE = north
            #@if %{SITE} in [north, west]
            #@set RACK = %{SITE}-1
            a = 1
            #@endif
            #@if %{RACK} in [north-1]
            b = 1
            #@endif
            """);

    assertThat(values(file, "a")).containsExactly("1");
    assertThat(values(file, "b")).containsExactly("1");
    assertThat(file.warnings()).isEmpty();
  }

  @Test
  void anUnknownVariableAndAMalformedChoiceAreFalseWithAWarning() {
    ConfFile file =
        read(
            "#@if %{NOPE} in [a]\na=1\n#@else\na=2\n#@endif\n#@if SITE == x\nb=1\n#@endif\n#@if %{X} in a\nc=1\n#@endif\n");

    assertThat(values(file, "a")).containsExactly("2");
    assertThat(values(file, "b")).isEmpty();
    assertThat(values(file, "c")).isEmpty();
    assertThat(warnings(file))
        .hasSize(3)
        .anyMatch(w -> w.startsWith("WARNING t.conf:1:") && w.contains("NOPE"))
        .anyMatch(w -> w.startsWith("WARNING t.conf:6:"))
        .anyMatch(w -> w.startsWith("WARNING t.conf:9:"));
  }

  @Test
  void choicesDoNotNestTheFirstEndTagEndsThem() {
    ConfFile file =
        read(
            "#@if %{LOCAL_HOST} in [other]\n#@if %{LOCAL_HOST} in [store1]\na=1\n#@endif\nb=1\n#@endif\n");

    assertThat(values(file, "a")).isEmpty();
    assertThat(values(file, "b")).containsExactly("1");
  }

  @Test
  void aChoiceWithoutEndIsAComment() {
    ConfFile file = read("#@if %{LOCAL_HOST} in [other]\na=1\n");

    assertThat(values(file, "a")).containsExactly("1");
    assertThat(warnings(file)).singleElement().asString().contains("no #@endif");
  }

  @Test
  void onlyThe32FirstValuesOfAChoiceCount() {
    String list = "x,".repeat(32) + "store1";

    ConfFile file = read("#@if %{LOCAL_HOST} in [" + list + "]\na=1\n#@endif\n");

    assertThat(values(file, "a")).isEmpty();
    assertThat(warnings(file)).singleElement().asString().contains("first 32");
  }

  @Test
  void aRepetitionWritesItsLinesOncePerRoundAndKeepsTheTail() {
    ConfFile file =
        read("#@for i from 0 to 4 step 2\nstore_path{$i} = /disk{$i}00\n#@endfor\nlast = 1\n");

    assertThat(values(file, "store_path0")).containsExactly("/disk000");
    assertThat(values(file, "store_path2")).containsExactly("/disk200");
    assertThat(values(file, "store_path4")).containsExactly("/disk400");
    assertThat(file.items("", "store_path4").getFirst().at().line()).isEqualTo(2);
    assertThat(values(file, "last")).containsExactly("1");
  }

  @Test
  void aRepetitionMayCountDownOrNotAtAll() {
    assertThat(values(read("#@for i from 3 to 1 step -1\na={$i}\n#@endfor\n"), "a"))
        .containsExactly("3", "2", "1");
    assertThat(values(read("#@for i from 3 to 1\na={$i}\n#@endfor\n"), "a")).isEmpty();
    assertThat(values(read("#@for i from 2 to 3 step 5\na={$i}\n#@endfor\n"), "a"))
        .containsExactly("2");
  }

  @Test
  void aMalformedRepetitionIsLeftOutWithAWarning() {
    ConfFile file = read("#@for i from 1 to 3 step 0\na=1\n#@endfor\n#@for x\nb=1\n#@endfor\n");

    assertThat(file.items()).isEmpty();
    assertThat(warnings(file)).hasSize(2);
  }

  @Test
  void aRepetitionThatGrowsTooLargeIsRefused() {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> read("#@for i from 1 to 999999999\na={$i}\n#@endfor\n"))
        .withMessageContaining("t.conf:1: #@for")
        .withMessageContaining("at most 100000");
  }

  @Test
  void commandsAreNeverRun() {
    ConfFile file =
        read("#@set IP = $(hostname -i)\n#@function REPLACE_VARS\nbind_addr = a%{IP}b\n");

    assertThat(values(file, "bind_addr")).containsExactly("ab");
    assertThat(warnings(file)).singleElement().asString().contains("commands are never run");
  }

  @Test
  void variablesAreReplacedOnlyBehindTheFunction() {
    ConfFile file =
        read("#@set P = /data\na = %{P}/x\n#@function REPLACE_VARS\nb = %{P}/x%{Q}\nc = %{P}\n");

    assertThat(values(file, "a")).containsExactly("%{P}/x");
    assertThat(values(file, "b")).containsExactly("/data/x%{Q}");
    assertThat(values(file, "c")).containsExactly("%{P}");
    assertThat(warnings(file)).singleElement().asString().contains("t.conf:4: Q");
  }

  @Test
  void localAddressesBecomeOneItemEachOrTheOneThatIsPicked() {
    ConfFile file =
        read(
            """
            #@function LOCAL_IP_GET
            all = inner
            #@function LOCAL_IP_GET
            first = private[0]
            #@function LOCAL_IP_GET
            last = inner[-1]
            #@function LOCAL_IP_GET
            out = outer
            #@function LOCAL_IP_GET
            none = outer[3]
            """);

    assertThat(values(file, "all")).containsExactly("10.0.3.7", "192.168.1.5");
    assertThat(values(file, "first")).containsExactly("10.0.3.7");
    assertThat(values(file, "last")).containsExactly("192.168.1.5");
    assertThat(values(file, "out")).containsExactly("203.0.113.9");
    assertThat(values(file, "none")).isEmpty();
    assertThat(warnings(file))
        .singleElement()
        .asString()
        .contains("t.conf:10")
        .contains("outer[3]");
  }

  @Test
  void anUnknownFunctionAndALibraryAreIgnoredWithAWarning() {
    ConfFile file = read("#@function SHELL_EXEC\na = $(id)\n#@add_annotation X /lib/x.so\nb = 1\n");

    assertThat(values(file, "a")).containsExactly("$(id)");
    assertThat(values(file, "b")).containsExactly("1");
    assertThat(warnings(file)).hasSize(2);
  }

  @Test
  void variablesReachAnIncludedFileAndStrayTagsAreComments() {
    var source =
        ConfTexts.of("t.conf", "#@set S = 1\n#include a.conf\n#@endif\n#@else\n#@endfor\nz=1\n")
            .and("a.conf", "#@if %{S} in [1]\na=1\n#@endif\n");

    ConfFile file = ConfFile.read(source, "t.conf");

    assertThat(file.items()).extracting(ConfItem::key).containsExactly("a", "z");
    assertThat(file.warnings()).isEmpty();
  }
}
