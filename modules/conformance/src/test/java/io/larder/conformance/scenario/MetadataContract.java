package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.Call;
import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Status;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names and values kept beside a file.
abstract class MetadataContract extends Scenarios {
  MetadataContract(NativeClient client, Target target) {
    super(client, target);
  }

  @Test
  void metadataComeBackAsTheyWentIn() {
    StoredFile file = file();
    Map<String, String> metadata = Map.of("author", "Li", "width", "1024", "height", "768");

    client.setMetadata(file, metadata);

    assertThat(client.metadata(file)).isEqualTo(metadata);
    assertThat(client.download(file)).isEqualTo(text("content"));
  }

  @Test
  void metadataAreSortedByName() {
    StoredFile file = file();
    Map<String, String> unsorted = new LinkedHashMap<>();
    for (String name : new String[] {"zoom", "Apple", "apple", "_", "10", "9"}) {
      unsorted.put(name, "of " + name);
    }

    client.setMetadata(file, unsorted);

    byte[] kept = client.download(file.named(file.name() + "-m"));
    assertThat(new String(kept, StandardCharsets.UTF_8).split("\u0001", -1))
        .extracting(record -> record.substring(0, record.indexOf('\u0002')))
        .containsExactly("10", "9", "Apple", "_", "apple", "zoom");
  }

  @Test
  void settingReplacesAll() {
    StoredFile file = file();
    client.setMetadata(file, Map.of("a", "1", "b", "2"));

    client.setMetadata(file, Map.of("c", "3"));

    assertThat(client.metadata(file)).isEqualTo(Map.of("c", "3"));
  }

  @Test
  void mergingKeepsReplacesAndAdds() {
    StoredFile file = file();
    client.setMetadata(file, Map.of("kept", "1", "changed", "2"));

    client.mergeMetadata(file, Map.of("changed", "new", "added", "3"));

    assertThat(client.metadata(file))
        .isEqualTo(Map.of("kept", "1", "changed", "new", "added", "3"));
  }

  @Test
  void mergingIntoNothingSets() {
    StoredFile file = file();

    client.mergeMetadata(file, Map.of("a", "1"));

    assertThat(client.metadata(file)).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void mergingTheSameAgainChangesNothing() {
    StoredFile file = file();
    client.setMetadata(file, Map.of("a", "1", "b", "2"));

    client.mergeMetadata(file, Map.of("a", "1", "b", "2"));

    assertThat(client.metadata(file)).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @ParameterizedTest
  @CsvSource({
    "作者,李白",
    "имя,Пушкин",
    "prénom,Zoë",
    "emoji,😀🎉",
    "with space,a b  c",
    "symbols,!\"#$%&/()=?*",
    "newline,'one\ntwo'",
    "NAME,UPPER",
    "x,0"
  })
  void anyTextIsKept(String name, String value) {
    StoredFile file = file();

    client.setMetadata(file, Map.of(name, value));

    assertThat(client.metadata(file)).isEqualTo(Map.of(name, value));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "63,255", "64,256", "64,1", "1,256"})
  void namesAndValuesUpToTheLimitAreKept(int name, int value) {
    StoredFile file = file();
    Map<String, String> metadata = Map.of("n".repeat(name), "v".repeat(value));

    client.setMetadata(file, metadata);

    assertThat(client.metadata(file)).isEqualTo(metadata);
  }

  @ParameterizedTest
  @CsvSource({"65,1", "1,257", "200,1000", "64,257", "65,256"})
  void namesAndValuesOverTheLimitAreCut(int name, int value) {
    client.needs(Call.LONG_METADATA);
    StoredFile file = file();

    client.setMetadata(file, Map.of("n".repeat(name), "v".repeat(value)));
    client.mergeMetadata(file, Map.of("other", "1"));

    assertThat(client.metadata(file))
        .isEqualTo(
            Map.of("n".repeat(Math.min(64, name)), "v".repeat(Math.min(256, value)), "other", "1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100, 500})
  void manyPairsAreKept(int count) {
    StoredFile file = file();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      metadata.put("name-" + i, "value " + i);
    }

    client.setMetadata(file, metadata);

    assertThat(client.metadata(file)).isEqualTo(metadata);
  }

  @Test
  void settingNothingRemovesAll() {
    client.needs(Call.NO_METADATA);
    StoredFile file = file();
    client.setMetadata(file, Map.of("a", "1"));

    client.setMetadata(file, Map.of());

    refused(Status.ENOENT, () -> client.metadata(file));
    assertThat(client.download(file)).isEqualTo(text("content"));
  }

  @Test
  void settingNothingOnNothingIsDone() {
    client.needs(Call.NO_METADATA);
    StoredFile file = file();

    client.setMetadata(file, Map.of());

    refused(Status.ENOENT, () -> client.metadata(file));
  }

  @Test
  void mergingNothingChangesNothing() {
    client.needs(Call.NO_METADATA);
    StoredFile file = file();
    client.setMetadata(file, Map.of("a", "1"));

    client.mergeMetadata(file, Map.of());

    assertThat(client.metadata(file)).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void aFileWithoutMetadataSaysSo() {
    StoredFile file = file();

    refused(Status.ENOENT, () -> client.metadata(file));
    assertThat(client.download(file)).isEqualTo(text("content"));
  }

  @Test
  void aMissingFileHasNoMetadata() {
    StoredFile gone = missing(file());

    refused(Status.ENOENT, () -> client.metadata(gone));
    refused(Status.ENOENT, () -> client.setMetadata(gone, Map.of("a", "1")));
    refused(Status.ENOENT, () -> client.mergeMetadata(gone, Map.of("a", "1")));
  }

  @Test
  void deletingTheFileDeletesItsMetadata() {
    StoredFile file = file();
    client.setMetadata(file, Map.of("a", "1"));

    client.delete(file);

    refused(Status.ENOENT, () -> client.metadata(file));
    refused(Status.ENOENT, () -> client.download(file.named(file.name() + "-m")));
  }

  @Test
  void anAppenderKeepsItsMetadataWhileItChanges() {
    StoredFile file = client.uploadAppender(text("abc"), "log");
    client.setMetadata(file, Map.of("a", "1"));

    client.append(file, text("def"));
    client.mergeMetadata(file, Map.of("b", "2"));

    assertThat(client.metadata(file)).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(client.download(file)).isEqualTo(text("abcdef"));
  }

  @Test
  void metadataStayWithTheOldNameOfAnAppender() {
    client.needs(Call.REGENERATE);
    StoredFile file = client.uploadAppender(text("abc"), "log");
    client.setMetadata(file, Map.of("a", "1"));

    StoredFile plain = client.regenerate(file);

    refused(Status.ENOENT, () -> client.metadata(plain));
  }

  private StoredFile file() {
    return client.upload(text("content"), "txt");
  }
}
