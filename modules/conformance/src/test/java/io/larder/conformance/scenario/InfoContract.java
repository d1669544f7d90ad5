package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.FileFacts;
import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.NameFacts;
import io.larder.conformance.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a storage says of a file.
abstract class InfoContract extends Scenarios {
  InfoContract(NativeClient client, Target target) {
    super(client, target);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4_096, 262_144, 1_000_001})
  void aPlainFileIsWhatItsNameSays(int size) {
    byte[] content = bytes(size);
    StoredFile file = client.upload(content, "bin");

    FileFacts info = client.info(file);

    NameFacts name = NameFacts.of(file.name());
    assertThat(info.size()).isEqualTo(size).isEqualTo(name.size());
    assertThat(info.crc32()).isEqualTo(crc(content)).isEqualTo(name.crc32());
    assertThat(info.time()).isEqualTo(name.time());
    assertThat(info.source()).isEqualTo(target.storage().getAddress().getHostAddress());
  }

  @Test
  void aChecksumWithItsHighestBitIsNotSpoiled() {
    byte[] content = {0};
    assertThat(crc(content)).isNegative();

    StoredFile file = client.upload(content, "bin");

    assertThat(client.info(file).crc32()).isEqualTo(crc(content));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000})
  void anAppenderIsAsLongAsItIsNow(int size) {
    StoredFile file = client.uploadAppender(bytes(size), "log");

    FileFacts info = client.info(file);

    assertThat(info.size()).isEqualTo(size);
    assertThat(info.crc32()).isEqualTo(crc(bytes(size)));
    assertThat(info.source()).isEqualTo(target.storage().getAddress().getHostAddress());
  }

  @Test
  void aSlaveIsNotItsMaster() {
    StoredFile master = client.upload(text("master"), "jpg");
    StoredFile slave = client.uploadSlave(master, "_120x120", "jpg", text("the slave"));

    FileFacts info = client.info(slave);

    assertThat(info.size()).isEqualTo(9);
    assertThat(info.crc32()).isEqualTo(crc(text("the slave")));
    assertThat(info.source()).isEqualTo(client.info(master).source());
  }

  @Test
  void aMissingFileIsRefused() {
    StoredFile file = client.upload(text("content"), "txt");

    refused(Status.ENOENT, () -> client.info(missing(file)));
    refused(Status.ENOENT, () -> client.info(new StoredFile("nosuchgroup", file.name())));
  }

  @Test
  void askingDoesNotChange() {
    StoredFile file = client.upload(text("content"), "txt");
    FileFacts first = client.info(file);

    for (int i = 0; i < 20; i++) {
      assertThat(client.info(file)).isEqualTo(first);
    }
  }
}
