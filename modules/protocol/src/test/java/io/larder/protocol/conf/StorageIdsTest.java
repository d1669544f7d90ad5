package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageIdsTest {
  private static StorageIds read(String text) {
    return StorageIds.read(
        ConfTexts.of("storage_ids.conf", text).host("store9.example.org", "10.9.9.9"),
        "storage_ids.conf");
  }

  @Test
  void entriesAreSortedByIdAsText() {
    StorageIds ids =
        read("# id group host\n\n9\tgroup1 10.0.0.9\n10  group1   10.0.0.10:23001 # spare\n");

    assertThat(ids.text()).isEqualTo("10 group1 10.0.0.10:23001\n9 group1 10.0.0.9:23000\n");
  }

  @Test
  void theListOfTheReferenceIsReadAndWrittenBack() {
    String answer =
        "100001 groupA 10.77.20.3:23000\n100002 groupA 10.77.20.3:23001\n100003 groupA 10.77.20.4:23000 rw=read\n";

    assertThat(StorageIds.parse("answer", answer, host -> List.of()).text()).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "none, NONE",
    "read, READ",
    "ReadOnly, READ",
    "write, WRITE",
    "writeonly, WRITE",
    "BOTH, BOTH",
    "all, BOTH"
  })
  void modesHaveTwoSpellings(String word, RwMode mode) {
    assertThat(read("1 g 10.0.0.1 rw=" + word).entries().getFirst().rw()).isEqualTo(mode);
  }

  @Test
  void aPublicAddressGoesBehindAPrivateOne() {
    assertThat(read("1 g 203.0.113.1,10.0.0.1:5").entries().getFirst().address().hosts())
        .containsExactly("10.0.0.1", "203.0.113.1");
  }

  @Test
  void aHostNameIsLookedUp() {
    StorageIds ids = read("1 g store9.example.org");

    assertThat(ids.find(GroupName.of("g"), "10.9.9.9", 23000)).isPresent();
    assertThat(ids.find(GroupName.of("g"), "10.9.9.9", 23001)).isEmpty();
    assertThat(ids.find(GroupName.of("h"), "10.9.9.9", 23000)).isEmpty();
  }

  @Test
  void anEntryIsFoundByItsId() {
    assertThat(read("7 g 10.0.0.7").find(StorageId.of("7"))).isPresent();
    assertThat(read("7 g 10.0.0.7").find(StorageId.of("8"))).isEmpty();
  }

  @Test
  void ipv6IsKeptInBracketsAndTold() {
    StorageIds ids = read("1 g [fd00::1]:23000\n2 g 10.0.0.2\n");

    assertThat(ids.hasV6()).isTrue();
    assertThat(ids.text()).startsWith("1 g [fd00::1]:23000\n");
    assertThat(read("2 g 10.0.0.2").hasV6()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 g | three words",
        "0 g 10.0.0.1 | not a storage id",
        "01 g 10.0.0.1 | not a storage id",
        "16777216 g 10.0.0.1 | not a storage id",
        "x g 10.0.0.1 | not a storage id",
        "1 g/h 10.0.0.1 | group_name",
        "1 g 10.0.0.1:99999 | port",
        "1 g 10.0.0.1,10.0.0.2 | different kinds",
        "1 g nobody.example.org | unknown host nobody.example.org",
        "1 g 10.0.0.1 rw=maybe | unknown word",
        "1 g 10.0.0.1 ro | unknown option ro"
      })
  void aBadLineIsRefusedWithItsNumber(String line, String reason) {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> read("# head\n" + line))
        .withMessageStartingWith("storage_ids.conf:2: ")
        .withMessageContaining(reason);
  }

  @Test
  void theLargestIdFitsAFileName() {
    assertThat(read("16777215 g 10.0.0.1").entries()).hasSize(1);
  }

  @Test
  void anIdOrAddressMayOccurOnce() {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> read("1 g 10.0.0.1\n1 g 10.0.0.2\n"))
        .withMessageContaining("storage_ids.conf:2")
        .withMessageContaining("id 1 is already given at storage_ids.conf:1");
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> read("1 g 10.0.0.1\n2 h 192.168.0.1,10.0.0.1\n"))
        .withMessageContaining("address 10.0.0.1:23000 is already given");
  }

  @Test
  void anEmptyListIsRefused() {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> read("# nothing\n"))
        .withMessageContaining("no storage in the list");
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> StorageIds.read(new ConfTexts(), "storage_ids.conf"))
        .withMessageContaining("cannot read it");
  }
}
