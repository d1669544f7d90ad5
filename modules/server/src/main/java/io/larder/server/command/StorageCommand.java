package io.larder.server.command;

import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.StorageConf;
import io.larder.server.node.NodePlan;
import io.larder.server.node.Sections;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `larder storage CONF`: the storage role alone, from a FastDFS storage.conf.
@Command(
    name = "storage",
    description = "Run a storage in the foreground from a FastDFS storage.conf (4.06 to 6.16).",
    mixinStandardHelpOptions = true)
final class StorageCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CONF",
      description = "The conf file; `larder config check CONF` explains its problems.")
  private Path conf = Path.of("storage.conf");

  @Override
  public Integer call() {
    return RoleCommand.run(ConfKind.STORAGE, conf, StorageCommand::plan);
  }

  private static NodePlan plan(EffectiveSettings settings) {
    StorageConf storage = StorageConf.read(settings);
    if (storage.disabled()) {
      throw CommandFailure.config(
          settings.fileName() + ": disabled = true: this storage must not run");
    }
    return NodePlan.storage(storage, Sections.read(settings));
  }
}
