package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfFileTest {
  private static ConfFile read(String text) {
    return ConfFile.read(ConfTexts.of("/etc/fdfs/t.conf", text), "/etc/fdfs/t.conf");
  }

  private static List<String> values(ConfFile file, String section, String key) {
    return file.items(section, key).stream().map(ConfItem::value).toList();
  }

  @Test
  void blanksAroundNamesAndValuesAreRemoved() {
    ConfFile file = read("  port \t=\t 22122  \r\nbase_path=/data/a b\n");

    assertThat(values(file, "", "port")).containsExactly("22122");
    assertThat(values(file, "", "base_path")).containsExactly("/data/a b");
    assertThat(file.warnings()).isEmpty();
  }

  @Test
  void everyItemKnowsItsFileAndLine() {
    ConfFile file = read("# first\n\nport = 1\nport = 2\n");

    assertThat(file.items("", "port"))
        .extracting(item -> item.at().toString())
        .containsExactly("/etc/fdfs/t.conf:3", "/etc/fdfs/t.conf:4");
  }

  @Test
  void aHashIsACommentOnlyAtTheStartOfALine() {
    ConfFile file = read("   # port = 1\nslot_max_size = 1M # text\n");

    assertThat(values(file, "", "port")).isEmpty();
    assertThat(values(file, "", "slot_max_size")).containsExactly("1M # text");
  }

  @Test
  void itemsAfterAHeaderBelongToItsSectionUntilTheNext() {
    ConfFile file = read("a=1\n[one]\na=2\n[ two ]\na=3\n[one]\na=4\n[]\na=5\n");

    assertThat(values(file, "", "a")).containsExactly("1", "5");
    assertThat(values(file, "one", "a")).containsExactly("2", "4");
    assertThat(values(file, "two", "a")).containsExactly("3");
  }

  @Test
  void aLineThatIsNoItemIsIgnoredWithAWarning() {
    ConfFile file = read("port 22122\n= 5\n");

    assertThat(file.items()).isEmpty();
    assertThat(file.warnings())
        .extracting(problem -> problem.at().toString())
        .containsExactly("/etc/fdfs/t.conf:1", "/etc/fdfs/t.conf:2");
  }

  @Test
  void namesAreCutAt63BytesAndValuesAt255WithAWarning() {
    ConfFile file = read("k".repeat(70) + " = " + "v".repeat(300) + "\nname = " + "é".repeat(128));

    assertThat(file.items().get(0).key()).hasSize(63);
    assertThat(file.items().get(0).value()).hasSize(255);
    assertThat(file.items().get(1).value()).isEqualTo("é".repeat(127));
    assertThat(file.warnings()).hasSize(3);
  }

  @Test
  void namesAreCaseSensitiveAndValuesMayHoldEqualsSigns() {
    ConfFile file = read("Port = 1\nsecret = a=b=c\n");

    assertThat(values(file, "", "port")).isEmpty();
    assertThat(values(file, "", "secret")).containsExactly("a=b=c");
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheFirstName() {
    assertThat(values(read("\uFEFFport=1"), "", "port")).containsExactly("1");
  }

  @Test
  void anIncludeIsRelativeToTheOutermostFileAndLeavesTheSection() {
    var source =
        ConfTexts.of("/etc/fdfs/t.conf", "[log]\na=1\n#include sub/one.conf\nb=2\n")
            .and("/etc/fdfs/sub/one.conf", "c=3\n[x]\nd=4\n#INCLUDE\ttwo.conf\ne=5\n")
            .and("/etc/fdfs/two.conf", "f=6\n");

    ConfFile file = ConfFile.read(source, "/etc/fdfs/t.conf");

    assertThat(values(file, "log", "a")).containsExactly("1");
    assertThat(file.items("", "b")).hasSize(1);
    assertThat(file.items("", "c")).hasSize(1);
    assertThat(file.items("x", "d")).hasSize(1);
    assertThat(file.items("", "e")).hasSize(1);
    assertThat(file.items("", "f").getFirst().at().toString()).isEqualTo("/etc/fdfs/two.conf:1");
  }

  @Test
  void anAbsoluteNameAndAFileSchemeAreIncluded() {
    var source =
        ConfTexts.of("/etc/fdfs/t.conf", "#include /opt/a.conf\n#include file:///opt/b.conf\n")
            .and("/opt/a.conf", "a=1")
            .and("/opt/b.conf", "b=1");

    assertThat(ConfFile.read(source, "/etc/fdfs/t.conf").items()).hasSize(2);
  }

  @Test
  void anIncludeOverTheNetworkIsRefused() {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> read("a=1\n#include HTTP://example.org/http.conf\n"))
        .withMessageContaining("/etc/fdfs/t.conf:2: #include = HTTP://example.org/http.conf")
        .withMessageContaining("never fetched over the network");
  }

  @Test
  void aMissingIncludeNamesFileAndLine() {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> read("\n#include nowhere.conf\n"))
        .withMessageContaining("/etc/fdfs/t.conf:2")
        .withMessageContaining("/etc/fdfs/nowhere.conf")
        .withMessageContaining("no such file");
  }

  @Test
  void aFileThatIncludesItselfIsRefused() {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> read("#include t.conf\n"))
        .withMessageContaining("includes itself");
  }

  @Test
  void aMissingFileIsRefusedByName() {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> ConfFile.read(new ConfTexts(), "/etc/fdfs/t.conf"))
        .withMessageContaining("cannot read /etc/fdfs/t.conf");
  }

  @Test
  void textWithoutAFileCanBeReadButIncludesNothing() {
    assertThat(values(ConfFile.ofText("parameters", "store_path=0\n"), "", "store_path"))
        .containsExactly("0");
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> ConfFile.ofText("parameters", "#include a.conf"))
        .withMessageContaining("parameters:1");
  }
}
