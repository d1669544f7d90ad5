package io.larder.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.conf.ConfFile;
import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.Overrides;
import io.larder.protocol.conf.StorageConf;
import io.larder.protocol.conf.TrackerConf;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How many event loops a node has.
class RuntimesTest {
  private static NodePlan storage(String more) {
    EffectiveSettings in =
        StorageConf.settings(
            ConfFile.ofText(
                "storage.conf",
                "group_name = group1\nbase_path = /a\ntracker_server = 10.0.0.1:22122\n" + more),
            Overrides.NONE,
            Sections.tables());
    return NodePlan.storage(StorageConf.read(in), Sections.read(in));
  }

  private static NodePlan tracker(String more) {
    EffectiveSettings in =
        TrackerConf.settings(
            ConfFile.ofText("tracker.conf", "base_path = /a\n" + more),
            Overrides.NONE,
            Sections.tables());
    return NodePlan.tracker(TrackerConf.read(in), Optional.empty(), Sections.read(in));
  }

  @Test
  void workThreadsSaysHowMany() {
    assertThat(Runtimes.eventLoops(storage("work_threads = 7\n"))).isEqualTo(7);
    assertThat(Runtimes.eventLoops(tracker("work_threads = 6\n"))).isEqualTo(6);
  }

  @Test
  void otherwiseThereIsOneForEachCoreUpToFour() {
    int cores = Runtime.getRuntime().availableProcessors();

    assertThat(Runtimes.eventLoops(storage(""))).isEqualTo(Math.min(cores, 4));
    assertThat(Runtimes.eventLoops(tracker(""))).isEqualTo(Math.min(cores, 4));
  }
}
