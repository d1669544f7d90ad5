package io.larder.conformance.scenario;

import io.larder.conformance.client.TobatoClient;
import io.larder.conformance.servers.Target;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/// All scenarios through the client of Spring applications, which pools its connections.
class TobatoClientIT {
  @Nested
  class Uploading extends UploadContract {
    Uploading(Target target) {
      super(new TobatoClient(target), target);
    }
  }

  @Nested
  class Downloading extends DownloadContract {
    Downloading(Target target) {
      super(new TobatoClient(target), target);
    }
  }

  @Nested
  class Appending extends AppenderContract {
    Appending(Target target) {
      super(new TobatoClient(target), target);
    }
  }

  @Nested
  class Slaves extends SlaveContract {
    Slaves(Target target) {
      super(new TobatoClient(target), target);
    }
  }

  @Nested
  class Metadata extends MetadataContract {
    Metadata(Target target) {
      super(new TobatoClient(target), target);
    }
  }

  @Nested
  class Deleting extends DeleteContract {
    Deleting(Target target) {
      super(new TobatoClient(target), target);
    }
  }

  @Nested
  class Info extends InfoContract {
    Info(Target target) {
      super(new TobatoClient(target), target);
    }
  }

  @Nested
  class Routing extends RoutingContract {
    Routing(Target target) {
      super(new TobatoClient(target), target);
    }
  }

  @Nested
  class Names extends NamesContract {
    Names(Target target) {
      super(new TobatoClient(target), target);
    }
  }

  @Nested
  class Crowd extends CrowdContract {
    Crowd(Target target) {
      super(new TobatoClient(target), target);
    }
  }

  @Nested
  class Excuses extends ExcuseContract {
    /// One of them is to wait for an answer that never comes.
    Excuses(Target target) {
      super(new TobatoClient(target, Duration.ofSeconds(2)), target);
    }
  }
}
