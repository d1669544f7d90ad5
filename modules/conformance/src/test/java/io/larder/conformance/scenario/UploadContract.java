package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.Call;
import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.NameFacts;
import io.larder.conformance.wire.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// New plain files: sizes, extensions, contents, the name they get.
abstract class UploadContract extends Scenarios {
  UploadContract(NativeClient client, Target target) {
    super(client, target);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1, 2, 10, 100, 4_095, 4_096, 4_097, 65_536, 262_119, 262_134, 262_144, 262_145, 1_000_000,
        1_048_576, 5_242_883
      })
  void aFileComesBackAsItWentIn(int size) {
    byte[] content = bytes(size);

    StoredFile file = client.upload(content, "bin");

    assertThat(client.download(file)).isEqualTo(content);
    assertThat(client.info(file).size()).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({
    "a,5",
    "7,5",
    "gz,4",
    "txt,3",
    "JPG,3",
    "jpeg,2",
    "xhtml,1",
    "abcdef,0",
    "tar.gz,0",
    "a-b_c,1"
  })
  void theNameEndsWithTheExtensionAndDigitsBeforeIt(String extension, int digits) {
    StoredFile file = client.upload(text("content"), extension);

    assertThat(NameFacts.of(file.name()).tail())
        .matches("[0-9]{" + digits + "}\\." + extension.replace(".", "\\."));
    assertThat(client.download(file)).isEqualTo(text("content"));
  }

  @Test
  void withoutAnExtensionTheNameEndsWithSevenDigits() {
    client.needs(Call.NO_EXTENSION);

    StoredFile file = client.upload(text("content"), "");

    assertThat(NameFacts.of(file.name()).tail()).matches("[0-9]{7}");
    assertThat(client.download(file)).isEqualTo(text("content"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "a*", "é", "a\\b", "a:b"})
  void anExtensionWithOtherCharactersIsRefused(String extension) {
    client.needs(Call.ODD_EXTENSION);

    refused(Status.EINVAL, () -> client.upload(text("content"), extension));
  }

  @Test
  void theNameHasItsForm() {
    StoredFile file = client.upload(text("hello"), "txt");

    assertThat(file.group()).isEqualTo(target.group());
    assertThat(file.name())
        .hasSize(44)
        .matches("M[0-9A-F]{2}/[0-9A-F]{2}/[0-9A-F]{2}/[-_A-Za-z0-9]{27}[0-9]{3}\\.txt");
  }

  @Test
  void theNameTellsSizeChecksumTimeAndStorage() {
    byte[] content = bytes(12_345);

    StoredFile file = client.upload(content, "bin");

    NameFacts facts = NameFacts.of(file.name());
    assertThat(facts.size()).isEqualTo(content.length);
    assertThat(facts.crc32()).isEqualTo(crc(content));
    assertThat(facts.hasRandomBits()).isTrue();
    assertThat(facts.isAppender()).isFalse();
    assertThat(facts.isTrunk()).isFalse();
    assertThat(facts.storage()).isEqualTo(target.storageId());
    assertThat(Duration.between(facts.time(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void anEmptyFileIsAFile() {
    StoredFile file = client.upload(new byte[0], "txt");

    NameFacts facts = NameFacts.of(file.name());
    assertThat(facts.size()).isZero();
    assertThat(facts.crc32()).isZero();
    assertThat(client.info(file).size()).isZero();
    client.delete(file);
    refused(Status.ENOENT, () -> client.info(file));
  }

  @Test
  void equalFilesGetDifferentNames() {
    Set<StoredFile> files = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      files.add(client.upload(text("the same"), "txt"));
    }

    assertThat(files).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x01, 0x0A, 0x64, 0x7F, 0xFF})
  void anyContentIsKept(int value) {
    byte[] content = new byte[1000];
    Arrays.fill(content, (byte) value);

    StoredFile file = client.upload(content, "dat");

    assertThat(client.download(file)).isEqualTo(content);
    assertThat(NameFacts.of(file.name()).crc32()).isEqualTo(crc(content));
  }

  @Test
  void contentThatLooksLikeFramesIsKept() {
    byte[] header = {0, 0, 0, 0, 0, 0, 0, 0, 111, 0};
    byte[] content = new byte[header.length * 100];
    for (int i = 0; i < 100; i++) {
      System.arraycopy(header, 0, content, i * header.length, header.length);
    }

    assertThat(client.download(client.upload(content, "dat"))).isEqualTo(content);
  }

  @Test
  void aFileGoesIntoTheGroupThatIsNamed() {
    StoredFile file = client.uploadInto(target.group(), text("content"), "txt");

    assertThat(file.group()).isEqualTo(target.group());
    assertThat(client.download(file)).isEqualTo(text("content"));
  }

  @Test
  void anUnknownGroupTakesNoFile() {
    refused(Status.ENOENT, () -> client.uploadInto("nosuchgroup", text("content"), "txt"));
  }

  @Test
  void metadataCanComeWithAFile() {
    Map<String, String> metadata = Map.of("author", "Li", "width", "1024");

    StoredFile file = client.uploadWith(metadata, text("content"), "txt");

    assertThat(client.metadata(file)).isEqualTo(metadata);
    assertThat(client.download(file)).isEqualTo(text("content"));
  }

  @Test
  void aLargeFileIsKeptToTheByte() {
    byte[] content = bytes(24_000_001);

    StoredFile file = client.upload(content, "iso");

    assertThat(NameFacts.of(file.name()).crc32()).isEqualTo(crc(content));
    assertThat(client.info(file).crc32()).isEqualTo(crc(content));
    assertThat(Arrays.equals(client.download(file), content)).isTrue();
    client.delete(file);
  }
}
