package io.larder.conformance.scenario;

import io.larder.conformance.client.OwnClient;
import io.larder.conformance.servers.Packed;
import io.larder.conformance.servers.Target;
import org.junit.jupiter.api.Nested;

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
  }

  @Nested
  class Crowd extends CrowdContract {
    Crowd(Target target) {
      super(new OwnClient(target), target);
    }
  }
}
