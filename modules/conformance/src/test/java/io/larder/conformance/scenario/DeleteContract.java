package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Deleting, and what is left of a file afterwards.
abstract class DeleteContract extends Scenarios {
  DeleteContract(NativeClient client, Target target) {
    super(client, target);
  }

  @Test
  void aDeletedFileIsGoneForEveryOperation() {
    StoredFile file = client.uploadWith(Map.of("a", "1"), text("content"), "txt");

    client.delete(file);

    refused(Status.ENOENT, () -> client.download(file));
    refused(Status.ENOENT, () -> client.download(file, 1, 2));
    refused(Status.ENOENT, () -> client.info(file));
    refused(Status.ENOENT, () -> client.metadata(file));
    refused(Status.ENOENT, () -> client.setMetadata(file, Map.of("a", "1")));
    refused(Status.ENOENT, () -> client.uploadSlave(file, "_s", "txt", text("x")));
  }

  @Test
  void aFileIsDeletedOnce() {
    StoredFile file = client.upload(text("content"), "txt");

    client.delete(file);

    refused(Status.ENOENT, () -> client.delete(file));
    refused(Status.ENOENT, () -> client.delete(file));
  }

  @Test
  void aMissingFileIsNotDeleted() {
    StoredFile file = client.upload(text("content"), "txt");

    refused(Status.ENOENT, () -> client.delete(missing(file)));

    assertThat(client.download(file)).isEqualTo(text("content"));
  }

  @Test
  void aFileOfAnUnknownGroupIsNotDeleted() {
    StoredFile file = client.upload(text("content"), "txt");

    refused(Status.ENOENT, () -> client.delete(new StoredFile("nosuchgroup", file.name())));

    assertThat(client.download(file)).isEqualTo(text("content"));
  }

  @Test
  void equalFilesAreDeletedOneByOne() {
    StoredFile first = client.upload(text("equal"), "txt");
    StoredFile second = client.upload(text("equal"), "txt");

    client.delete(first);

    assertThat(client.download(second)).isEqualTo(text("equal"));
    refused(Status.ENOENT, () -> client.download(first));
  }

  @Test
  void anAppenderIsDeleted() {
    StoredFile file = client.uploadAppender(text("abc"), "log");

    client.delete(file);

    refused(Status.ENOENT, () -> client.append(file, text("x")));
    refused(Status.ENOENT, () -> client.download(file));
  }

  @Test
  void aLargeFileIsDeleted() {
    StoredFile file = client.upload(bytes(3_000_000), "bin");

    client.delete(file);

    refused(Status.ENOENT, () -> client.info(file));
  }

  @Test
  void deletingASlaveLeavesTheMaster() {
    StoredFile master = client.upload(text("master"), "jpg");
    StoredFile slave = client.uploadSlave(master, "_s", "jpg", text("slave"));

    client.delete(slave);

    refused(Status.ENOENT, () -> client.download(slave));
    assertThat(client.download(master)).isEqualTo(text("master"));
  }

  @Test
  void manyFilesAreDeletedAndTheOthersStay() {
    List<StoredFile> files = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      files.add(client.upload(text("file " + i), "txt"));
    }

    for (int i = 0; i < files.size(); i += 2) {
      client.delete(files.get(i));
    }

    for (int i = 0; i < files.size(); i++) {
      StoredFile file = files.get(i);
      if (i % 2 == 0) {
        refused(Status.ENOENT, () -> client.info(file));
      } else {
        assertThat(client.download(file)).isEqualTo(text("file " + i));
      }
    }
  }

  @Test
  void afterARefusalFilesAreStoredOn() {
    StoredFile file = client.upload(text("content"), "txt");
    client.delete(file);
    refused(Status.ENOENT, () -> client.delete(file));

    StoredFile next = client.upload(text("next"), "txt");

    assertThat(client.download(next)).isEqualTo(text("next"));
  }
}
