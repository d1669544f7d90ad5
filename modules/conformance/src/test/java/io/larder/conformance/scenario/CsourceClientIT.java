package io.larder.conformance.scenario;

import io.larder.conformance.client.CsourceClient;
import io.larder.conformance.servers.Target;
import org.junit.jupiter.api.Nested;

/// All scenarios through the client of the makers of FastDFS, which connects for every operation.
class CsourceClientIT {
  @Nested
  class Uploading extends UploadContract {
    Uploading(Target target) {
      super(new CsourceClient(target), target);
    }
  }

  @Nested
  class Downloading extends DownloadContract {
    Downloading(Target target) {
      super(new CsourceClient(target), target);
    }
  }

  @Nested
  class Appending extends AppenderContract {
    Appending(Target target) {
      super(new CsourceClient(target), target);
    }
  }

  @Nested
  class Slaves extends SlaveContract {
    Slaves(Target target) {
      super(new CsourceClient(target), target);
    }
  }

  @Nested
  class Metadata extends MetadataContract {
    Metadata(Target target) {
      super(new CsourceClient(target), target);
    }
  }

  @Nested
  class Deleting extends DeleteContract {
    Deleting(Target target) {
      super(new CsourceClient(target), target);
    }
  }

  @Nested
  class Info extends InfoContract {
    Info(Target target) {
      super(new CsourceClient(target), target);
    }
  }

  @Nested
  class Routing extends RoutingContract {
    Routing(Target target) {
      super(new CsourceClient(target), target);
    }
  }

  @Nested
  class Names extends NamesContract {
    Names(Target target) {
      super(new CsourceClient(target), target);
    }
  }

  @Nested
  class Crowd extends CrowdContract {
    Crowd(Target target) {
      super(new CsourceClient(target), target);
    }
  }

  @Nested
  class Excuses extends ExcuseContract {
    Excuses(Target target) {
      super(new CsourceClient(target), target);
    }
  }
}
