package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.OwnClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Packed;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Status;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Scenarios in which it makes a difference that small files lie in trunk files: to a client it must make none.
@Packed
class PackedFilesIT {
  @Nested
  class Downloading extends DownloadContract {
    Downloading(Target target) {
      super(new OwnClient(target), target);
    }
  }

  @Nested
  class Slaves extends SlaveContract {
    Slaves(Target target) {
      super(new OwnClient(target), target);
    }

    /// The name of a packed master is so long that none of its slaves has a short one.
    @Override
    @Test
    void theChecksumOfAShortSlave() {
      StoredFile master = client.upload(text("master"), "jpg");

      StoredFile slave = client.uploadSlave(master, "_s", "", text("slave"));

      assertThat(slave.name()).hasSize(58);
      assertThat(client.download(slave)).isEqualTo(text("slave"));
      assertThat(client.info(slave).crc32()).isEqualTo(crc(text("slave")));
    }
  }

  @Nested
  class Metadata extends MetadataContract {
    Metadata(Target target) {
      super(new OwnClient(target), target);
    }
  }

  @Nested
  class Deleting extends DeleteContract {
    Deleting(Target target) {
      super(new OwnClient(target), target);
    }
  }

  @Nested
  class Info extends InfoContract {
    Info(Target target) {
      super(new OwnClient(target), target);
    }
  }

  @Nested
  class Appending extends AppenderContract {
    Appending(Target target) {
      super(new OwnClient(target), target);
    }

    /// There is no file of that name, only a slot: ENOENT where a plain file answers EINVAL.
    @Override
    @Test
    void aPlainFileIsNotChanged() {
      StoredFile file = client.upload(text("plain"), "txt");

      refused(Status.ENOENT, () -> client.append(file, text("x")));
      refused(Status.ENOENT, () -> client.modify(file, 0, text("x")));
      refused(Status.ENOENT, () -> client.truncate(file, 0));

      assertThat(client.download(file)).isEqualTo(text("plain"));
    }

    @Override
    @Test
    void aPlainFileIsNotMadePlainAgain() {
      StoredFile file = client.upload(text("abc"), "txt");

      refused(Status.ENOENT, () -> client.regenerate(file));

      assertThat(client.download(file)).isEqualTo(text("abc"));
    }
  }

  @Nested
  class Crowd extends CrowdContract {
    Crowd(Target target) {
      super(new OwnClient(target), target);
    }
  }
}
