package io.larder.server.command;

import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.conf.TrackerConf;
import io.larder.server.node.NodePlan;
import io.larder.server.node.Sections;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `larder tracker CONF`: the tracker role alone, from a FastDFS tracker.conf.
@Command(
    name = "tracker",
    description = "Run a tracker in the foreground from a FastDFS tracker.conf (4.06 to 6.16).",
    mixinStandardHelpOptions = true)
final class TrackerCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CONF",
      description = "The conf file; `larder config check CONF` explains its problems.")
  private Path conf = Path.of("tracker.conf");

  @Override
  public Integer call() {
    return RoleCommand.run(ConfKind.TRACKER, conf, TrackerCommand::plan);
  }

  private static NodePlan plan(EffectiveSettings settings) {
    TrackerConf tracker = TrackerConf.read(settings);
    if (tracker.disabled()) {
      throw CommandFailure.config(
          settings.fileName() + ": disabled = true: this tracker must not run");
    }
    return NodePlan.tracker(tracker, ids(tracker, settings), Sections.read(settings));
  }

  private static Optional<StorageIds> ids(TrackerConf tracker, EffectiveSettings settings) {
    HostFiles files = new HostFiles();
    return tracker
        .ids()
        .file()
        .map(name -> StorageIds.read(files, files.resolve(settings.fileName(), name)));
  }
}
